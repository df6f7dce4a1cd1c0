package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/// What has to be seen of a call that is refused.
final class Refusals {
    private Refusals() {}

    static void assertRefused(TrendFlexError error, String message, Executable call) {
        TrendFlexException refusal = assertThrows(TrendFlexException.class, call);
        assertEquals(error, refusal.error());
        assertEquals(message, refusal.getMessage());
    }

    static void assertRefused(TrendFlexError error, Executable call) {
        assertEquals(error, assertThrows(TrendFlexException.class, call).error());
    }

    /// A null has to be named.
    static void assertNullRefused(String parameter, Executable call) {
        assertEquals(parameter, assertThrows(NullPointerException.class, call).getMessage());
    }
}
