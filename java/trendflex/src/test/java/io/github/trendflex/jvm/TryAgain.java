package io.github.trendflex.jvm;

/// Computes with a file that does not exist, with one of an impossible name, and with the library
/// of the jar.
public final class TryAgain {
    private TryAgain() {}

    public static void main(String[] args) {
        for (String file : new String[] {"nowhere", "\0"}) {
            System.setProperty("trendflex.library.path", file);
            System.out.println(new Compute().call());
        }
        System.clearProperty("trendflex.library.path");
        System.out.println(new Compute().call());
    }
}
