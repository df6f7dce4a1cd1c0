use super::checks;
use super::error::Error;
use super::snapshot::{self, Reader, Writer};
use super::stream::TrendFlexStream;
use crate::definition::coefficients::Coefficients;
use crate::definition::options::{Definition, NanPolicy};
use crate::definition::running::{Limits, Running};
use crate::kernels::bank::{self, Abreast, Head, SYMBOLS, TAG, Tick, WIDTH};
use crate::kernels::dispatch;
use crate::kernels::kernel::Chosen;
use crate::kernels::tag::Tag;
use crate::kernels::words::WORDS;

/// As many streams of one period as there are symbols: all take a price in one call.
///
/// Each symbol's outputs have the bits of a [`TrendFlexStream`] of its own. Eight neighbours are
/// stepped at once while they are in step. A missing price puts its symbol out of step; from then
/// on its eight are stepped one by one.
///
/// The state is a block of [`TrendFlexStreamBank::state_len`] doubles that the caller owns, best
/// aligned to 64 bytes; the bank only borrows it. Its content is for this process alone. A bank is
/// for one thread at a time.
///
/// ```
/// use trendflex::{Definition, NanPolicy, TrendFlexStreamBank};
///
/// let mut state = vec![0.0; TrendFlexStreamBank::state_len(2, 2)?];
/// let (definition, policy) = (Definition::VectorTa, NanPolicy::Skip);
/// let mut bank = TrendFlexStreamBank::create_in(&mut state, 2, definition, 2, policy)?;
/// let mut out = [0.0; 2];
/// for prices in [[100.0, 7.0], [101.0, 6.0], [102.0, 5.0]] {
///     bank.update(&prices, &mut out)?;
/// }
/// assert!(out[0] > 4.999 && out[1] < -4.999);
/// # Ok::<(), trendflex::Error>(())
/// ```
#[derive(Debug)]
pub struct TrendFlexStreamBank<'a> {
    /// A copy of what was found: another thread that writes to the state meanwhile does not change
    /// it.
    info: BankInfo,
    head: &'a mut Head,
    eights: &'a mut [Abreast],
}

/// What a bank is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BankInfo {
    /// The period of all its streams.
    pub period: i32,
    /// Their definition.
    pub definition: Definition,
    /// What a missing price does to its symbol.
    pub nan_policy: NanPolicy,
    /// How many symbols there are.
    pub symbols: usize,
}

impl<'a> TrendFlexStreamBank<'a> {
    /// How many doubles the state takes: 8, and for each symbol 11 more than the period. The number
    /// of symbols is rounded up to a multiple of 8.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPeriod`], [`Error::EmptyInput`] if there are no symbols,
    /// [`Error::SizeOverflow`]
    pub fn state_len(period: i32, symbols: usize) -> Result<usize, Error> {
        checks::period(period)?;
        if symbols == 0 {
            return Err(Error::EmptyInput);
        }
        let rows = WORDS + period as usize;
        let len = symbols.checked_next_multiple_of(WIDTH).and_then(|lanes| lanes.checked_mul(rows));
        len.and_then(|len| len.checked_add(size_of::<Head>() / size_of::<f64>()))
            .filter(|&len| len <= isize::MAX as usize / size_of::<f64>())
            .ok_or(Error::SizeOverflow { rows, columns: symbols })
    }

    /// Begins a bank in `state`, whatever it holds.
    ///
    /// # Errors
    ///
    /// Those of [`TrendFlexStreamBank::state_len`], then [`Error::RejectInStream`],
    /// [`Error::StateSize`]; `state` is then as it was.
    pub fn create_in(
        state: &'a mut [f64],
        period: i32,
        definition: Definition,
        symbols: usize,
        nan_policy: NanPolicy,
    ) -> Result<Self, Error> {
        let expected = Self::state_len(period, symbols)?;
        let tag = Tag::new(Tag::BANK, period, definition, nan_policy);
        let tag = tag.ok_or(Error::RejectInStream)?;
        let actual = state.len();
        match state.split_first_chunk_mut() {
            Some((head, eights)) if actual == expected => {
                let c = Coefficients::new(period, definition);
                bank::begin(head, eights, tag, symbols, &c);
                let info = BankInfo { period, definition, nan_policy, symbols };
                Ok(Self { info, head, eights: eights.as_chunks_mut().0 })
            }
            _ => Err(Error::StateSize { expected, actual }),
        }
    }

    /// Goes on with the bank in `state`.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] unless [`TrendFlexStreamBank::create_in`] has made one of this size.
    pub fn open_in(state: &'a mut [f64]) -> Result<Self, Error> {
        let info = Self::info_in(state)?;
        let (head, eights) = state.split_first_chunk_mut().ok_or(Error::CorruptState)?;
        Ok(Self { info, head, eights: eights.as_chunks_mut().0 })
    }

    /// How many symbols there are.
    pub fn symbols(&self) -> usize {
        self.info.symbols
    }

    /// How many bytes a snapshot of a bank takes.
    ///
    /// # Errors
    ///
    /// Those of [`TrendFlexStreamBank::state_len`]
    pub fn snapshot_len(period: i32, symbols: usize) -> Result<usize, Error> {
        Self::state_len(period, symbols)?;
        snapshot::len(period, symbols)
            .ok_or(Error::SizeOverflow { rows: period as usize, columns: symbols })
    }

    /// Writes a snapshot of the bank in `state`, as
    /// [`TrendFlexStream::save_in`] does of a stream.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] as for [`TrendFlexStreamBank::open_in`], and if a number of a symbol
    /// is NaN or beyond what prices can lead to, [`Error::OutputLength`] unless `bytes` are as many
    /// as [`TrendFlexStreamBank::snapshot_len`] says.
    pub fn save_in(state: &[f64], bytes: &mut [u8]) -> Result<(), Error> {
        let BankInfo { period, definition, nan_policy, symbols } = Self::info_in(state)?;
        let (head, eights) = state.split_first_chunk().ok_or(Error::CorruptState)?;
        let eights = eights.as_chunks().0;
        let seats = || {
            let eights = eights.chunks_exact(WORDS + period as usize);
            let seats = eights.flat_map(|eight| (0..WIDTH).map(move |lane| (eight, lane)));
            let seats = seats.take(symbols);
            seats.map(|(eight, lane)| (bank::running(eight, lane), &eight[WORDS..], lane))
        };
        let sound = |(running, ring, lane): (Running, &[Abreast], usize)| {
            let smoothed = ring.iter().map(|abreast| abreast[lane]);
            running.is_sound(period, nan_policy)
                && running.is_possible(period, smoothed, &Limits::IN_BLOCK)
        };
        if bank::coefficients(head) != Coefficients::new(period, definition) || !seats().all(sound)
        {
            return Err(Error::CorruptState);
        }
        checks::output(Self::snapshot_len(period, symbols)?, bytes.len())?;
        let tag = Tag::new(Tag::BANK, period, definition, nan_policy).ok_or(Error::CorruptState)?;
        let mut writer = Writer::new(bytes, tag, symbols);
        for (running, ring, lane) in seats() {
            // Refused now only if another thread has written to the state meanwhile.
            let halves = ring.split_at_checked(running.position as usize);
            let (newer, older) = halves.ok_or(Error::CorruptState)?;
            writer.series(&running, older.iter().chain(newer).map(|abreast| abreast[lane]));
        }
        writer.end();
        Ok(())
    }

    /// The [length of the state][TrendFlexStreamBank::state_len] that a snapshot needs.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptSnapshot`], [`Error::SnapshotVersion`]
    pub fn state_len_of(snapshot: &[u8]) -> Result<usize, Error> {
        Ok(Self::read(snapshot)?.1)
    }

    /// Makes a bank of a snapshot, in `state`, whatever that holds.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptSnapshot`], [`Error::SnapshotVersion`], [`Error::StateSize`]; `state` is
    /// then as it was.
    pub fn load_in(snapshot: &[u8], state: &'a mut [f64]) -> Result<Self, Error> {
        let (reader, _) = Self::read(snapshot)?;
        let (tag, symbols) = (reader.tag, reader.series);
        let (period, definition) = (tag.period(), tag.definition());
        let bank = Self::create_in(state, period, definition, symbols, tag.nan_policy())?;
        let eights = bank.eights.chunks_exact_mut(WORDS + period as usize);
        for (eight, first) in eights.zip((0..symbols).step_by(WIDTH)) {
            for lane in 0..WIDTH.min(symbols - first) {
                let (running, smoothed) = reader.series(first + lane);
                bank::put_running(eight, lane, period as u64, &running);
                let places = eight[WORDS..].iter_mut().map(|abreast| &mut abreast[lane]);
                places.zip(smoothed).for_each(|(place, smoothed)| *place = smoothed);
            }
        }
        Ok(bank)
    }

    /// A snapshot, and the length of its state.
    fn read(snapshot: &[u8]) -> Result<(Reader<'_>, usize), Error> {
        let reader = Reader::new(snapshot, Tag::BANK)?;
        let state_len = Self::state_len(reader.tag.period(), reader.series);
        Ok((reader, state_len.map_err(|_| Error::CorruptSnapshot)?))
    }

    /// What the bank in `state` is.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] as for [`TrendFlexStreamBank::open_in`].
    pub fn info_in(state: &[f64]) -> Result<BankInfo, Error> {
        let head: &Head = state.first_chunk().ok_or(Error::CorruptState)?;
        let (tag, symbols) = (Tag::load(head[TAG]), head[SYMBOLS].to_bits() as usize);
        let (period, definition) = (tag.period(), tag.definition());
        let sound =
            tag.is(Tag::BANK, period as u64) && Self::state_len(period, symbols) == Ok(state.len());
        match sound {
            true => Ok(BankInfo { period, definition, nan_policy: tag.nan_policy(), symbols }),
            false => Err(Error::CorruptState),
        }
    }

    /// Begins a stream in `stream`, which goes on from the state of a symbol of the bank in
    /// `state`. Any number of threads may do so at once while none updates.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] as for [`TrendFlexStreamBank::open_in`], [`Error::NoSuchSymbol`],
    /// [`Error::StateSize`]; `stream` is then as it was.
    pub fn stream_in<'b>(
        state: &[f64],
        symbol: usize,
        stream: &'b mut [f64],
    ) -> Result<TrendFlexStream<'b>, Error> {
        let BankInfo { period, symbols, .. } = Self::info_in(state)?;
        if symbol >= symbols {
            return Err(Error::NoSuchSymbol { symbol, symbols });
        }
        let (head, eights): (&Head, _) = state.split_first_chunk().ok_or(Error::CorruptState)?;
        let (eights, _) = eights.as_chunks::<WIDTH>();
        let len = WORDS + period as usize;
        let (eight, lane) = (&eights[symbol / WIDTH * len..][..len], symbol % WIDTH);
        let ring = eight[WORDS..].iter().map(|abreast| abreast[lane]);
        TrendFlexStream::go_on_in(stream, Tag::load(head[TAG]), &bank::running(eight, lane), ring)
    }

    /// Takes a price for each symbol and writes each one's output to `out`: NaN during its warm-up
    /// and for a missing price, which a symbol treats as [`TrendFlexStream::update`] does.
    ///
    /// # Errors
    ///
    /// [`Error::SymbolCount`]; no price is then taken.
    pub fn update(&mut self, prices: &[f64], out: &mut [f64]) -> Result<(), Error> {
        let expected = self.symbols();
        for actual in [prices.len(), out.len()] {
            if actual != expected {
                return Err(Error::SymbolCount { expected, actual });
            }
        }
        let BankInfo { period, nan_policy, .. } = self.info;
        let tick = Tick { c: bank::coefficients(self.head), period: period as usize, nan_policy };
        dispatch::tick(Chosen::best(), &tick, self.eights, prices, out);
        Ok(())
    }

    /// Makes a symbol begin anew, as if it had taken no price yet. Its eight are then out of step.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchSymbol`]
    pub fn reset(&mut self, symbol: usize) -> Result<(), Error> {
        let symbols = self.symbols();
        if symbol >= symbols {
            return Err(Error::NoSuchSymbol { symbol, symbols });
        }
        let len = WORDS + self.info.period as usize;
        for abreast in &mut self.eights[symbol / WIDTH * len..][..len] {
            abreast[symbol % WIDTH] = 0.0;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::words::POSITION;

    /// Another thread may do this between the check of a state and its use.
    #[test]
    fn what_is_overwritten_after_a_bank_was_opened_is_no_defect() {
        let words = [0, 1, 10, (-11_i32) as u32 as u64, u64::MAX];
        for (at, word) in [TAG, SYMBOLS].into_iter().flat_map(|at| words.map(|word| (at, word))) {
            let mut state = vec![0.0; TrendFlexStreamBank::state_len(3, 9).unwrap()];
            let (definition, nan_policy) = (Definition::VectorTa, NanPolicy::Skip);
            let created = TrendFlexStreamBank::create_in(&mut state, 3, definition, 9, nan_policy);
            let mut bank = created.unwrap();
            bank.head[at] = f64::from_bits(word);
            bank.eights[POSITION].fill(f64::from_bits(word));
            assert_eq!(bank.update(&[1.0; 9], &mut [0.0; 9]), Ok(()));
            assert_eq!(bank.reset(8), Ok(()));
        }
    }
}
