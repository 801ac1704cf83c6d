//! Writes what a rule says, apart from what it does: it is decoded only when a finding is made.

use super::{Alternatives, string, strings};
use crate::rule::file::rule::{ExampleForm, RuleFile};
use crate::rule::set::{Example, RuleText, Tests};
use crate::rule::{Basis, Law, Source};

/// Adds the text of a rule, in postcard form, to `out`.
pub(super) fn write(form: &RuleFile, file: &str, alternatives: Alternatives, out: &mut Vec<u8>) {
    let text = RuleText {
        title: form.title.value.clone(),
        say: string(form.say.as_ref()).unwrap_or_else(|| form.title.value.clone()),
        why: form.why.value.clone(),
        ask: string(form.ask.as_ref()),
        instead: strings(form.instead.as_ref()),
        alternatives,
        basis: basis(form),
        sources: sources(form),
        reviewed: string(form.reviewed.as_ref()),
        file: file.to_owned(),
        tests: Tests {
            flag: examples(&form.tests.flag),
            pass: examples(&form.tests.pass),
            limits: examples(form.tests.limits.as_deref().unwrap_or_default()),
        },
    };
    if let Ok(bytes) = postcard::to_allocvec(&text) {
        out.extend_from_slice(&bytes);
    }
}

fn basis(form: &RuleFile) -> Basis {
    let law = form.basis.law.iter().flat_map(|law| &law.list);
    Basis {
        crpd: strings(form.basis.crpd.as_ref()),
        recovery: strings(form.basis.recovery.as_ref()),
        quality_rights: strings(form.basis.quality_rights.as_ref()),
        law: law
            .map(|(profile, reference)| Law { profile: profile.value.clone(), reference: reference.value.clone() })
            .collect(),
    }
}

fn sources(form: &RuleFile) -> Vec<Source> {
    let sources = form.sources.iter().flatten();
    sources
        .filter_map(|source| Some(Source { source: source.source.value.clone(), sure: source.sure.value? }))
        .collect()
}

fn examples(forms: &[ExampleForm]) -> Vec<Example> {
    let number = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
    forms
        .iter()
        .map(|ExampleForm(form)| Example {
            text: form.text.value.clone(),
            kind: form.kind.as_ref().and_then(|kind| kind.value).map(|kind| kind.name().to_owned()),
            profile: string(form.profile.as_ref()),
            span: string(form.span.as_ref()),
            missing: form.missing.as_ref().map(|list| strings(Some(list))),
            said_not_done: form.said_not_done.as_ref().map(|list| strings(Some(list))),
            planned: form.planned.as_ref().map(|list| strings(Some(list))),
            at: (number(form.text.at.start), number(form.text.at.len())),
        })
        .collect()
}
