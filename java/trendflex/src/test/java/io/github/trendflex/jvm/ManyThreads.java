package io.github.trendflex.jvm;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs [Compute] in many threads, all of which begin at once.
public final class ManyThreads {
    private static final int COUNT = 16;

    private ManyThreads() {}

    public static void main(String[] args) throws Exception {
        CyclicBarrier start = new CyclicBarrier(COUNT);
        Callable<String> program =
                () -> {
                    start.await();
                    return new Compute().call();
                };
        try (ExecutorService threads = Executors.newFixedThreadPool(COUNT)) {
            for (Future<String> result : threads.invokeAll(Collections.nCopies(COUNT, program))) {
                System.out.println(result.get());
            }
        }
    }
}
