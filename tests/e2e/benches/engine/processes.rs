//! The memory of the browser's renderer processes, where the system tells it: Linux.

use std::{
    collections::{HashMap, HashSet},
    fs, process,
};

/// What the renderers started by this program hold, in bytes, shared pages by share (PSS). `None` where that cannot
/// be read.
pub(crate) fn renderer_bytes() -> Option<f64> {
    let parents: HashMap<u32, u32> = fs::read_dir("/proc")
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|id| Some((id, parent(id)?)))
        .collect();
    let ours: HashSet<u32> = parents.keys().copied().filter(|id| descends(*id, &parents)).collect();
    let sizes: Vec<f64> = ours.into_iter().filter(|id| is_renderer(*id)).filter_map(pss).collect();
    (!sizes.is_empty()).then(|| sizes.iter().sum())
}

fn parent(id: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The program's name is in brackets and may hold anything; state and parent follow it.
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

fn descends(id: u32, parents: &HashMap<u32, u32>) -> bool {
    std::iter::successors(Some(id), |id| parents.get(id).copied()).any(|id| id == process::id())
}

fn is_renderer(id: u32) -> bool {
    fs::read(format!("/proc/{id}/cmdline"))
        .is_ok_and(|line| String::from_utf8_lossy(&line).contains("--type=renderer"))
}

fn pss(id: u32) -> Option<f64> {
    let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1_024.0)
}
