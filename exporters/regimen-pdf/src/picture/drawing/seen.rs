//! Whether anything of a drawing can be seen.

use usvg::{Group, Node, Rect, Tree};

/// Words for a drawing that would leave an empty place on paper.
pub(super) fn nothing_shown(tree: &Tree) -> Option<String> {
    let area = Rect::from_xywh(0.0, 0.0, tree.size().width(), tree.size().height())?;
    if shows(tree.root(), area) {
        return None;
    }
    let whose = if is_empty(tree.root()) { "nothing in it is drawn" } else { "all of it is outside its `viewBox`" };
    Some(format!("it shows nothing: {whose}"))
}

fn shows(group: &Group, area: Rect) -> bool {
    group.opacity().get() > 0.0
        && group.children().iter().any(|node| match node {
            Node::Group(inner) => shows(inner, area),
            Node::Text(text) => shows(text.flattened(), area),
            Node::Path(path) => path.is_visible() && meets(path.abs_stroke_bounding_box(), area),
            Node::Image(image) => image.is_visible() && meets(image.abs_bounding_box(), area),
        })
}

fn is_empty(group: &Group) -> bool {
    group.children().iter().all(|node| match node {
        Node::Group(inner) => is_empty(inner) || inner.opacity().get() <= 0.0,
        Node::Text(text) => is_empty(text.flattened()),
        Node::Path(path) => !path.is_visible(),
        Node::Image(image) => !image.is_visible(),
    })
}

fn meets(one: Rect, other: Rect) -> bool {
    one.left() < other.right() && one.right() > other.left() && one.top() < other.bottom() && one.bottom() > other.top()
}
