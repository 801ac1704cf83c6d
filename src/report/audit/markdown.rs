//! The account as Markdown, for a wiki, a letter or a pull request.

use super::{Account, Audit, Clause, Quote, State};
use crate::report::markdown::{code, escaped};
use std::fmt::Write;

impl Audit {
    /// The whole account as Markdown.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "# What these documents say about rights\n");
        let _ = writeln!(out, "{}", escaped(&self.in_a_line()));
        let _ = writeln!(out, "{}\n", escaped(self.limits));
        if !self.unread.is_empty() {
            let _ = writeln!(out, "## Not read\n");
            for (name, why) in &self.unread {
                let _ = writeln!(out, "- {}: {}", code(name), escaped(why));
            }
            out.push('\n');
        }
        for account in &self.documents {
            self.document(&mut out, account);
        }
        out
    }

    fn document(&self, out: &mut String, account: &Account) {
        let count = account.count(None);
        let assumed = if account.assumed { ", assumed" } else { "" };
        let _ = writeln!(out, "## {}\n", code(&account.name));
        let _ = writeln!(
            out,
            "Read as {}{assumed}. Of {} parts looked for, {} seen, {} said not done, {} not seen.\n",
            account.kind,
            count.all(),
            count.seen,
            count.denied,
            count.absent
        );
        for problem in &account.problems {
            let _ = writeln!(out, "Partly read: {}\n", escaped(problem));
        }
        let mut told: Vec<&str> = Vec::new();
        for right in &self.rights {
            let clauses: Vec<&Clause> =
                account.clauses.iter().filter(|clause| clause.rights.contains(&right.name)).collect();
            if clauses.is_empty() {
                continue;
            }
            let _ = writeln!(out, "### {}: {}\n", escaped(&right.name), escaped(&right.title));
            for clause in clauses {
                if told.contains(&clause.rule.as_str()) {
                    let _ = writeln!(out, "- {}: {} (told above)", escaped(&clause.title), clause.state.words());
                } else {
                    told.push(&clause.rule);
                    tell(out, clause);
                }
            }
            out.push('\n');
        }
        let rest: Vec<&Clause> = account.clauses.iter().filter(|clause| clause.rights.is_empty()).collect();
        if !rest.is_empty() {
            let _ = writeln!(out, "### On other grounds\n");
            for clause in rest {
                tell(out, clause);
            }
            out.push('\n');
        }
        if !account.concerns.is_empty() {
            let _ = writeln!(out, "### Worth a second look\n");
            for concern in &account.concerns {
                let _ = writeln!(out, "- **{}** {}", concern.level, escaped(&concern.message));
                quote(out, concern.quote.as_ref());
                let _ = writeln!(out, "  - Why: {}", escaped(&concern.why));
                if let Some(ask) = &concern.ask {
                    let _ = writeln!(out, "  - Ask: {}", escaped(ask));
                }
            }
            out.push('\n');
        }
    }
}

fn tell(out: &mut String, clause: &Clause) {
    let _ = writeln!(out, "- {} **{}**: {}", clause.state.sign(), clause.state.words(), escaped(&clause.title));
    for element in &clause.elements {
        let _ = writeln!(out, "  - {} {}: {}", element.state.sign(), element.state.words(), escaped(&element.name));
        if let Some(quote) = &element.quote {
            let _ = writeln!(out, "    {} ({})", code(&quote.text), escaped(&quote.place));
        }
    }
    if clause.state != State::Seen
        && let Some(ask) = &clause.ask
    {
        let _ = writeln!(out, "  - Ask: {}", escaped(ask));
    }
}

fn quote(out: &mut String, quote: Option<&Quote>) {
    if let Some(quote) = quote {
        let _ = writeln!(out, "  - {} ({})", code(&quote.text), escaped(&quote.place));
    }
}
