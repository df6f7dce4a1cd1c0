package io.github.trendflex.benchmarks.arms;

/// Is one way to do a work, which is compared with others.
///
/// @param name what the report calls it
/// @param agreement which numbers it has to write
/// @param repeated what does the work a number of times
/// @param outputs what it wrote
public record Arm(String name, Agreement agreement, Repeated repeated, Outputs outputs) {
    /// Does the work a number of times and returns how many nanoseconds that took.
    @FunctionalInterface
    public interface Repeated {
        long nanos(long calls);
    }

    /// Returns an arm that is one call in this JVM.
    public static Arm of(String name, Agreement agreement, Runnable call, Outputs outputs) {
        Calls calls =
                count -> {
                    for (long i = 0; i < count; i++) {
                        call.run();
                    }
                };
        return repeating(name, agreement, calls, outputs);
    }

    /// Returns an arm that repeats the work by itself, in this JVM.
    static Arm repeating(String name, Agreement agreement, Calls calls, Outputs outputs) {
        Repeated repeated =
                count -> {
                    long start = System.nanoTime();
                    calls.run(count);
                    return System.nanoTime() - start;
                };
        return new Arm(name, agreement, repeated, outputs);
    }

    /// Does the work a number of times.
    @FunctionalInterface
    interface Calls {
        void run(long count);
    }
}
