package io.github.trendflex;

import java.io.Serial;
import java.util.Objects;
import java.util.OptionalLong;

/// Says that an argument or the data was refused. The message states the values, and [#reason()]
/// says why; nothing has been written.
public final class TrendFlexException extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1;

    private static final long NONE = -1;

    /// Why the call was refused.
    private final Refusal reason;

    /// The series of the price that was refused, or -1.
    private final long series;

    /// The index of the price or offset that was refused, or -1.
    private final long index;

    /// Creates an exception with the given reason and message.
    ///
    /// @param reason why the call was refused
    /// @param message the values that led to it
    public TrendFlexException(Refusal reason, String message) {
        this(reason, message, NONE, NONE);
    }

    private TrendFlexException(Refusal reason, String message, long series, long index) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.series = series;
        this.index = index;
    }

    /// Creates an exception about the value at an index of the only series.
    ///
    /// @param index the index of the value
    /// @param reason why the call was refused
    /// @param message the values that led to it
    /// @return the exception
    public static TrendFlexException at(long index, Refusal reason, String message) {
        return new TrendFlexException(reason, message, NONE, index);
    }

    /// Creates an exception about the value at an index of one of many series.
    ///
    /// @param series the series, counted from 0
    /// @param index the index of the value within it
    /// @param reason why the call was refused
    /// @param message the values that led to it
    /// @return the exception
    public static TrendFlexException at(long series, long index, Refusal reason, String message) {
        return new TrendFlexException(reason, message, series, index);
    }

    /// {@return the reason}
    public Refusal reason() {
        return reason;
    }

    /// {@return the index of the price, within its series, or of the offset that was refused, if it
    /// was one of these}
    public OptionalLong index() {
        return optional(index);
    }

    /// {@return the series, counted from 0, whose price was refused, if there were many}
    public OptionalLong series() {
        return optional(series);
    }

    private static OptionalLong optional(long value) {
        return value == NONE ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
