//! A number that is the same only for the same rules and settings.

/// FNV-1a over 64 bits, begun anew from `seed`. Ours and written down, so that it never changes with a compiler.
pub(in crate::rule) fn mix(seed: u64, bytes: &[u8]) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64 ^ seed;
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// The digest of `files` on top of what `seed` stands for, whatever their order.
pub fn digest(seed: u64, files: &[(&str, &str)]) -> u64 {
    let mut files = files.to_vec();
    files.sort_unstable();
    files.iter().fold(seed, |hash, (path, text)| mix(mix(hash, path.as_bytes()), text.as_bytes()))
}
