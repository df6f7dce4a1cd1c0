package io.github.trendflex.jvm;

/// Computes with a file that does not exist, and again with the library of the jar.
public final class TryAgain {
    private TryAgain() {}

    public static void main(String[] args) {
        System.setProperty("trendflex.library.path", "nowhere");
        System.out.println(new Compute().call());
        System.clearProperty("trendflex.library.path");
        System.out.println(new Compute().call());
    }
}
