use crate::definition::admission::{Admitted, ENDED, admit};
use crate::definition::arithmetic::{Arithmetic, Lanes};
use crate::definition::coefficients::Coefficients;
use crate::definition::price::is_price;
use crate::definition::running::{Limits, Running};
use crate::definition::state::{Pair, State};
use crate::kernels::dispatch;
use crate::kernels::kernel::Chosen;
use crate::snapshot::{self, Reader, Writer};
use crate::stream::TrendFlexStream;
use crate::tag::Tag;
use crate::{Definition, Error, NAN, NanPolicy};

/// As many streams as there are symbols, of one period: all take a price in one call.
///
/// Each symbol's outputs have the bits of a [`TrendFlexStream`](crate::TrendFlexStream) of its
/// own. Eight neighbours are stepped at once while they are in step; a price that is missing puts
/// its symbol, and so its eight, out of step, and they are stepped one by one from then on.
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
    /// As it was found: what another thread writes to the state meanwhile does not change it.
    info: BankInfo,
    head: &'a mut Head,
    blocks: &'a mut [Row],
}

/// What stands before the blocks, by index. A count is kept as the bits of a double.
type Head = [f64; 8];
const TAG: usize = 0;
const SYMBOLS: usize = 1;
const K: usize = 2;
const A2: usize = 3;
const LENGTH: usize = 4;
const RECIPROCAL: usize = 5;

/// The same of eight symbols.
pub(crate) type Row = [f64; WIDTH];
const WIDTH: usize = 8;

/// The rows of a block, by index, after which come those of the ring, one for each place.
const COUNT: usize = 0;
const UNTIL_REBUILD: usize = 1;
const POSITION: usize = 2;
const SMOOTHED: usize = 3;
const SLOPE: usize = 4;
const PRICE: usize = 5;
const WINDOW: usize = 6;
const SHADOW: usize = 8;
const MEAN_SQUARE: usize = 10;
const ROWS: usize = 11;

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
    /// How many doubles the state takes: 8, and the period and 11 for each symbol, whose number is
    /// rounded up to a multiple of 8.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPeriod`], [`Error::EmptyInput`] where there are no symbols,
    /// [`Error::SizeOverflow`]
    pub fn state_len(period: i32, symbols: usize) -> Result<usize, Error> {
        if period < 1 {
            return Err(Error::InvalidPeriod { period });
        }
        if symbols == 0 {
            return Err(Error::EmptyInput);
        }
        let rows = ROWS + period as usize;
        let len = symbols.checked_next_multiple_of(WIDTH).and_then(|lanes| lanes.checked_mul(rows));
        len.and_then(|len| len.checked_add(size_of::<Head>() / size_of::<f64>()))
            .filter(|&len| len <= isize::MAX as usize / size_of::<f64>())
            .ok_or(Error::SizeOverflow { rows, columns: symbols })
    }

    /// Begins a bank in `state`, whatever is in there.
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
        let tag = Tag::new(Tag::BANK, period, definition, nan_policy)?;
        let actual = state.len();
        match state.split_first_chunk_mut() {
            Some((head, blocks)) if actual == expected => {
                let c = Coefficients::new(period, definition);
                *head = Head::default();
                (head[TAG], head[SYMBOLS]) = (tag.word(), f64::from_bits(symbols as u64));
                (head[K], head[A2]) = (c.k, c.a2);
                (head[LENGTH], head[RECIPROCAL]) = (c.length, c.reciprocal);
                blocks.fill(0.0);
                let info = BankInfo { period, definition, nan_policy, symbols };
                Ok(Self { info, head, blocks: blocks.as_chunks_mut().0 })
            }
            _ => Err(Error::StateSize { expected, actual }),
        }
    }

    /// Goes on with the bank in `state`.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] where [`TrendFlexStreamBank::create_in`] has not made one of this
    /// size.
    pub fn open_in(state: &'a mut [f64]) -> Result<Self, Error> {
        let info = Self::info_in(state)?;
        let (head, blocks) = state.split_first_chunk_mut().ok_or(Error::CorruptState)?;
        Ok(Self { info, head, blocks: blocks.as_chunks_mut().0 })
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
    /// [`TrendFlexStream::save_in`](crate::TrendFlexStream::save_in) does of a stream.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] as for [`TrendFlexStreamBank::open_in`], and where a number of a
    /// symbol is none, or beyond what prices can come to, [`Error::OutputLength`] unless `bytes` are
    /// as many as [`TrendFlexStreamBank::snapshot_len`] says.
    pub fn save_in(state: &[f64], bytes: &mut [u8]) -> Result<(), Error> {
        let BankInfo { period, definition, nan_policy, symbols } = Self::info_in(state)?;
        let (head, blocks) = state.split_first_chunk().ok_or(Error::CorruptState)?;
        let rows = blocks.as_chunks().0;
        let seats = || {
            let blocks = rows.chunks_exact(ROWS + period as usize);
            let seats = blocks.flat_map(|block| (0..WIDTH).map(move |lane| (block, lane)));
            seats.take(symbols).map(|(block, lane)| (running(block, lane), &block[ROWS..], lane))
        };
        let sound = |(running, ring, lane): (Running, &[Row], usize)| {
            running.is_sound(period, nan_policy)
                && running.is_possible(period, ring.iter().map(|row| row[lane]), &Limits::KEPT)
        };
        if coefficients(head) != Coefficients::new(period, definition) || !seats().all(sound) {
            return Err(Error::CorruptState);
        }
        let (expected, actual) = (Self::snapshot_len(period, symbols)?, bytes.len());
        if actual != expected {
            return Err(Error::OutputLength { expected, actual });
        }
        let tag = Tag::new(Tag::BANK, period, definition, nan_policy)?;
        let mut writer = Writer::new(bytes, tag, symbols);
        for (running, ring, lane) in seats() {
            // Refused now only where another thread has written to the state meanwhile.
            let halves = ring.split_at_checked(running.position as usize);
            let (newer, older) = halves.ok_or(Error::CorruptState)?;
            writer.series(&running, older.iter().chain(newer).map(|row| row[lane]));
        }
        writer.end();
        Ok(())
    }

    /// The [length of the state][TrendFlexStreamBank::state_len] that a snapshot is loaded into.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptSnapshot`], [`Error::SnapshotVersion`]
    pub fn state_len_of(snapshot: &[u8]) -> Result<usize, Error> {
        Ok(Self::read(snapshot)?.1)
    }

    /// Goes on from a snapshot, in `state`, whatever is in there.
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
        let blocks = bank.blocks.chunks_exact_mut(ROWS + period as usize);
        for (block, first) in blocks.zip((0..symbols).step_by(WIDTH)) {
            for lane in 0..WIDTH.min(symbols - first) {
                let (running, smoothed) = reader.series(first + lane);
                let (rows, ring) = block.split_at_mut(ROWS);
                put_running(rows, lane, &running);
                ring.iter_mut().zip(smoothed).for_each(|(row, smoothed)| row[lane] = smoothed);
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

    /// Begins, in `stream`, a stream that goes on from where a symbol of the bank in `state` is. Any
    /// number of threads may do so at once while none updates.
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
        let (head, blocks): (&Head, _) = state.split_first_chunk().ok_or(Error::CorruptState)?;
        let (rows, _) = blocks.as_chunks::<WIDTH>();
        let len = ROWS + period as usize;
        let (block, lane) = (&rows[symbol / WIDTH * len..][..len], symbol % WIDTH);
        let ring = block[ROWS..].iter().map(|row| row[lane]);
        TrendFlexStream::go_on_in(stream, Tag::load(head[TAG]), &running(block, lane), ring)
    }

    /// Takes a price for each symbol and writes each one's output to `out`: NaN during its
    /// warm-up and for a missing price, which is to its symbol what it is to
    /// [`TrendFlexStream::update`](crate::TrendFlexStream::update).
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
        let tick = Tick { c: coefficients(self.head), period: period as usize, nan_policy };
        dispatch::tick(Chosen::best(), &tick, self.blocks, prices, out);
        Ok(())
    }

    /// Has a symbol begin anew, as if it had taken no price yet. Its eight are then out of step.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchSymbol`]
    pub fn reset(&mut self, symbol: usize) -> Result<(), Error> {
        let symbols = self.symbols();
        if symbol >= symbols {
            return Err(Error::NoSuchSymbol { symbol, symbols });
        }
        let rows = ROWS + self.info.period as usize;
        let first = symbol / WIDTH * rows;
        for row in &mut self.blocks[first..first + rows] {
            row[symbol % WIDTH] = 0.0;
        }
        Ok(())
    }
}

fn coefficients(head: &Head) -> Coefficients {
    Coefficients { k: head[K], a2: head[A2], length: head[LENGTH], reciprocal: head[RECIPROCAL] }
}

/// What is the same for all symbols.
pub(crate) struct Tick {
    c: Coefficients,
    period: usize,
    nan_policy: NanPolicy,
}

impl Tick {
    /// Takes a price for each symbol, by vectors where eight are in step.
    #[inline(always)]
    pub fn in_vectors<A: Lanes<N>, S: Arithmetic<V = f64>, const N: usize>(
        &self,
        blocks: &mut [Row],
        prices: &[f64],
        out: &mut [f64],
    ) {
        let c = self.c.splat::<A>();
        let eights = prices.chunks(WIDTH).zip(out.chunks_mut(WIDTH));
        for (block, (prices, out)) in blocks.chunks_exact_mut(ROWS + self.period).zip(eights) {
            let in_step = match (prices.first_chunk(), out.first_chunk_mut()) {
                (Some(prices), Some(out)) => self.step_together::<A, N>(&c, block, prices, out),
                _ => false,
            };
            if !in_step {
                self.step_apart::<S>(block, prices, out);
            }
        }
    }

    /// Takes a price for each symbol, one after the other.
    #[inline(always)]
    pub fn one_by_one<S: Arithmetic<V = f64>>(
        &self,
        blocks: &mut [Row],
        prices: &[f64],
        out: &mut [f64],
    ) {
        let eights = prices.chunks(WIDTH).zip(out.chunks_mut(WIDTH));
        for (block, (prices, out)) in blocks.chunks_exact_mut(ROWS + self.period).zip(eights) {
            self.step_apart::<S>(block, prices, out);
        }
    }

    /// Gives whether all eight were in step and had prices; if not, nothing is done.
    #[inline(always)]
    fn step_together<A: Lanes<N>, const N: usize>(
        &self,
        c: &Coefficients<A::V>,
        block: &mut [Row],
        prices: &Row,
        out: &mut Row,
    ) -> bool {
        let Some((rows, ring)) = block.split_first_chunk_mut::<ROWS>() else {
            return false;
        };
        let count = rows[COUNT][0].to_bits();
        let position = rows[POSITION][0].to_bits();
        let in_step = rows[COUNT].iter().fold(true, |all, at| all & (at.to_bits() == count));
        let all_prices = prices.iter().fold(true, |all, &price| all & is_price(price));
        let Some(places) = ring.get_mut(position as usize) else {
            return false;
        };
        if !in_step || !all_prices || count & ENDED != 0 {
            return false;
        }
        let mut after = (0, 0, 0);
        for at in (0..WIDTH).step_by(N) {
            let mut running = Running {
                state: State {
                    smoothed: load::<A, N>(&rows[SMOOTHED], at),
                    slope: load::<A, N>(&rows[SLOPE], at),
                    price: load::<A, N>(&rows[PRICE], at),
                    window: Pair {
                        hi: load::<A, N>(&rows[WINDOW], at),
                        lo: load::<A, N>(&rows[WINDOW + 1], at),
                    },
                    mean_square: load::<A, N>(&rows[MEAN_SQUARE], at),
                },
                shadow: Pair {
                    hi: load::<A, N>(&rows[SHADOW], at),
                    lo: load::<A, N>(&rows[SHADOW + 1], at),
                },
                count,
                until_rebuild: rows[UNTIL_REBUILD][0].to_bits(),
                position,
            };
            let (price, oldest) = (load::<A, N>(prices, at), load::<A, N>(places, at));
            let value = running.step::<A>(c, self.period as u64, price, oldest);
            store::<A, N>(value, out, at);
            let Running { state, shadow, .. } = running;
            store::<A, N>(state.smoothed, places, at);
            store::<A, N>(state.smoothed, &mut rows[SMOOTHED], at);
            store::<A, N>(state.slope, &mut rows[SLOPE], at);
            store::<A, N>(state.price, &mut rows[PRICE], at);
            store::<A, N>(state.window.hi, &mut rows[WINDOW], at);
            store::<A, N>(state.window.lo, &mut rows[WINDOW + 1], at);
            store::<A, N>(state.mean_square, &mut rows[MEAN_SQUARE], at);
            store::<A, N>(shadow.hi, &mut rows[SHADOW], at);
            store::<A, N>(shadow.lo, &mut rows[SHADOW + 1], at);
            after = (running.count, running.until_rebuild, running.position);
        }
        rows[COUNT] = [f64::from_bits(after.0); WIDTH];
        rows[UNTIL_REBUILD] = [f64::from_bits(after.1); WIDTH];
        rows[POSITION] = [f64::from_bits(after.2); WIDTH];
        true
    }

    #[inline(always)]
    fn step_apart<S: Arithmetic<V = f64>>(
        &self,
        block: &mut [Row],
        prices: &[f64],
        out: &mut [f64],
    ) {
        for (lane, (&price, out)) in prices.iter().zip(out).enumerate() {
            *out = self.step_one::<S>(block, lane, price);
        }
    }

    #[inline(always)]
    fn step_one<S: Arithmetic<V = f64>>(&self, block: &mut [Row], lane: usize, price: f64) -> f64 {
        let Some((rows, ring)) = block.split_first_chunk_mut::<ROWS>() else {
            return NAN;
        };
        let mut running = running(rows, lane);
        match admit(running.count, self.nan_policy, price) {
            Admitted::Price => {}
            Admitted::Nothing => return NAN,
            Admitted::End => {
                rows[COUNT][lane] = f64::from_bits(running.count | ENDED);
                return NAN;
            }
        }
        let Some(places) = ring.get_mut(running.position as usize) else {
            return NAN;
        };
        let value = running.step::<S>(&self.c, self.period as u64, price, places[lane]);
        places[lane] = running.state.smoothed;
        put_running(rows, lane, &running);
        value
    }
}

/// What a symbol has come to.
#[inline(always)]
fn running(rows: &[Row], lane: usize) -> Running {
    let of = |row: usize| rows[row][lane];
    let pair = |row: usize| Pair { hi: of(row), lo: of(row + 1) };
    Running {
        state: State {
            smoothed: of(SMOOTHED),
            slope: of(SLOPE),
            price: of(PRICE),
            window: pair(WINDOW),
            mean_square: of(MEAN_SQUARE),
        },
        shadow: pair(SHADOW),
        count: of(COUNT).to_bits(),
        until_rebuild: of(UNTIL_REBUILD).to_bits(),
        position: of(POSITION).to_bits(),
    }
}

#[inline(always)]
fn put_running(rows: &mut [Row], lane: usize, running: &Running) {
    let Running { state, shadow, .. } = running;
    for (row, value) in [
        (COUNT, f64::from_bits(running.count)),
        (UNTIL_REBUILD, f64::from_bits(running.until_rebuild)),
        (POSITION, f64::from_bits(running.position)),
        (SMOOTHED, state.smoothed),
        (SLOPE, state.slope),
        (PRICE, state.price),
        (WINDOW, state.window.hi),
        (WINDOW + 1, state.window.lo),
        (SHADOW, shadow.hi),
        (SHADOW + 1, shadow.lo),
        (MEAN_SQUARE, state.mean_square),
    ] {
        rows[row][lane] = value;
    }
}

#[inline(always)]
fn load<A: Lanes<N>, const N: usize>(row: &Row, at: usize) -> A::V {
    let mut values = [0.0; N];
    values.copy_from_slice(&row[at..at + N]);
    A::from_array(values)
}

#[inline(always)]
fn store<A: Lanes<N>, const N: usize>(values: A::V, row: &mut Row, at: usize) {
    row[at..at + N].copy_from_slice(&A::to_array(values));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As another thread may do between the check of a state and its use.
    #[test]
    fn what_is_overwritten_after_a_bank_was_opened_is_no_defect() {
        let words = [0, 1, 10, (-11_i32) as u32 as u64, u64::MAX];
        for (at, word) in [TAG, SYMBOLS].into_iter().flat_map(|at| words.map(|word| (at, word))) {
            let mut state = vec![0.0; TrendFlexStreamBank::state_len(3, 9).unwrap()];
            let (definition, nan_policy) = (Definition::VectorTa, NanPolicy::Skip);
            let created = TrendFlexStreamBank::create_in(&mut state, 3, definition, 9, nan_policy);
            let mut bank = created.unwrap();
            bank.head[at] = f64::from_bits(word);
            bank.blocks[POSITION].fill(f64::from_bits(word));
            assert_eq!(bank.update(&[1.0; 9], &mut [0.0; 9]), Ok(()));
            assert_eq!(bank.reset(8), Ok(()));
        }
    }
}
