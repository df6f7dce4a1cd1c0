package io.github.trendflex.jvm;

import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.TrendFlexLibraryException;

/// Loads the library, and prints where that failed and what made it fail.
public final class Causes {
    private Causes() {}

    public static void main(String[] args) {
        try {
            TrendFlexLibrary.load();
            System.out.println("loaded");
        } catch (TrendFlexLibraryException e) {
            System.out.println("in " + e.getStackTrace()[0].getClassName());
            System.out.println("cause: " + e.getCause());
            for (Throwable suppressed : e.getSuppressed()) {
                System.out.println("suppressed: " + suppressed);
            }
        }
    }
}
