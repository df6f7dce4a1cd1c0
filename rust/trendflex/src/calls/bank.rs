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
/// Each symbol's outputs have the bits of a [`TrendFlexStream`] of its own. Neighbours are stepped
/// at once, fastest while they have taken the same number of prices. A missing price makes
/// its neighbours take up to about twice as long from then on, whatever the number of gaps.
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
        self.tick(Chosen::best(), prices, out);
        Ok(())
    }

    fn tick(&mut self, chosen: Chosen, prices: &[f64], out: &mut [f64]) {
        let BankInfo { period, nan_policy, .. } = self.info;
        let tick = Tick { c: bank::coefficients(self.head), period: period as usize, nan_policy };
        dispatch::tick(chosen, &tick, self.eights, prices, out);
    }

    /// Makes a symbol begin anew, as if it had taken no price yet. Its neighbours take a little
    /// longer then, as after a missing price.
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
    use crate::definition::rebuild::steps_between_rebuilds;
    use crate::kernels::kernel::Kernel;
    use crate::kernels::words::POSITION;

    fn bits(state: &[f64]) -> Vec<u64> {
        state.iter().map(|word| word.to_bits()).collect()
    }

    /// The first eight symbols are of every kind: they miss prices never, once, often or nearly
    /// always, or begin late. The others miss none, but one of them as many as from one rebuild to
    /// the next.
    fn price(symbol: usize, tick: usize, every: usize, random: u64) -> f64 {
        let walk = 100.0 + (tick * tick % 101) as f64 + (random % 64) as f64 / 7.0;
        let misses = match symbol {
            2 => tick == 3,
            3 => tick < 5,
            4 => tick % 1_003 == 1_002,
            5 => random.is_multiple_of(8),
            6 => !random.is_multiple_of(8),
            7 => tick / 40 % 3 == 1,
            12 => (30..30 + every).contains(&tick),
            _ => false,
        };
        let missing = [f64::NAN, f64::INFINITY, -1e151];
        if misses { missing[tick % 3] } else { walk }
    }

    /// Each kernel, over more than two rebuilds; and what a symbol is after each of some ticks.
    #[test]
    #[cfg_attr(miri, ignore = "takes Miri hours")]
    fn gaps_cost_a_symbol_of_a_bank_nothing_of_what_its_stream_gives() {
        const SYMBOLS: usize = 8 + 8 + 3;
        let kernels = [Kernel::Scalar, Kernel::Avx2, Kernel::Avx512, Kernel::Neon];
        let cases = (1..10).chain([20, 251, 1_000]).flat_map(|period| {
            [NanPolicy::Skip, NanPolicy::Propagate].map(|nan_policy| (period, nan_policy))
        });
        for ((period, nan_policy), chosen) in
            cases.flat_map(|case| kernels.map(|kernel| (case, Chosen::new(kernel))))
        {
            let Some(chosen) = chosen else { continue };
            let definition = Definition::Ehlers;
            let len = TrendFlexStreamBank::state_len(period, SYMBOLS).unwrap();
            let (mut state, stream_len) = (vec![0.0; len], TrendFlexStream::state_len(period));
            let mut streams = vec![vec![0.0; stream_len.unwrap()]; SYMBOLS];
            let begin = |stream: &mut [f64]| {
                TrendFlexStream::create_in(stream, period, definition, nan_policy).map(drop)
            };
            streams.iter_mut().for_each(|stream| begin(stream).unwrap());
            let created =
                TrendFlexStreamBank::create_in(&mut state, period, definition, SYMBOLS, nan_policy);
            created.unwrap();
            let (mut prices, mut out) = ([0.0; SYMBOLS], [7.0; SYMBOLS]);
            let mut random = 1_u64;
            let every = steps_between_rebuilds(period as u64) as usize;
            let mut snapshots =
                [(); 2].map(|()| vec![0; TrendFlexStream::snapshot_len(period).unwrap()]);
            for tick in 0..2 * every + 300 {
                for (symbol, price) in prices.iter_mut().enumerate() {
                    random = random.wrapping_mul(6364136223846793005).wrapping_add(1);
                    *price = self::price(symbol, tick, every, random >> 40);
                }
                let mut bank = TrendFlexStreamBank::open_in(&mut state).unwrap();
                if tick % 777 == 776 {
                    let symbol = tick % 8;
                    bank.reset(symbol).unwrap();
                    begin(&mut streams[symbol]).unwrap();
                }
                bank.tick(chosen, &prices, &mut out);
                for (symbol, stream) in streams.iter_mut().enumerate() {
                    let case = || {
                        let kernel = chosen.kernel();
                        format!("{kernel:?}, {period}, {nan_policy:?}, {tick}, symbol {symbol}")
                    };
                    let expected = TrendFlexStream::open_in(stream).unwrap().update(prices[symbol]);
                    assert_eq!(out[symbol].to_bits(), expected.to_bits(), "{}", case());
                    if tick % 97 == 0 {
                        let mut copy = stream.clone();
                        TrendFlexStreamBank::stream_in(&state, symbol, &mut copy).unwrap();
                        let [of_bank, of_stream] = &mut snapshots;
                        TrendFlexStream::save_in(&copy, of_bank).unwrap();
                        TrendFlexStream::save_in(stream, of_stream).unwrap();
                        assert_eq!(of_bank, of_stream, "{}", case());
                        assert_eq!(bits(&copy), bits(stream), "{}", case());
                    }
                }
            }
        }
    }

    #[test]
    fn a_bank_without_prices_is_as_one_that_has_just_begun() {
        let mut state = vec![7.0; TrendFlexStreamBank::state_len(3, 9).unwrap()];
        let (definition, nan_policy) = (Definition::VectorTa, NanPolicy::Propagate);
        TrendFlexStreamBank::create_in(&mut state, 3, definition, 9, nan_policy).unwrap();
        let begun = bits(&state);
        let mut bank = TrendFlexStreamBank::open_in(&mut state).unwrap();
        bank.update(&[f64::NAN; 9], &mut [0.0; 9]).unwrap();
        assert_eq!(bits(&state), begun);
        let mut snapshot = vec![0; TrendFlexStreamBank::snapshot_len(3, 9).unwrap()];
        TrendFlexStreamBank::save_in(&state, &mut snapshot).unwrap();
        let mut bank = TrendFlexStreamBank::load_in(&snapshot, &mut state).unwrap();
        bank.update(&[1.0; 9], &mut [0.0; 9]).unwrap();
        (0..9).for_each(|symbol| bank.reset(symbol).unwrap());
        assert_eq!(bits(&state), begun);
        TrendFlexStreamBank::load_in(&snapshot, &mut state).unwrap();
        assert_eq!(bits(&state), begun);
    }

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
