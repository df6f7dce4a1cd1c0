use super::error::Error;
use super::snapshot::{self, Reader, Writer};
use super::{checks, series};
use crate::definition::admission::ENDED;
use crate::definition::coefficients::Coefficients;
use crate::definition::options::{Definition, NanPolicy};
use crate::definition::price::NAN;
use crate::definition::running::{Limits, Running};
use crate::kernels::kernel::Chosen;
use crate::kernels::scalar;
use crate::kernels::stream::{self, HEAD_LEN, Head};
use crate::kernels::tag::Tag;

/// TrendFlex one price at a time. The time for a price does not depend on the period.
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

/// How many prices are taken at once if their outputs go nowhere.
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
        checks::period(period)?;
        Ok(HEAD_LEN + period as usize)
    }

    /// Begins a stream in `state`, whatever it holds.
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
        let tag = Tag::new(Tag::STREAM, period, definition, nan_policy);
        let tag = tag.ok_or(Error::RejectInStream)?;
        let actual = state.len();
        match state.split_first_chunk_mut() {
            Some((head, ring)) if actual == expected => {
                stream::begin(head, ring, tag, &Coefficients::new(period, definition));
                Ok(Self { head, ring })
            }
            _ => Err(Error::StateSize { expected, actual }),
        }
    }

    /// Goes on with the stream in `state`.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] unless [`TrendFlexStream::create_in`] has made one of this size.
    #[inline]
    pub fn open_in(state: &'a mut [f64]) -> Result<Self, Error> {
        match state.split_first_chunk_mut() {
            Some((head, ring)) if stream::is_sound(head, ring) => Ok(Self { head, ring }),
            _ => Err(Error::CorruptState),
        }
    }

    /// What the stream in `state` is.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] if `state` is not one that a stream of this size can reach, as far
    /// as its parts can be checked against each other. Two threads that update it at once do not
    /// bring it there.
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

    /// Writes a snapshot of the stream in `state`. [`TrendFlexStream::load_in`] goes on from it
    /// with the same bits, in this process or another, on this machine or another, by this release
    /// or a later one. Any number of threads may do so at once while none updates.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] as for [`TrendFlexStream::info_in`], [`Error::OutputLength`] unless
    /// `bytes` are as many as [`TrendFlexStream::snapshot_len`] says.
    pub fn save_in(state: &[f64], bytes: &mut [u8]) -> Result<(), Error> {
        let (head, ring) = state.split_first_chunk().ok_or(Error::CorruptState)?;
        let (tag, running) = load_whole(head, ring)?;
        checks::output(Self::snapshot_len(tag.period())?, bytes.len())?;
        let (newer, older) = ring.split_at(running.position as usize);
        let mut writer = Writer::new(bytes, tag, 1);
        writer.series(&running, older.iter().chain(newer).copied());
        writer.end();
        Ok(())
    }

    /// The [length of the state][TrendFlexStream::state_len] that a snapshot needs.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptSnapshot`], [`Error::SnapshotVersion`]
    pub fn state_len_of(snapshot: &[u8]) -> Result<usize, Error> {
        Self::state_len(Self::read(snapshot)?.tag.period())
    }

    /// Makes a stream of a snapshot, in `state`, whatever that holds.
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

    /// Makes a stream in `state` that goes on from a series under way and its ring.
    pub(crate) fn go_on_in(
        state: &'a mut [f64],
        tag: Tag,
        running: &Running,
        ring: impl Iterator<Item = f64>,
    ) -> Result<Self, Error> {
        let stream = Self::create_in(state, tag.period(), tag.definition(), tag.nan_policy())?;
        stream::put_running(stream.head, stream.ring.len() as u64, running);
        stream.ring.iter_mut().zip(ring).for_each(|(place, smoothed)| *place = smoothed);
        Ok(stream)
    }

    fn read(snapshot: &[u8]) -> Result<Reader<'_>, Error> {
        let reader = Reader::new(snapshot, Tag::STREAM)?;
        if reader.series == 1 { Ok(reader) } else { Err(Error::CorruptSnapshot) }
    }

    /// Takes a price and gives its output: NaN during the warm-up and for a missing price. After a
    /// missing price [`NanPolicy::Skip`] goes on as if it had not come, and
    /// [`NanPolicy::Propagate`] gives NaN for ever; missing prices before the first price do not
    /// count.
    #[inline]
    pub fn update(&mut self, price: f64) -> f64 {
        let period = self.ring.len() as u64;
        let position = stream::position(self.head);
        match self.ring.get_mut(position) {
            Some(place) => scalar::update(self.head, period, position as u64, place, price),
            // Another thread has written to the state meanwhile.
            None => NAN,
        }
    }

    /// What [`TrendFlexStream::update`] would give for the price, without taking it: for a bar that
    /// is still forming. Any number of threads may peek at once while none updates.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] unless [`TrendFlexStream::create_in`] has made a stream of this size
    /// in `state`.
    #[inline]
    pub fn peek_in(state: &[f64], price: f64) -> Result<f64, Error> {
        let (head, ring) = state.split_first_chunk().ok_or(Error::CorruptState)?;
        match ring.get(stream::position(head)) {
            Some(&oldest) if stream::is_sound(head, ring) => {
                Ok(scalar::peek(head, ring.len() as u64, oldest, price))
            }
            _ => Err(Error::CorruptState),
        }
    }

    /// Takes all of `prices` and writes as many outputs to `out`, or nowhere if it is `None`.
    ///
    /// # Errors
    ///
    /// [`Error::CorruptState`] if another thread has written to the state meanwhile, or if a number
    /// in it is NaN or, except the mean square, infinite, [`Error::OutputLength`]; no price is then
    /// taken.
    pub fn update_into(&mut self, prices: &[f64], out: Option<&mut [f64]>) -> Result<(), Error> {
        let (tag, mut running) = load_sound(self.head, self.ring)?;
        if let Some(out) = &out {
            checks::output(prices.len(), out.len())?;
        }
        if running.count & ENDED == 0 {
            // Vectors rebuild at the steps that the count tells.
            running.until_rebuild = Running::after(running.count, tag.period()).until_rebuild;
        }
        let (c, nan_policy, chosen) =
            (stream::coefficients(self.head), tag.nan_policy(), Chosen::best());
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
                // Long chunks go through vectors; if there is no memory for a long one, short ones
                // do.
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
        stream::put_running(self.head, self.ring.len() as u64, &running);
        Ok(())
    }
}

/// A copy of a sound head: it stays sound whatever another thread writes to the state.
fn load_sound(head: &Head, ring: &[f64]) -> Result<(Tag, Running), Error> {
    let (tag, running) = (stream::tag(head), stream::running(head));
    let sound =
        tag.is(Tag::STREAM, ring.len() as u64) && running.is_sound(tag.period(), tag.nan_policy());
    if sound { Ok((tag, running)) } else { Err(Error::CorruptState) }
}

/// The same of a state that a stream can have reached.
fn load_whole(head: &Head, ring: &[f64]) -> Result<(Tag, Running), Error> {
    let (tag, running) = load_sound(head, ring)?;
    let whole = stream::coefficients(head) == Coefficients::new(tag.period(), tag.definition())
        && running.is_possible(tag.period(), ring.iter().copied(), &Limits::IN_BLOCK);
    if whole { Ok((tag, running)) } else { Err(Error::CorruptState) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::stream::{POSITION, TAG};

    /// Another thread may do this between the check of a state and its use.
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
            stream.head[at] = before;
        }
        assert!(stream.update(8.0) > 0.0);
    }
}
