use super::{Fault, Pack};
use flate2::{Compression, write::DeflateEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter};
use std::io::Write;

/// A ZIP of members by name, deflated.
fn packed(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (name, content) in members {
        let file = archive.new_file(*name).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().unwrap();
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
        writer.write_all(content).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}

#[test]
fn members_are_listed_in_order_and_read_by_name_in_any_case() {
    let bytes = packed(&[("Word/Document.xml", b"<one/>"), ("b.txt", b"two")]);
    let pack = Pack::open(&bytes).unwrap();
    let names: Vec<&str> = pack.members().iter().map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["Word/Document.xml", "b.txt"]);
    assert_eq!(pack.read("/word/document.xml").unwrap().unwrap(), b"<one/>");
    assert_eq!(pack.read("c.txt").unwrap(), None);
}

#[test]
fn a_member_that_unpacks_to_too_much_is_refused() {
    let bytes = packed(&[("bomb", &vec![b'a'; 65 << 20]), ("small", b"fine")]);
    assert!(bytes.len() < 1 << 20);
    let pack = Pack::open(&bytes).unwrap();
    assert_eq!(pack.read("bomb").unwrap_err(), Fault::Large);
    assert_eq!(pack.read("small").unwrap().unwrap(), b"fine");
}

#[test]
fn many_members_together_are_limited_too() {
    let part = vec![b'a'; 1 << 20];
    let names = ["1", "2", "3", "4", "5"];
    let bytes = packed(&names.map(|name| (name, part.as_slice())));
    let pack = Pack::open(&bytes).unwrap();
    pack.left.set(4 << 20);
    let read: Vec<bool> = names.iter().map(|name| pack.read(name).is_ok()).collect();
    assert_eq!(read, [true, true, true, true, false]);
}

#[test]
fn a_member_with_a_password_is_said_to_be_locked() {
    let mut bytes = packed(&[("secret", b"words")]);
    // The first flag of both headers says that a member is encrypted.
    let central = bytes.windows(4).position(|at| at == b"PK\x01\x02").unwrap();
    bytes[6] |= 1;
    bytes[central + 8] |= 1;
    assert_eq!(Pack::open(&bytes).unwrap().read("secret").unwrap_err(), Fault::Locked);
}

#[test]
fn a_short_or_damaged_file_is_no_panic() {
    let whole = packed(&[("a.xml", b"some words that are long enough to be packed"), ("b", b"")]);
    for end in 0..whole.len() {
        assert!(Pack::open(&whole[..end]).is_err());
    }
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xFF;
        if let Ok(pack) = Pack::open(&bytes) {
            for member in pack.members() {
                let _ = pack.unpack(member);
            }
        }
    }
}
