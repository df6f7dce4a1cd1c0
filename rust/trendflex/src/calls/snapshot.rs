//! The bytes that keep a stream or a bank, for any machine and any later release.
//!
//! All words have 8 bytes, the least significant first: a mark, which ends with the version of the
//! format; the [tag](Tag); the number of series; for each series the number of prices taken, the
//! state (doubles) and the last `period` smoothed prices, oldest first; the CRC-32 of all this.
//! Numbers that follow from these are not kept but computed anew.

use super::error::Error;
use crate::definition::arithmetic::Hardware;
use crate::definition::running::{Limits, Running};
use crate::kernels::tag::Tag;
use crate::kernels::words::SAVED;

/// "TFLXSNA" and the version.
const MARK: u64 = u64::from_le_bytes(*b"TFLXSNA\x01");
const VERSION_BYTE: usize = 7;
const WORD: usize = size_of::<u64>();
/// Words before the first series, and after the last.
const HEAD: usize = 3;
const TAIL: usize = 1;

/// How many bytes a snapshot takes, if a memory can hold them.
pub(crate) fn len(period: i32, series: usize) -> Option<usize> {
    let words = series.checked_mul(SAVED + period as usize)?.checked_add(HEAD + TAIL)?;
    words.checked_mul(WORD).filter(|&bytes| bytes <= isize::MAX as usize)
}

/// Fills a snapshot from its beginning to its end.
pub(crate) struct Writer<'a> {
    bytes: &'a mut [u8],
    written: usize,
}

impl<'a> Writer<'a> {
    /// `bytes` has the [`len`] of the period and the series.
    pub fn new(bytes: &'a mut [u8], tag: Tag, series: usize) -> Self {
        let mut writer = Self { bytes, written: 0 };
        writer.put(MARK);
        writer.put(tag.word().to_bits());
        writer.put(series as u64);
        writer
    }

    pub fn series(&mut self, running: &Running, oldest_first: impl Iterator<Item = f64>) {
        for word in running.saved().into_iter().chain(oldest_first.map(f64::to_bits)) {
            self.put(word);
        }
    }

    pub fn end(mut self) {
        let crc = crc32fast::hash(&self.bytes[..self.written]);
        self.put(crc.into());
        assert!(self.written == self.bytes.len());
    }

    fn put(&mut self, word: u64) {
        self.bytes[self.written..self.written + WORD].copy_from_slice(&word.to_le_bytes());
        self.written += WORD;
    }
}

/// A whole and sound snapshot.
pub(crate) struct Reader<'a> {
    words: &'a [[u8; WORD]],
    pub tag: Tag,
    pub series: usize,
}

impl<'a> Reader<'a> {
    /// # Errors
    ///
    /// [`Error::SnapshotVersion`], [`Error::CorruptSnapshot`]
    pub fn new(bytes: &'a [u8], kind: u64) -> Result<Self, Error> {
        let (words, rest) = bytes.as_chunks();
        let [mark, tag, series, .., crc] = words else {
            return Err(Error::CorruptSnapshot);
        };
        let known = MARK.to_le_bytes();
        if mark[..VERSION_BYTE] != known[..VERSION_BYTE] {
            return Err(Error::CorruptSnapshot);
        }
        if u64::from_le_bytes(*crc) != crc32fast::hash(&bytes[..bytes.len() - WORD]).into() {
            return Err(Error::CorruptSnapshot);
        }
        if *mark != known {
            return Err(Error::SnapshotVersion { version: mark[VERSION_BYTE] });
        }
        let tag = Tag::load(f64::from_le_bytes(*tag));
        let series = u64::from_le_bytes(*series) as usize;
        let sound = rest.is_empty()
            && tag.period() >= 1
            && tag.is(kind, tag.period() as u64)
            && len(tag.period(), series) == Some(bytes.len());
        let reader = Self { words: &words[HEAD..words.len() - TAIL], tag, series };
        if sound && (0..series).all(|index| reader.is_sound(index)) {
            Ok(reader)
        } else {
            Err(Error::CorruptSnapshot)
        }
    }

    fn stride(&self) -> usize {
        SAVED + self.tag.period() as usize
    }

    /// Whether a series can reach this state, and can go on from it for ever.
    fn is_sound(&self, index: usize) -> bool {
        let (running, ring) = self.series(index);
        let period = self.tag.period();
        running.is_sound(period, self.tag.nan_policy())
            && running.is_possible(period, ring, &Limits::IN_SNAPSHOT)
    }

    /// A series and its ring, from the first place on. The ring begins at the place that it would
    /// have if the series had been computed here.
    pub fn series(&self, index: usize) -> (Running, impl Iterator<Item = f64>) {
        let period = self.tag.period() as usize;
        let words = &self.words[index * self.stride()..][..self.stride()];
        let oldest_first = words[SAVED..].iter().map(|&word| f64::from_le_bytes(word));
        let saved = std::array::from_fn(|at| u64::from_le_bytes(words[at]));
        let mut running = Running::of_saved(saved, self.tag.period());
        running.restore_shadow::<Hardware>(period, oldest_first.clone());
        (running, oldest_first.cycle().skip(period - running.position as usize).take(period))
    }
}
