use std::fmt;

use super::range::PeriodRange;
use crate::kernels::kernel::Kernel;

/// Why a call was refused. Nothing has been written when one is returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// There are no values at all.
    EmptyInput,
    /// The period is below 1.
    InvalidPeriod {
        /// The period asked for.
        period: i32,
    },
    /// The period is not below the number of values.
    PeriodTooLong {
        /// The period asked for; of a batch, the largest.
        period: i32,
        /// The number of values.
        len: usize,
    },
    /// Every value is missing.
    NoPrices {
        /// The number of values.
        len: usize,
    },
    /// A value at or after the first price is missing, under [`NanPolicy::Reject`](crate::NanPolicy::Reject).
    MissingPrice {
        /// The index of the first such value.
        index: usize,
    },
    /// Fewer than `period + 1` prices.
    TooFewPrices {
        /// The period asked for; of a batch, the largest.
        period: i32,
        /// How many there are: all values from the first price on under
        /// [`NanPolicy::Propagate`](crate::NanPolicy::Propagate), the prices alone under
        /// [`NanPolicy::Skip`](crate::NanPolicy::Skip).
        prices: usize,
    },
    /// The kernel asked for by name does not run on this CPU.
    KernelUnavailable {
        /// The kernel asked for.
        kernel: Kernel,
    },
    /// A range of periods with an end below 1 or a negative step.
    InvalidRange {
        /// The range asked for.
        range: PeriodRange,
    },
    /// More bytes than an address can count.
    SizeOverflow {
        /// Rows of the output.
        rows: usize,
        /// Values in a row.
        columns: usize,
    },
    /// The output does not have exactly one place for each result.
    OutputLength {
        /// The places needed.
        expected: usize,
        /// The places given.
        actual: usize,
    },
    /// A negative number of threads.
    InvalidThreads {
        /// The number asked for.
        threads: i32,
    },
    /// [`NanPolicy::Reject`](crate::NanPolicy::Reject) for a stream, which cannot look ahead.
    RejectInStream,
    /// A block that has not the size of the stream's state.
    StateSize {
        /// The doubles needed.
        expected: usize,
        /// The doubles given.
        actual: usize,
    },
    /// A block that does not hold the state of a stream, or of a bank, as it should.
    CorruptState,
    /// Bytes that are no snapshot of a stream, or of a bank, or a damaged or incomplete one.
    CorruptSnapshot,
    /// A snapshot in a format that this release does not know.
    SnapshotVersion {
        /// The version of the format.
        version: u8,
    },
    /// Values that cannot be divided into that number of series of one length.
    UnevenSeries {
        /// The number of series asked for.
        series: usize,
        /// The number of values.
        values: usize,
    },
    /// Offsets of a panel that fall, or do not go from 0 to the number of values.
    InvalidOffsets {
        /// The index of the first offset that is out of place.
        index: usize,
    },
    /// The prices, or the places, are not as many as the symbols of a bank.
    SymbolCount {
        /// The bank's symbols.
        expected: usize,
        /// The prices, or places, given.
        actual: usize,
    },
    /// A symbol that a bank does not have.
    NoSuchSymbol {
        /// The index asked for.
        symbol: usize,
        /// The bank's symbols.
        symbols: usize,
    },
    /// The scratch, which is at least `period` doubles for each task, could not be allocated.
    OutOfMemory {
        /// The period asked for.
        period: i32,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::EmptyInput => write!(f, "length = 0: there is nothing to compute"),
            Self::InvalidPeriod { period } => {
                write!(f, "period = {period}: a period is 1 or more")
            }
            Self::PeriodTooLong { period, len } => {
                write!(f, "period = {period}, length = {len}: the period must be below the length")
            }
            Self::NoPrices { len } => write!(f, "length = {len}: every value is missing"),
            Self::MissingPrice { index } => write!(f, "the value at index {index} is missing"),
            Self::TooFewPrices { period, prices } => write!(
                f,
                "period = {period}, prices = {prices}: at least period + 1 prices are needed"
            ),
            Self::KernelUnavailable { kernel } => {
                write!(f, "kernel = {kernel:?}: this CPU does not run it")
            }
            Self::InvalidRange { range } => {
                write!(f, "range = {range}: start and end are 1 or more, the step is 0 or more")
            }
            Self::SizeOverflow { rows, columns } => write!(
                f,
                "rows = {rows}, columns = {columns}: more bytes than an address can count"
            ),
            Self::OutputLength { expected, actual } => write!(
                f,
                "output length = {actual}: it must be {expected}, one place for each result"
            ),
            Self::InvalidThreads { threads } => {
                write!(f, "threads = {threads}: 0 for all cores, or the number of threads")
            }
            Self::RejectInStream => {
                write!(f, "NaN policy REJECT: a stream cannot reject prices it has not seen")
            }
            Self::StateSize { expected, actual } => {
                write!(f, "state = {actual} doubles: it must be {expected}")
            }
            Self::CorruptState => write!(f, "the block holds no state"),
            Self::CorruptSnapshot => write!(f, "the bytes are no whole and sound snapshot"),
            Self::SnapshotVersion { version } => {
                write!(f, "snapshot format = {version}: this release does not know it")
            }
            Self::UnevenSeries { series, values } => {
                write!(f, "series = {series}, values = {values}: the series must be of one length")
            }
            Self::InvalidOffsets { index } => write!(
                f,
                "the offset at index {index} is out of place: offsets go from 0 to the number of \
                 values and do not fall"
            ),
            Self::SymbolCount { expected, actual } => {
                write!(f, "prices = {actual}: the bank has {expected} symbols")
            }
            Self::NoSuchSymbol { symbol, symbols } => {
                write!(f, "symbol = {symbol}: the bank has {symbols}, counted from 0")
            }
            Self::OutOfMemory { period } => {
                write!(f, "period = {period}: no memory for that many doubles")
            }
        }
    }
}

impl std::error::Error for Error {}
