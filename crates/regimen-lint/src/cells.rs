//! Where cells of grids are written.

use regimen_model::diagnostic::{Place, Segment, Spot};

/// Whether a place is a cell of a grid.
pub(crate) fn is_cell(place: &Place) -> bool {
    let Spot::Value(path) = &place.spot else { return false };
    match path.0.as_slice() {
        [Segment::Index(_), Segment::Index(_)] => true,
        [Segment::Key(grid), Segment::Key(weeks), ..] => **grid == *"grid" && **weeks == *"weeks",
        _ => false,
    }
}
