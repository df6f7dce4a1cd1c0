package io.github.trendflex;

import java.io.Serial;
import java.util.Objects;

/// An argument or the data was refused. The message states the values, [#reason()] why; nothing has
/// been written.
public final class TrendFlexException extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1;

    /// Why the call was refused.
    private final Refusal reason;

    /// An exception with the given reason and message.
    ///
    /// @param reason why the call was refused
    /// @param message the values that led to it
    public TrendFlexException(Refusal reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /// {@return the reason}
    public Refusal reason() {
        return reason;
    }
}
