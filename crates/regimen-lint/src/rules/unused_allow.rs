//! `unused-allow`: an `allow` that nothing needs any more.

use super::CONVENTION;
use crate::rule::{Check, Rule};
use regimen_model::diagnostic::Severity;

pub(crate) static RULE: Rule = Rule {
    code: "unused-allow",
    severity: Severity::Warning,
    summary: "An `allow` silences something",
    explanation:
        "An `allow` that silences nothing is a reason that nobody needs. It would hide the next mistake of its \
kind without a word.

Wrong, once the session has a warm-up:

```yaml
allow:
  warm-up: done on the way here
warm_up:
  - use: runner-warm-up
```

Right:

```yaml
warm_up:
  - use: runner-warm-up
```

An `allow` of a rule that `rules:` switches off is not reported: nobody looks whether it would be needed. Nor is one \
while the catalogue has errors. `allow: {unused-allow: the reason}` keeps those beside it and below it; it is reported itself \
if all of them are of use.
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Allowances,
};
