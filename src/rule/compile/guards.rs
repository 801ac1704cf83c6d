//! What each guard does, by the shape of a rule, and as the rule itself says.

use super::valid::Shape;
use crate::rule::file::read::Mistakes;
use crate::rule::file::rule::RuleFile;
use crate::rule::file::values::One;
use crate::rule::{Action, Guard, GuardPolicy};

use Action::{Keep, Skip, Soften};

// In the order of `Guard::ALL`: negated, own words, someone else's words, staff quotation, about someone else,
// historical, hypothetical, planned, mention, prohibition, title, template, preferred.
const FLAG: GuardPolicy =
    GuardPolicy([Skip, Skip, Soften, Keep, Skip, Soften, Skip, Keep, Skip, Skip, Skip, Skip, Skip]);
const EVENT: GuardPolicy = GuardPolicy([Skip, Keep, Keep, Keep, Skip, Skip, Skip, Skip, Skip, Skip, Skip, Skip, Keep]);
const COUNT: GuardPolicy = GuardPolicy([Skip, Keep, Keep, Keep, Keep, Keep, Keep, Keep, Keep, Keep, Keep, Keep, Keep]);

/// The policy of a rule. A guard named twice is a mistake.
pub(super) fn policy(shape: Shape, form: &RuleFile, to: &mut Mistakes<'_>) -> GuardPolicy {
    let mut policy = match shape {
        Shape::Flag => FLAG,
        Shape::Gap | Shape::Limit => EVENT,
        Shape::Measure | Shape::Clause => COUNT,
    };
    let mut seen: Vec<Guard> = Vec::new();
    let lists = [(&form.skip_when, Skip), (&form.soften_when, Soften), (&form.keep_when, Keep)];
    for (list, action) in lists {
        for One { value, at } in list.iter().flatten() {
            let Some(guard) = *value else { continue };
            if seen.contains(&guard) {
                let what = format!("`{}` is named twice", guard.name());
                to.note(at.clone(), what, "again here", "a guard can skip, soften or keep, not two of them");
            }
            seen.push(guard);
            policy = policy.with(guard, action);
        }
    }
    policy
}
