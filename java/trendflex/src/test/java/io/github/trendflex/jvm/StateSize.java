package io.github.trendflex.jvm;

import io.github.trendflex.TrendFlexLibraryException;
import io.github.trendflex.TrendFlexStream;

/// Asks for the size of a state, which takes the native library, and says why that is refused.
public final class StateSize {
    private StateSize() {}

    public static void main(String[] args) {
        try {
            System.out.println(TrendFlexStream.stateSize(1));
        } catch (TrendFlexLibraryException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }
}
