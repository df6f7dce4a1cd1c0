use crate::definition::admission::{Admitted, ENDED, admit};
use crate::definition::arithmetic::Arithmetic;
use crate::definition::coefficients::Coefficients;
use crate::definition::running::{Limits, Running};
use crate::definition::state::{Pair, State};
use crate::kernels::kernel::Chosen;
use crate::kernels::scalar;
use crate::snapshot::{self, Reader, Writer};
use crate::tag::Tag;
use crate::{Definition, Error, NAN, NanPolicy, series};

/// TrendFlex one price at a time, each in a time that does not depend on the period.
///
/// The state is a block of [`TrendFlexStream::state_len`] doubles that the caller owns; the stream
/// only borrows it. Its content is for this process alone. Outputs have the bits that
/// [`trendflex_into`](crate::trendflex_into) gives for the prices taken so far. A stream is for
/// one thread at a time.
///
/// ```
/// use trendflex::{Definition, NanPolicy, TrendFlexStream};
///
/// let mut state = vec![0.0; TrendFlexStream::state_len(2)?];
/// let mut stream =
///     TrendFlexStream::create_in(&mut state, 2, Definition::VectorTa, NanPolicy::Skip)?;
/// assert!(stream.update(100.0).is_nan());
/// assert!(stream.update(101.0).is_nan());
/// assert!(stream.update(102.0) > 4.999);
/// # Ok::<(), trendflex::Error>(())
/// ```
#[derive(Debug)]
pub struct TrendFlexStream<'a> {
    head: &'a mut Head,
    ring: &'a mut [f64],
}

/// What stands before the ring, by index. Counts are kept as the bits of a double.
pub(crate) type Head = [f64; HEAD_LEN];
const HEAD_LEN: usize = 16;
const TAG: usize = 0;
const COUNT: usize = 1;
const UNTIL_REBUILD: usize = 2;
const POSITION: usize = 3;
const SMOOTHED: usize = 4;
const SLOPE: usize = 5;
const PRICE: usize = 6;
const WINDOW: usize = 7;
const SHADOW: usize = 9;
const MEAN_SQUARE: usize = 11;
const K: usize = 12;
const A2: usize = 13;
const LENGTH: usize = 14;
const RECIPROCAL: usize = 15;

/// Prices that are taken at once where their outputs go nowhere.
const CHUNK: usize = 1 << 14;

/// What a stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamInfo {
    /// Its period.
    pub period: i32,
    /// Its definition.
    pub definition: Definition,
    /// What a missing price does to it.
    pub nan_policy: NanPolicy,
    /// How many prices it has taken.
    pub count: u64,
}

impl<'a> TrendFlexStream<'a> {
    /// How many doubles the state takes: the period and 16.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPeriod`]
    pub fn state_len(period: i32) -> Result<usize, Error> {
        if period < 1 {
            return Err(Error::InvalidPeriod { period });
        }
        Ok(HEAD_LEN + period as usize)
    }

    /// Begins a stream in `state`, whatever is in there.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPeriod`], [`Error::RejectInStream`], [`Error::StateSize`]; `state` is then
    /// as it was.
    pub fn create_in(
        state: &'a mut [f64],
        period: i32,
        definition: Definition,
        nan_policy: NanPolicy,
    ) -> Result<Self, Error> {
        let expected = Self::state_len(period)?;
        let tag = Tag::new(Tag::STREAM, period, definition, nan_policy)?;
        let actual = state.len();
        match state.split_first_chunk_mut() {
            Some((head, ring)) if actual == expected => {
                let c = Coefficients::new(period, definition);
                head[TAG] = tag.word();
                (head[K], head[A2]) = (c.k, c.a2);
                (head[LENGTH], head[RECIPROCAL]) = (c.length, c.reciprocal);
                store(head, &Running::default());
                ring.fill(0.0);
                Ok(Self { head, ring })
            }
            _ => Err(Error::StateSize { expected, actual }),
        }
    }

    /// Goes on with the stream in `state`.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] where [`TrendFlexStream::create_in`] has not made one of this size.
    #[inline]
    pub fn open_in(state: &'a mut [f64]) -> Result<Self, Error> {
        match state.split_first_chunk_mut() {
            Some((head, ring)) if is_sound(head, ring) => Ok(Self { head, ring }),
            _ => Err(Error::CorruptState),
        }
    }

    /// What the stream in `state` is.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] where `state` is not one that a stream of this size can come to, as
    /// far as its parts can be held to each other. Two threads that update it at once do not bring
    /// it there.
    pub fn info_in(state: &[f64]) -> Result<StreamInfo, Error> {
        let (head, ring) = state.split_first_chunk().ok_or(Error::CorruptState)?;
        let (tag, running) = load_whole(head, ring)?;
        Ok(StreamInfo {
            period: tag.period(),
            definition: tag.definition(),
            nan_policy: tag.nan_policy(),
            count: running.count & !ENDED,
        })
    }

    /// How many bytes a snapshot of a stream takes.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPeriod`]
    pub fn snapshot_len(period: i32) -> Result<usize, Error> {
        Self::state_len(period)?;
        snapshot::len(period, 1).ok_or(Error::SizeOverflow { rows: period as usize, columns: 1 })
    }

    /// Writes a snapshot of the stream in `state`, which [`TrendFlexStream::load_in`] goes on from
    /// to the same bits: in this process or another, on this machine or another, by this release or
    /// a later one. Any number of threads may do so at once while none updates.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] as for [`TrendFlexStream::info_in`], [`Error::OutputLength`] unless
    /// `bytes` are as many as [`TrendFlexStream::snapshot_len`] says.
    pub fn save_in(state: &[f64], bytes: &mut [u8]) -> Result<(), Error> {
        let (head, ring) = state.split_first_chunk().ok_or(Error::CorruptState)?;
        let (tag, running) = load_whole(head, ring)?;
        let (expected, actual) = (Self::snapshot_len(tag.period())?, bytes.len());
        if actual != expected {
            return Err(Error::OutputLength { expected, actual });
        }
        let (newer, older) = ring.split_at(running.position as usize);
        let mut writer = Writer::new(bytes, tag, 1);
        writer.series(&running, older.iter().chain(newer).copied());
        writer.end();
        Ok(())
    }

    /// The [length of the state][TrendFlexStream::state_len] that a snapshot is loaded into.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptSnapshot`], [`Error::SnapshotVersion`]
    pub fn state_len_of(snapshot: &[u8]) -> Result<usize, Error> {
        Self::state_len(Self::read(snapshot)?.tag.period())
    }

    /// Goes on from a snapshot, in `state`, whatever is in there.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptSnapshot`], [`Error::SnapshotVersion`], [`Error::StateSize`]; `state` is
    /// then as it was.
    pub fn load_in(snapshot: &[u8], state: &'a mut [f64]) -> Result<Self, Error> {
        let reader = Self::read(snapshot)?;
        let (running, ring) = reader.series(0);
        Self::go_on_in(state, reader.tag, &running, ring)
    }

    /// Goes on, in `state`, from what a series has come to and its ring.
    pub(crate) fn go_on_in(
        state: &'a mut [f64],
        tag: Tag,
        running: &Running,
        ring: impl Iterator<Item = f64>,
    ) -> Result<Self, Error> {
        let stream = Self::create_in(state, tag.period(), tag.definition(), tag.nan_policy())?;
        store(stream.head, running);
        stream.ring.iter_mut().zip(ring).for_each(|(place, smoothed)| *place = smoothed);
        Ok(stream)
    }

    fn read(snapshot: &[u8]) -> Result<Reader<'_>, Error> {
        let reader = Reader::new(snapshot, Tag::STREAM)?;
        if reader.series == 1 { Ok(reader) } else { Err(Error::CorruptSnapshot) }
    }

    /// Takes a price and gives its output: NaN during the warm-up and for a missing price, after
    /// which [`NanPolicy::Skip`] goes on as if it had not been, and [`NanPolicy::Propagate`] gives
    /// NaN for ever (but for missing prices before the first price, which count for nothing).
    #[inline]
    pub fn update(&mut self, price: f64) -> f64 {
        scalar::update(self.head, self.ring, price)
    }

    /// What [`TrendFlexStream::update`] would give for the price, which is not taken: for a bar
    /// that is still forming. Any number of threads may peek at once while none updates.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] where [`TrendFlexStream::create_in`] has not made a stream of this
    /// size in `state`.
    #[inline]
    pub fn peek_in(state: &[f64], price: f64) -> Result<f64, Error> {
        match state.split_first_chunk() {
            Some((head, ring)) if is_sound(head, ring) => Ok(scalar::peek(head, ring, price)),
            _ => Err(Error::CorruptState),
        }
    }

    /// Takes all of `prices` and writes their outputs, as many, to `out`; to nowhere if it is
    /// `None`.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] where another thread has written to the state meanwhile, or a number
    /// in it is none, [`Error::OutputLength`]; no price is then taken.
    pub fn update_into(&mut self, prices: &[f64], out: Option<&mut [f64]>) -> Result<(), Error> {
        let (tag, mut running) = load_sound(self.head, self.ring)?;
        if let Some(out) = &out
            && out.len() != prices.len()
        {
            return Err(Error::OutputLength { expected: prices.len(), actual: out.len() });
        }
        if running.count & ENDED == 0 {
            // Vectors rebuild where the count says so.
            running.until_rebuild = Running::after(running.count, tag.period()).until_rebuild;
        }
        let (c, nan_policy, chosen) = (coefficients(self.head), tag.nan_policy(), Chosen::best());
        let ring = &mut *self.ring;
        let mut take = |prices: &[f64], out: &mut [f64]| {
            if running.count & ENDED != 0 {
                out.fill(NAN);
            } else if !series::advance_over_gaps(
                &mut running,
                ring,
                &c,
                nan_policy,
                chosen,
                prices,
                out,
            ) {
                running.count |= ENDED;
            }
        };
        match out {
            Some(out) => take(prices, out),
            None => {
                let mut few = [0.0; 512];
                let mut many = Vec::new();
                // Long chunks go through vectors; where there is no memory for one, short ones do.
                let unread = match prices.len() >= CHUNK && many.try_reserve_exact(CHUNK).is_ok() {
                    true => {
                        many.resize(CHUNK, 0.0);
                        &mut many[..]
                    }
                    false => &mut few[..],
                };
                for prices in prices.chunks(unread.len()) {
                    take(prices, &mut unread[..prices.len()]);
                }
            }
        }
        store(self.head, &running);
        Ok(())
    }
}

/// [`TrendFlexStream::update`] by a set of instructions.
#[inline(always)]
pub(crate) fn update<A: Arithmetic<V = f64>>(head: &mut Head, ring: &mut [f64], price: f64) -> f64 {
    let mut running = load(head);
    match admit(running.count, Tag::load(head[TAG]).nan_policy(), price) {
        Admitted::Price => {}
        Admitted::Nothing => return NAN,
        Admitted::End => {
            head[COUNT] = f64::from_bits(running.count | ENDED);
            return NAN;
        }
    }
    let period = ring.len() as u64;
    // There is one, unless another thread has written to the state meanwhile.
    let Some(place) = ring.get_mut(running.position as usize) else {
        return NAN;
    };
    let out = running.step::<A>(&coefficients(head), period, price, *place);
    *place = running.state.smoothed;
    store(head, &running);
    out
}

/// [`TrendFlexStream::peek_in`] by a set of instructions.
#[inline(always)]
pub(crate) fn peek<A: Arithmetic<V = f64>>(head: &Head, ring: &[f64], price: f64) -> f64 {
    let mut running = load(head);
    let nan_policy = Tag::load(head[TAG]).nan_policy();
    let Admitted::Price = admit(running.count, nan_policy, price) else {
        return NAN;
    };
    // As for `update`.
    let Some(&oldest) = ring.get(running.position as usize) else {
        return NAN;
    };
    running.step::<A>(&coefficients(head), ring.len() as u64, price, oldest)
}

/// Whether stepping from this state stays within the ring, whatever else is in it.
#[inline(always)]
fn is_sound(head: &Head, ring: &[f64]) -> bool {
    let len = ring.len() as u64;
    Tag::load(head[TAG]).is(Tag::STREAM, len) && head[POSITION].to_bits() < len
}

/// A copy of a sound head, which stays sound whatever another thread writes to the state.
fn load_sound(head: &Head, ring: &[f64]) -> Result<(Tag, Running), Error> {
    let (tag, running) = (Tag::load(head[TAG]), load(head));
    let sound =
        tag.is(Tag::STREAM, ring.len() as u64) && running.is_sound(tag.period(), tag.nan_policy());
    if sound { Ok((tag, running)) } else { Err(Error::CorruptState) }
}

/// The same of a state that a stream can have come to.
fn load_whole(head: &Head, ring: &[f64]) -> Result<(Tag, Running), Error> {
    let (tag, running) = load_sound(head, ring)?;
    let whole = coefficients(head) == Coefficients::new(tag.period(), tag.definition())
        && running.is_possible(tag.period(), ring.iter().copied(), &Limits::KEPT);
    if whole { Ok((tag, running)) } else { Err(Error::CorruptState) }
}

#[inline(always)]
fn load(head: &Head) -> Running {
    let pair = |at: usize| Pair { hi: head[at], lo: head[at + 1] };
    Running {
        state: State {
            smoothed: head[SMOOTHED],
            slope: head[SLOPE],
            price: head[PRICE],
            window: pair(WINDOW),
            mean_square: head[MEAN_SQUARE],
        },
        shadow: pair(SHADOW),
        count: head[COUNT].to_bits(),
        until_rebuild: head[UNTIL_REBUILD].to_bits(),
        position: head[POSITION].to_bits(),
    }
}

#[inline(always)]
fn store(head: &mut Head, running: &Running) {
    let state = &running.state;
    head[SMOOTHED] = state.smoothed;
    head[SLOPE] = state.slope;
    head[PRICE] = state.price;
    (head[WINDOW], head[WINDOW + 1]) = (state.window.hi, state.window.lo);
    (head[SHADOW], head[SHADOW + 1]) = (running.shadow.hi, running.shadow.lo);
    head[MEAN_SQUARE] = state.mean_square;
    head[COUNT] = f64::from_bits(running.count);
    head[UNTIL_REBUILD] = f64::from_bits(running.until_rebuild);
    head[POSITION] = f64::from_bits(running.position);
}

#[inline(always)]
fn coefficients(head: &Head) -> Coefficients {
    Coefficients { k: head[K], a2: head[A2], length: head[LENGTH], reciprocal: head[RECIPROCAL] }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As another thread may do between the check of a state and its use.
    #[test]
    fn what_is_overwritten_after_a_stream_was_opened_is_no_defect() {
        let mut state = vec![0.0; TrendFlexStream::state_len(3).unwrap()];
        let (definition, nan_policy) = (Definition::VectorTa, NanPolicy::Skip);
        let created = TrendFlexStream::create_in(&mut state, 3, definition, nan_policy);
        let mut stream = created.unwrap();
        stream.update_into(&[1.0, 2.0, 4.0, 7.0], None).unwrap();
        for (at, word) in [(POSITION, 3), (POSITION, u64::MAX), (TAG, 0), (TAG, u64::MAX)] {
            let before = std::mem::replace(&mut stream.head[at], f64::from_bits(word));
            assert_eq!(stream.update_into(&[1.0], Some(&mut [0.0])), Err(Error::CorruptState));
            assert!(at == TAG || stream.update(1.0).is_nan());
            assert!(at == TAG || scalar::peek(stream.head, stream.ring, 1.0).is_nan());
            stream.head[at] = before;
        }
        assert!(stream.update(8.0) > 0.0);
    }
}
