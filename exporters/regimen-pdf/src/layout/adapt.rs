//! Finished pages made larger for those who see badly, and turned round for those who read from the right.
//!
//! Layout knows one size and one direction: large print is laid out on a smaller sheet, and a line of a text that runs to
//! the left is measured from its right end.

use crate::style::Sheet;

use super::{Destination, Ink, Item, Page};

/// Mirrors pages: what was at the left goes to the right, while texts and pictures themselves stay as they are.
pub(super) fn mirror(pages: &mut [Page], sheet: &Sheet) {
    for item in pages.iter_mut().flat_map(|page| &mut page.items) {
        item.x = sheet.width - item.x - item.width;
    }
}

/// Makes everything larger, the sheet included.
pub(super) fn enlarge(pages: &mut [Page], destinations: &mut [Destination], sheet: &Sheet) -> Sheet {
    let scale = sheet.scale;
    pages.iter_mut().flat_map(|page| &mut page.items).for_each(|item| enlarge_item(item, scale));
    destinations.iter_mut().for_each(|place| place.y *= scale);
    sheet.enlarged()
}

fn enlarge_item(item: &mut Item, scale: f32) {
    for measure in [&mut item.x, &mut item.y, &mut item.width, &mut item.height] {
        *measure *= scale;
    }
    if let Ink::Text { part, baseline } = &mut item.ink {
        *baseline *= scale;
        for measure in [&mut part.x, &mut part.width, &mut part.size] {
            *measure *= scale;
        }
    }
}
