//! The range arithmetic of batches.

use std::fmt;

/// Periods from `start` to `end`, which is one of them if the steps reach it: 20 to 25 by 2 is 20,
/// 22, 24. With `start` above `end` they descend. A step of 0 means `start` alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodRange {
    /// The first period, 1 or more.
    pub start: i32,
    /// The bound of the last period, 1 or more.
    pub end: i32,
    /// The difference of neighbours, 0 or more.
    pub step: i32,
}

impl Default for PeriodRange {
    /// 20 to 269 by 1.
    fn default() -> Self {
        Self { start: 20, end: 269, step: 1 }
    }
}

impl fmt::Display for PeriodRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.start, self.end, self.step)
    }
}

impl PeriodRange {
    /// How many periods it holds; none if an end or the step is out of bounds.
    pub(crate) fn count(self) -> Option<usize> {
        if self.start < 1 || self.end < 1 || self.step < 0 {
            return None;
        }
        let steps = self.start.abs_diff(self.end).checked_div(self.step as u32);
        Some(steps.unwrap_or(0) as usize + 1)
    }

    /// The period of a row below [`PeriodRange::count`].
    pub(crate) fn period(self, row: usize) -> i32 {
        let distance = row as i32 * self.step;
        if self.start <= self.end { self.start + distance } else { self.start - distance }
    }

    /// The largest of its first `rows` periods.
    pub(crate) fn largest(self, rows: usize) -> i32 {
        self.period(0).max(self.period(rows - 1))
    }
}
