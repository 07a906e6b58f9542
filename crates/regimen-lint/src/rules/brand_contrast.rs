//! `brand-contrast`: a colour of the brand in which text is hard to read.

use crate::report::Report;
use crate::rule::{Check, Citation, Rule};
use crate::view::CatalogView;
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::model::Colour;

pub(super) static RULE: Rule = Rule {
    code: "brand-contrast",
    severity: Severity::Warning,
    summary: "Text in the colours of the brand can be read",
    explanation: "Headings, links and labels of handouts have the colours of the brand. They are read on white and, in boxes and \
table headers, on a light tint of the main colour. Text needs a contrast of 4.5 to 1 there; fewer readers than one thinks \
can read less. The finding names the nearest shade that passes. Handouts take that shade in any case.

Wrong:

```yaml
brand:
  colours: {main: \"#1f6f5c\", accent: \"#ff8c1a\"}
```

Right:

```yaml
brand:
  colours: {main: \"#1f6f5c\", accent: \"#a4590f\"}
```
",
    sources: &[Citation {
        text: "W3C 2018: Web Content Accessibility Guidelines 2.1, success criterion 1.4.3, relative luminance and \
               contrast ratio",
        address: Some("https://www.w3.org/TR/WCAG21/#contrast-minimum"),
    }],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let brand = &view.catalog.project.brand;
    let path = |key: &str| FieldPath::root().key("brand").key("colours").key(key);
    if let Some(colour) = brand.colour {
        judge(colour, None, FieldPath::root().key("brand").key("colour"), report);
    }
    if let Some(colours) = brand.colours {
        judge(colours.main, None, path("main"), report);
        if let Some(accent) = colours.accent {
            judge(accent, Some(colours.main.legible(None)), path("accent"), report);
        }
    }
}

/// A colour whose boxes have a tint of `main`, or of itself.
fn judge(colour: Colour, main: Option<Colour>, path: FieldPath, report: &mut Report<'_>) {
    let shade = colour.legible(main);
    if shade == colour {
        return;
    }
    let on_white = colour.contrast(Colour::WHITE);
    let (contrast, ground) = if on_white < Colour::LEGIBLE {
        (on_white, "white")
    } else {
        (colour.contrast(main.unwrap_or(colour).tint()), "the light ground of boxes and tables")
    };
    // Cut rather than rounded, so that what fails never reads as what passes.
    let contrast = (contrast * 100.0).floor() / 100.0;
    let finding =
        report.finding(format!("text in `{colour}` has a contrast of {contrast}:1 on {ground}; 4.5:1 is needed"));
    let help = format!("write `\"{shade}\"`, the nearest shade that passes; handouts take it meanwhile");
    report.add(finding.at(Place::value(regimen_model::PROJECT_FILE, path), "").help(help));
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// What is said of a brand.
    fn of(brand: &str) -> Vec<String> {
        let project = format!("language: en\nbrand: {{{brand}}}\nwords: {{title: T}}\n");
        Lint::new().file("regimen.yaml", &project).of("brand-contrast")
    }

    #[test]
    fn a_colour_is_read_on_white_and_on_the_tint() {
        assert_eq!(of("colour: '#1f6f5c'"), [""; 0]);
        assert_eq!(
            of("colour: '#ffcc00'"),
            ["regimen.yaml:2 text in `#ffcc00` has a contrast of 1.51:1 on white; 4.5:1 is needed"]
        );
        let said = of("colours: {main: '#1f6f5c', accent: '#767676'}");
        assert!(said.len() == 1 && said[0].contains(":1 on the light ground of boxes"), "{said:?}");
    }

    #[test]
    fn the_shade_that_is_named_passes() {
        let colour: regimen_model::model::Colour = "#ff8c1a".parse().unwrap();
        let shade = colour.legible(None);
        assert_eq!(of(&format!("colours: {{main: '{shade}', accent: '{}'}}", colour.legible(Some(shade)))), [""; 0]);
        assert_eq!(of("colours: {main: '#1f6f5c', accent: '#a4590f'}"), [""; 0]);
    }
}
