//! Unified diffs that `patch -p1` applies exactly.
//!
//! They are made of bytes, since a patch of a file in another encoding is in that encoding, and of lines that end with a line feed and
//! nothing else, as `patch` sees them (the crate `similar` ends lines at a carriage return as well, and writes text only).

use std::io::{self, Write};
use std::path::Path;

use similar::udiff::UnifiedHunkHeader;
use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

/// So many lines around a change are shown.
const CONTEXT: usize = 3;

/// Writes the difference of a file's old and new bytes; nothing if there is none.
pub(crate) fn write(out: &mut impl Write, path: &Path, old: &[u8], new: &[u8]) -> io::Result<()> {
    let (old, new) = (lines(old), lines(new));
    let hunks = group_diff_ops(capture_diff_slices(Algorithm::Myers, &old, &new), CONTEXT);
    let hunks: Vec<Vec<DiffOp>> = hunks.into_iter().filter(|ops| !ops.is_empty()).collect();
    if hunks.is_empty() {
        return Ok(());
    }
    writeln!(out, "--- {}", header("a", path))?;
    writeln!(out, "+++ {}", header("b", path))?;
    for ops in hunks {
        writeln!(out, "{}", UnifiedHunkHeader::new(&ops))?;
        for op in ops {
            let (removed, added) = (&old[op.old_range()], &new[op.new_range()]);
            if matches!(op, DiffOp::Equal { .. }) {
                write_lines(out, b' ', removed)?;
            } else {
                write_lines(out, b'-', removed)?;
                write_lines(out, b'+', added)?;
            }
        }
    }
    Ok(())
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|&byte| byte == b'\n').collect()
}

fn write_lines(out: &mut impl Write, sign: u8, lines: &[&[u8]]) -> io::Result<()> {
    for line in lines {
        out.write_all(&[sign])?;
        out.write_all(line)?;
        if !line.ends_with(b"\n") {
            out.write_all(b"\n\\ No newline at end of file\n")?;
        }
    }
    Ok(())
}

/// A path as `patch` and `git apply` read it: with a tab behind it if it has spaces, in quotes if it has stranger things, bytes that are no
/// UTF-8 among them.
fn header(side: &str, path: &Path) -> String {
    let path = format!("{side}/{}", escaped(path).trim_start_matches('/'));
    if path.contains('\\') {
        return format!("\"{path}\"");
    }
    if path.contains(' ') { format!("{path}\t") } else { path }
}

fn escaped(path: &Path) -> String {
    let mut escaped = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' | '\\' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                '\t' => escaped.push_str("\\t"),
                c if c.is_control() => escaped.push_str(&octal(c.to_string().as_bytes())),
                c => escaped.push(c),
            }
        }
        escaped.push_str(&octal(chunk.invalid()));
    }
    escaped
}

fn octal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\{byte:03o}")).collect()
}
