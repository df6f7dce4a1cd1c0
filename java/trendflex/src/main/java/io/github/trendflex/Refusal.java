package io.github.trendflex;

/// Why a call was refused. Whatever the reason, nothing has been written.
///
/// The first group is about the call itself and is found first; the second is about the data, in
/// the order in which it is checked.
public enum Refusal {
    /// A segment is no array of doubles: its address is not a multiple of 8, its size is not one,
    /// or it lies over an array whose elements are smaller than 8 bytes (such an array can be
    /// anywhere).
    MISALIGNED,

    /// A buffer's byte order is not that of the machine.
    BYTE_ORDER,

    /// The output is a read-only segment or buffer.
    READ_ONLY,

    /// Prices and output share memory. Computing in place counts as that.
    OVERLAP,

    /// The size of the result does not fit into 63 bits.
    SIZE_OVERFLOW,

    /// The output does not have exactly one place for each result.
    OUTPUT_LENGTH,

    /// The number of threads is below 0.
    INVALID_THREADS,

    /// A tolerance is not above 0.
    INVALID_TOLERANCE,

    /// A range of periods with an end or a step below 1.
    INVALID_RANGE,

    /// [NanPolicy#REJECT] was asked of a stream.
    REJECT_IN_STREAM,

    /// A segment for the state of a stream has another size than [TrendFlexStream#stateSize(int)]
    /// says.
    STATE_SIZE,

    /// There is no memory for the state of a stream or a bank, or for a snapshot. Nothing has
    /// begun.
    OUT_OF_MEMORY,

    /// A segment does not hold the state of a stream, or bytes are no whole and sound snapshot that
    /// this release knows.
    CORRUPT_STATE,

    /// Values that are not so many series of one length, offsets that do not cut a panel into
    /// series, not a price for each symbol of a bank, or a symbol that it does not have.
    INVALID_SHAPE,

    /// There are no values at all, or no periods.
    EMPTY_INPUT,

    /// The period is below 1.
    INVALID_PERIOD,

    /// The period is not below the number of values.
    PERIOD_TOO_LONG,

    /// Every value is missing.
    NO_PRICES,

    /// A value at or after the first price is missing, and the policy is [NanPolicy#REJECT].
    MISSING_PRICE,

    /// There are not `period + 1` prices. Under [NanPolicy#PROPAGATE] all values from the first
    /// price on count, under [NanPolicy#SKIP] the prices alone.
    TOO_FEW_PRICES,

    /// This CPU does not run the kernel asked for.
    KERNEL_UNAVAILABLE
}
