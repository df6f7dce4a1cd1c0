package io.github.trendflex.jvm;

/// Computes twice.
public final class TwoCalls {
    private TwoCalls() {}

    public static void main(String[] args) {
        System.out.println(new Compute().call());
        System.out.println(new Compute().call());
    }
}
