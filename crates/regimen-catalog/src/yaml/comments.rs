//! Comments that may have been meant as words.

use std::ops::Range;

use super::events::{Event, Events};

/// The comments of the YAML in the bytes `range` of a text that follow a key or a value on its line and whose `#` touches a letter
/// or a figure, as in `name: Calf day #2` and `colour: #1f6f5c`: each with the rest of its line.
pub(crate) fn touching(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let (base, yaml) = (range.start, text.get(range).unwrap_or_default());
    let found: Vec<Range<usize>> = lines(yaml).filter_map(|line| candidate(yaml, line)).collect();
    if found.is_empty() {
        return found;
    }
    let scalars = Events::new(yaml).map_while(Result::ok).filter_map(|(event, range)| match event {
        Event::Scalar(..) if !range.is_empty() => Some(range),
        _ => None,
    });
    let scalars: Vec<Range<usize>> = scalars.collect();
    let is_comment = |found: &Range<usize>| {
        let at = scalars.partition_point(|scalar| scalar.start <= found.start);
        at.checked_sub(1).and_then(|at| scalars.get(at)).is_none_or(|scalar| scalar.end <= found.start)
    };
    found.into_iter().filter(is_comment).map(|found| base + found.start..base + found.end).collect()
}

fn lines(yaml: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    yaml.split_inclusive('\n').map(move |line| {
        start += line.len();
        start - line.len()..start - line.len() + line.trim_end().len()
    })
}

/// The first `#` of a line that has a blank before it and a letter or a figure behind it, if something is before that.
fn candidate(yaml: &str, line: Range<usize>) -> Option<Range<usize>> {
    let text = &yaml[line.clone()];
    let comment = text.match_indices('#').map(|(at, _)| at).find(|at| text[..*at].ends_with([' ', '\t']))?;
    let touches = text[comment + 1..].starts_with(char::is_alphanumeric);
    (touches && !text[..comment].trim().is_empty()).then_some(line.start + comment..line.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_that_touch_a_word_are_found_where_they_cut_something_off() {
        let found =
            |yaml: &str| touching(yaml, 0..yaml.len()).into_iter().map(|at| yaml[at].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found("name: Calf day #2\ncolour: #1f6f5c\nsteps:\n  - Pain above #3 on the scale.\n"),
            ["#2", "#1f6f5c", "#3 on the scale."]
        );
        for right in [
            "name: Calf day # the second\n",
            "#2\nname: Calf day\n",
            "  #commented: out\nname: a\n",
            "name: \"Calf day #2\"\n",
            "name: 'a #2'\n",
            "name: C#2\n",
            "name: |\n  Calf day #2\n",
            "name: >-\n  Calf\n  day #2\n",
            "name: \"Calf\n  day #2\"\n",
            "name: a #\n",
        ] {
            assert_eq!(found(right), [""; 0], "{right}");
        }
        let of_guide = touching("---\nname: a #2\n---\nText #3\n", 4..15);
        assert_eq!(of_guide.first(), Some(&(12..14)));
        assert_eq!(of_guide.len(), 1);
    }
}
