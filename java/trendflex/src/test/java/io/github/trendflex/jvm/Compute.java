package io.github.trendflex.jvm;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexEngine;
import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.TrendFlexLibraryException;
import java.util.concurrent.Callable;

/// Computes something, and says with which file, or with Java, or why that is not possible.
public final class Compute implements Callable<String> {
    public static void main(String[] args) {
        System.out.println(new Compute().call());
    }

    @Override
    public String call() {
        try {
            double[] out = TrendFlex.of(1).compute(new double[] {1, 2, 3});
            String engine =
                    TrendFlexLibrary.engine() == TrendFlexEngine.JAVA
                            ? "Java"
                            : TrendFlexLibrary.path().toString();
            return "computed " + Math.round(out[1]) + " with " + engine;
        } catch (TrendFlexLibraryException e) {
            return "refused: " + e.getMessage();
        }
    }
}
