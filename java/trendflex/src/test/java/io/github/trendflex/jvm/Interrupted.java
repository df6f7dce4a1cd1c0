package io.github.trendflex.jvm;

/// Computes in a thread that was interrupted, and says whether it still is.
public final class Interrupted {
    private Interrupted() {}

    public static void main(String[] args) {
        Thread.currentThread().interrupt();
        System.out.println(new Compute().call());
        System.out.println(Thread.interrupted() ? "interrupted" : "no longer interrupted");
    }
}
