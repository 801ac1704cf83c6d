//! Terms that no example of their rule uses: nobody would notice if they were taken away, or never worked.

use crate::read;
use crate::rule::compile::gather::Gathered;
use crate::rule::compile::sets::Sets;
use crate::rule::file::values::Text;
use crate::rule::{RuleError, RuleSet, term};
use crate::scan::ScannerBuilder;
use crate::span::Span;

/// Advice for every term that stands in one of the rules `ids` itself (not in a set it names) and meets nothing in
/// the rule's own examples that must be flagged.
pub fn untried(rules: &RuleSet, ids: &[&str]) -> Vec<RuleError> {
    let files = rules.sources.files();
    // The rules have been loaded, so there is nothing new to be said about mistakes in them.
    let mut ignored = Vec::new();
    let all = Gathered::of(&files, &mut ignored);
    let sets = Sets::of(&all, &mut ignored);
    let mut advice = Vec::new();
    for (id, read) in &all.rules {
        if !ids.contains(&id.0.as_str()) {
            continue;
        }
        let form = &read.form;
        let flag = form.flag.iter().flat_map(|flag| &flag.terms).map(|(term, _)| term);
        let when = form.when.iter().flat_map(|when| &when.list);
        let topic = form.limit.iter().flat_map(|limit| &limit.topic.list);
        let own: Vec<&Text> = flag.chain(when).chain(topic).filter(|text| !names_a_set(text)).collect();
        let mut builder = ScannerBuilder::default();
        let mut spelt: Vec<Option<crate::scan::SetId>> = Vec::new();
        for text in &own {
            let terms = sets.terms(text, &mut read.mistakes(None));
            spelt.push(terms.map(|terms| {
                let set = builder.set();
                for term in &terms {
                    builder.add(set, term);
                }
                set
            }));
        }
        let scanner = builder.finish(&[]);
        let examples = form.tests.flag.iter().map(|example| example.0.text.value.as_str());
        let mut met: Vec<bool> = vec![false; scanner.sets()];
        for example in examples {
            let document = read::read("example.md", example.as_bytes());
            for hit in scanner.hits(document.text(), Span::new(0, document.text().len())) {
                if let Some(met) = met.get_mut(hit.set.0 as usize) {
                    *met = true;
                }
            }
        }
        for (text, set) in own.iter().zip(spelt) {
            if set.is_some_and(|set| met.get(set.0 as usize) == Some(&false)) {
                advice.push(RuleError {
                    file: read.file.to_owned(),
                    rule: Some(id.0.clone()),
                    what: "no example of this rule uses this term".to_owned(),
                    label: "nobody would notice if it did not work".to_owned(),
                    at: text.at.clone(),
                    help: Some("add a text with it to tests: flag".to_owned()),
                    fatal: false,
                });
            }
        }
    }
    advice
}

fn names_a_set(text: &Text) -> bool {
    term::read(&text.value).is_ok_and(|written| written.only_set().is_some())
}
