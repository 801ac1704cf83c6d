//! Packed files (ZIP): what is inside, and one member at a time, unpacked within limits.
//!
//! Limits are on bytes and counts, never on how well a member was packed: honest text that repeats itself
//! packs very well too.

use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};
use std::cell::Cell;
use std::io::Read;

/// Most bytes one member may unpack to.
pub(super) const PART: u64 = 64 << 20;

/// Most bytes all members that are read may unpack to together.
const WHOLE: u64 = 256 << 20;

/// Most members.
const MEMBERS: usize = 20_000;

/// Why a packed file, or a member of it, cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Not a ZIP file, or its end is missing.
    Short,
    /// Its bytes do not fit together.
    Damaged,
    /// A password is needed.
    Locked,
    /// It unpacks to more than is read.
    Large,
    /// It is packed in a way this build does not know.
    Method,
}

impl Fault {
    /// What is wrong and what to do, in plain words, none of them the file's.
    pub(super) fn said(self) -> &'static str {
        match self {
            Self::Short => "This file was cut short or is damaged: its last part is missing. Fetch or save it again.",
            Self::Damaged => "This file is damaged: its parts do not fit together. Fetch or save it again.",
            Self::Locked => "This file is protected by a password. Save a copy without one and check that.",
            Self::Large => "This file unpacks to more than can be read safely (64 MB a part). Split it.",
            Self::Method => "This file is packed in an unusual way. Open it and save it again.",
        }
    }
}

/// The name of the reader for what is packed in `bytes`; `None` when they are no packed file, or of another sort.
pub(super) fn inside(bytes: &[u8]) -> Option<&'static str> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let pack = Pack::open(bytes).ok()?;
    if let Ok(Some(kind)) = pack.read("mimetype") {
        let kind = kind.trim_ascii();
        if kind.starts_with(b"application/vnd.oasis.opendocument.text") {
            return Some("odt");
        }
        if kind == b"application/epub+zip" {
            return Some("epub");
        }
    }
    let word = |member: &Member| member.name.starts_with("word/");
    if pack.find("[Content_Types].xml").is_some() && pack.members().iter().any(word) {
        return Some("docx");
    }
    pack.find("META-INF/container.xml").map(|_| "epub")
}

/// A member of a packed file.
pub(super) struct Member {
    /// Its path, with `/` between folders and none in front.
    pub(super) name: String,
    locked: bool,
    method: CompressionMethod,
    way: ZipArchiveEntryWayfinder,
}

/// A packed file, open.
pub(super) struct Pack<'b> {
    archive: ZipSliceArchive<&'b [u8]>,
    members: Vec<Member>,
    left: Cell<u64>,
}

impl<'b> Pack<'b> {
    /// Lists what is in `bytes`.
    ///
    /// # Errors
    /// When they are no ZIP file, damaged, or hold too many members.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        let archive = ZipArchive::from_slice(bytes).map_err(|_| Fault::Short)?;
        let mut members = Vec::new();
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().map_err(|_| Fault::Damaged)? {
            if members.len() == MEMBERS {
                return Err(Fault::Large);
            }
            if entry.is_dir() {
                continue;
            }
            members.push(Member {
                name: tidy(entry.file_path().as_bytes()),
                locked: entry.flags().is_encrypted(),
                method: entry.compression_method(),
                way: entry.wayfinder(),
            });
        }
        Ok(Self { archive, members, left: Cell::new(WHOLE) })
    }

    /// Every member that is no folder, in the order of the file.
    pub(super) fn members(&self) -> &[Member] {
        &self.members
    }

    /// The member called `name`, in any case of letters, with or without `/` in front.
    pub(super) fn find(&self, name: &str) -> Option<&Member> {
        let name = name.trim_start_matches('/');
        let exact = self.members.iter().find(|member| member.name == name);
        exact.or_else(|| self.members.iter().find(|member| member.name.eq_ignore_ascii_case(name)))
    }

    /// The bytes of the member called `name`; `None` when there is none.
    ///
    /// # Errors
    /// As [`Pack::unpack`].
    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        self.find(name).map(|member| self.unpack(member)).transpose()
    }

    /// The bytes of `member`.
    ///
    /// # Errors
    /// When it is locked, damaged, larger than [`PART`], or all members read so far are too large together.
    pub(super) fn unpack(&self, member: &Member) -> Result<Vec<u8>, Fault> {
        if member.locked {
            return Err(Fault::Locked);
        }
        let entry = self.archive.get_entry(member.way).map_err(|_| Fault::Damaged)?;
        let limit = PART.min(self.left.get());
        let bytes = match member.method {
            CompressionMethod::STORE => limited(entry.verifying_reader(entry.data()), limit)?,
            CompressionMethod::DEFLATE => limited(entry.verifying_reader(DeflateDecoder::new(entry.data())), limit)?,
            _ => return Err(Fault::Method),
        };
        self.left.set(self.left.get().saturating_sub(bytes.len() as u64));
        Ok(bytes)
    }
}

/// All that `from` gives, unless it is more than `limit` bytes.
fn limited(from: impl Read, limit: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    from.take(limit + 1).read_to_end(&mut bytes).map_err(|_| Fault::Damaged)?;
    if bytes.len() as u64 > limit { Err(Fault::Large) } else { Ok(bytes) }
}

/// `target` as seen from `folder`, without `.` and `..`.
pub(super) fn resolved(folder: &str, target: &str) -> String {
    let whole =
        if target.starts_with('/') || folder.is_empty() { target.to_owned() } else { format!("{folder}/{target}") };
    let mut path: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            name => path.push(name),
        }
    }
    path.join("/")
}

fn tidy(path: &[u8]) -> String {
    String::from_utf8_lossy(path).replace('\\', "/").trim_start_matches('/').to_owned()
}

#[cfg(test)]
#[path = "pack_tests.rs"]
mod tests;
