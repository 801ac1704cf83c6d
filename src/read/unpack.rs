//! Folders packed as ZIP, and single files packed as gzip: what is inside goes through the same door as any file.
//!
//! A member whose ending no reader knows is passed over and counted, as in a folder.

use super::pack::Pack;
use super::{Input, Reader, is_known};
use crate::document::Document;
use flate2::bufread::MultiGzDecoder;
use std::io::Read;

/// The reader of packed folders.
pub(super) struct Zip;

/// The reader of single files that are packed.
pub(super) struct Gzip;

/// So many bytes may one packed file unpack to.
const WHOLE: u64 = 256 << 20;

impl Reader for Zip {
    fn name(&self) -> &'static str {
        "zip"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["zip"]
    }

    fn read_each(&self, input: &Input<'_>, each: &mut dyn FnMut(Document)) {
        let pack = match Pack::open(input.bytes) {
            Ok(pack) => pack,
            Err(fault) => return refuse(input, self.name(), fault.said(), each),
        };
        for member in pack.members() {
            let name = member.name.as_str();
            let hidden = name.split('/').any(|step| step.starts_with('.') || step == "__MACOSX");
            if hidden {
                input.pass_over(name, "a hidden file; name it to have it checked", each);
            } else if !is_known(name) {
                input.pass_over(name, "a format this program does not read", each);
            } else {
                match pack.unpack(member) {
                    Err(fault) => input.refuse(name, fault.said(), each),
                    Ok(bytes) if !input.take(bytes.len()) => input.refuse(name, LARGE, each),
                    Ok(bytes) => input.open(name, name, &bytes, each),
                }
            }
        }
    }
}

const LARGE: &str = "The file it is packed in unpacks to more than can be read safely. Split it.";

impl Reader for Gzip {
    fn name(&self) -> &'static str {
        "gzip"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["gz"]
    }

    fn knows(&self, head: &[u8]) -> bool {
        head.starts_with(b"\x1F\x8B\x08")
    }

    fn read_each(&self, input: &Input<'_>, each: &mut dyn FnMut(Document)) {
        let mut bytes = Vec::new();
        let limit = WHOLE.min(input.left());
        if MultiGzDecoder::new(input.bytes).take(limit + 1).read_to_end(&mut bytes).is_err() {
            let what = "This packed file (gzip) is damaged or was cut short. Fetch or save it again.";
            return refuse(input, self.name(), what, each);
        }
        if bytes.len() as u64 > limit || !input.take(bytes.len()) {
            let what = "This file unpacks to more than can be read safely (256 MB). Split it.";
            return refuse(input, self.name(), what, each);
        }
        let file = input.called.rsplit(['/', '\\']).next().unwrap_or(input.called);
        let inner = file.get(..file.len().saturating_sub(3)).filter(|_| file.to_lowercase().ends_with(".gz"));
        let inner = inner.unwrap_or(file);
        input.open(inner, inner, &bytes, each);
    }
}

fn refuse(input: &Input<'_>, format: &'static str, what: &str, each: &mut dyn FnMut(Document)) {
    let mut into = input.document();
    into.format(format).unreadable(what);
    each(into.finish());
}
