//! The parts of a Word document and how they refer to one another.

use crate::read::pack::{Fault, Pack, resolved};
use crate::read::xml::{self, Step, Xml};

/// A reference from one part to another.
pub(super) struct Link {
    /// The id it is called by.
    pub(super) id: String,
    /// The last word of its type: `styles`, `header`, `aFChunk`.
    pub(super) kind: String,
    /// The member of the packed file it leads to.
    pub(super) target: String,
}

/// The main part: what the package says, else where Word keeps it.
pub(super) fn main(pack: &Pack<'_>) -> Result<String, Fault> {
    let named = links(pack, "")?.into_iter().find(|link| link.kind == "officeDocument").map(|link| link.target);
    let usual = "word/document.xml";
    Ok(named.filter(|name| pack.find(name).is_some()).unwrap_or_else(|| usual.to_owned()))
}

/// What `part` refers to inside the package; the package itself where `part` is empty.
pub(super) fn links(pack: &Pack<'_>, part: &str) -> Result<Vec<Link>, Fault> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let path = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
    let Some(bytes) = pack.read(&path)? else { return Ok(Vec::new()) };
    let Ok(source) = xml::text(&bytes) else { return Ok(Vec::new()) };
    let mut xml = Xml::new(&source.text);
    let mut found = Vec::new();
    while let Ok(Some(step)) = xml.step() {
        let Step::Open(tag) = step else { continue };
        if tag.name() != "Relationship" || tag.is("TargetMode", "External") {
            continue;
        }
        if let (Some(id), Some(kind), Some(target)) = (tag.value("Id"), tag.value("Type"), tag.value("Target")) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.push(Link { id: id.into_owned(), kind, target: resolved(folder, &target) });
        }
    }
    Ok(found)
}
