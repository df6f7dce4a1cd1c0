package io.github.trendflex;

/// Says why a call was refused. Whatever the reason, nothing has been written.
///
/// The first group of reasons is about the call itself and is checked first. The second group is
/// about the data, in the order of the checks.
public enum Refusal {
    /// A segment is no array of doubles: its address or its size is not a multiple of 8, or it lies
    /// over an array whose elements are smaller than 8 bytes (such an array can begin anywhere).
    MISALIGNED,

    /// A buffer's byte order is not that of the machine.
    BYTE_ORDER,

    /// The output is a read-only segment or buffer.
    READ_ONLY,

    /// Prices and output share memory, as they do in a computation in place.
    OVERLAP,

    /// The size of the result does not fit into 63 bits.
    SIZE_OVERFLOW,

    /// The output does not have exactly one place for each result.
    OUTPUT_LENGTH,

    /// The number of threads is below 0.
    INVALID_THREADS,

    /// A tolerance is not above 0.
    INVALID_TOLERANCE,

    /// A range of periods has an end or a step below 1.
    INVALID_RANGE,

    /// A stream was to follow [NanPolicy#REJECT].
    REJECT_IN_STREAM,

    /// A segment for the state of a stream does not have the size that
    /// [TrendFlexStream#stateSize(int)] says.
    STATE_SIZE,

    /// There is no memory for the state of a stream or a bank, or for a snapshot. No bank has
    /// begun, and no price is taken.
    OUT_OF_MEMORY,

    /// A segment does not hold the state of a stream, or bytes are not a whole and sound snapshot
    /// that this release knows.
    CORRUPT_STATE,

    /// Values cannot be cut into the given number of series of one length, offsets do not cut a
    /// panel into series, a bank does not get one price for each symbol, or it has no such symbol.
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

    /// There are fewer than `period + 1` prices. Under [NanPolicy#PROPAGATE] all values from the
    /// first price on count, under [NanPolicy#SKIP] only the prices.
    TOO_FEW_PRICES,

    /// This CPU does not run the kernel asked for, or the engine in Java computes, which has no
    /// kernels.
    KERNEL_UNAVAILABLE
}
