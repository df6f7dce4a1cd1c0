package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/// Asserts how a call is refused.
final class Refusals {
    private Refusals() {}

    static void assertRefused(Refusal error, String message, Executable call) {
        TrendFlexException refusal = assertThrows(TrendFlexException.class, call);
        assertEquals(error, refusal.reason());
        assertEquals(message, refusal.getMessage());
    }

    static void assertRefused(Refusal error, Executable call) {
        assertEquals(error, assertThrows(TrendFlexException.class, call).reason());
    }

    /// Asserts that the refusal names the null.
    static void assertNullRefused(String parameter, Executable call) {
        assertEquals(parameter, assertThrows(NullPointerException.class, call).getMessage());
    }
}
