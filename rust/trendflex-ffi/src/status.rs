use std::ffi::{CStr, c_char, c_int};

use trendflex::Error;

/// The result of a call. After "detail" stands what the call writes through its detail pointer, if
/// that is not null; with other statuses it writes nothing there.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Done.
    Ok = 0,
    /// A single series has no values, the list no periods or the bank no symbols.
    EmptyInput = 1,
    /// The period is below 1.
    InvalidPeriod = 2,
    /// The period is not below the number of values.
    PeriodTooLong = 3,
    /// Every value is missing.
    NoPrices = 4,
    /// A value after the first price is missing under REJECT; detail: its index.
    MissingPrice = 5,
    /// Fewer than period + 1 prices; detail: how many there are.
    TooFewPrices = 6,
    /// This CPU does not run the kernel.
    KernelUnavailable = 7,
    /// The start or end of a range is below 1, or its step below 0.
    InvalidRange = 8,
    /// More bytes than an address can count.
    SizeOverflow = 9,
    /// The output is not as long as needed; detail: the doubles needed.
    OutputLength = 10,
    /// A pointer that must not be null is null.
    NullPointer = 11,
    /// A pointer is not aligned to what it points to.
    Misaligned = 12,
    /// Memory that is written overlaps other memory of the call.
    Overlap = 13,
    /// No kernel has this id.
    UnknownKernel = 14,
    /// No NaN policy has this id, or it is REJECT, which a stream cannot have.
    UnknownNanPolicy = 15,
    /// No definition has this id.
    UnknownDefinition = 16,
    /// The number of threads is negative.
    InvalidThreads = 17,
    /// The state has not the size that its period, and its symbols, need.
    StateSize = 18,
    /// The block does not hold the state of a stream, or of a bank, as it should.
    CorruptState = 19,
    /// No memory for the scratch, which is period doubles for each task.
    OutOfMemory = 20,
    /// A defect of the library; what has been written is undefined.
    Panic = 21,
    /// No layout of many series has this id.
    UnknownLayout = 22,
    /// An offset of a panel is out of place; detail: which.
    InvalidOffsets = 23,
    /// The bank has no such symbol, or another number of symbols.
    NoSuchSymbol = 24,
    /// The bytes are no whole and sound snapshot of a stream, or of a bank.
    CorruptSnapshot = 25,
    /// The snapshot is in a format that this release does not know.
    SnapshotVersion = 26,
}

impl Status {
    const ALL: [(Self, &'static CStr); 27] = [
        (Self::Ok, c"done"),
        (Self::EmptyInput, c"there is nothing to compute"),
        (Self::InvalidPeriod, c"the period is below 1"),
        (Self::PeriodTooLong, c"the period is not below the number of values"),
        (Self::NoPrices, c"every value is missing"),
        (Self::MissingPrice, c"a value after the first price is missing"),
        (Self::TooFewPrices, c"fewer than period + 1 prices"),
        (Self::KernelUnavailable, c"this CPU does not run the kernel"),
        (Self::InvalidRange, c"the start or end of the range is below 1, or its step below 0"),
        (Self::SizeOverflow, c"more bytes than an address can count"),
        (Self::OutputLength, c"the output is not as long as needed"),
        (Self::NullPointer, c"a pointer is null"),
        (Self::Misaligned, c"a pointer is not aligned"),
        (Self::Overlap, c"memory that is written overlaps other memory of the call"),
        (Self::UnknownKernel, c"no kernel has this id"),
        (Self::UnknownNanPolicy, c"no NaN policy has this id here"),
        (Self::UnknownDefinition, c"no definition has this id"),
        (Self::InvalidThreads, c"the number of threads is negative"),
        (Self::StateSize, c"the state is not as large as it must be"),
        (Self::CorruptState, c"the block holds no such state"),
        (Self::OutOfMemory, c"no memory for the scratch"),
        (Self::Panic, c"a defect of the library"),
        (Self::UnknownLayout, c"no layout has this id"),
        (Self::InvalidOffsets, c"an offset of the panel is out of place"),
        (Self::NoSuchSymbol, c"the bank has no such symbol, or another number of symbols"),
        (Self::CorruptSnapshot, c"the bytes are no whole and sound snapshot"),
        (Self::SnapshotVersion, c"this release does not know the snapshot's format"),
    ];

    fn message(status: c_int) -> &'static CStr {
        let found = Self::ALL.iter().find(|(known, _)| *known as c_int == status);
        found.map_or(c"unknown status", |(_, message)| message)
    }
}

/// Why a call is refused: its status, and what its detail pointer gets, if anything.
pub(crate) struct Refused {
    pub status: Status,
    pub detail: Option<usize>,
}

impl From<Status> for Refused {
    fn from(status: Status) -> Self {
        Self { status, detail: None }
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        let (status, detail) = match error {
            Error::EmptyInput => (Status::EmptyInput, None),
            Error::InvalidPeriod { .. } => (Status::InvalidPeriod, None),
            Error::PeriodTooLong { .. } => (Status::PeriodTooLong, None),
            Error::NoPrices { .. } => (Status::NoPrices, None),
            Error::MissingPrice { index } => (Status::MissingPrice, Some(index)),
            Error::TooFewPrices { prices, .. } => (Status::TooFewPrices, Some(prices)),
            Error::KernelUnavailable { .. } => (Status::KernelUnavailable, None),
            Error::InvalidRange { .. } => (Status::InvalidRange, None),
            Error::SizeOverflow { .. } => (Status::SizeOverflow, None),
            Error::OutputLength { expected, .. } => (Status::OutputLength, Some(expected)),
            Error::InvalidThreads { .. } => (Status::InvalidThreads, None),
            Error::RejectInStream => (Status::UnknownNanPolicy, None),
            Error::StateSize { .. } => (Status::StateSize, None),
            Error::CorruptState => (Status::CorruptState, None),
            Error::CorruptSnapshot => (Status::CorruptSnapshot, None),
            Error::SnapshotVersion { .. } => (Status::SnapshotVersion, None),
            Error::UnevenSeries { .. } => (Status::InvalidOffsets, None),
            Error::InvalidOffsets { index } => (Status::InvalidOffsets, Some(index)),
            Error::SymbolCount { .. } | Error::NoSuchSymbol { .. } => (Status::NoSuchSymbol, None),
            Error::OutOfMemory { .. } => (Status::OutOfMemory, None),
        };
        Self { status, detail }
    }
}

/// Returns what a status means, in a few words; never null, not to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn trendflex_status_message(status: c_int) -> *const c_char {
    Status::message(status).as_ptr()
}
