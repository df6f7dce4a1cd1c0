package io.github.trendflex.jvm;

import io.github.trendflex.TrendFlex;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs [Compute] in class loaders of their own, all at once.
public final class ManyClassLoaders {
    private static final int COUNT = 8;

    private ManyClassLoaders() {}

    public static void main(String[] args) throws Exception {
        List<Callable<String>> programs = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            ClassLoader loader =
                    new URLClassLoader(
                            new URL[] {location(TrendFlex.class), location(Compute.class)},
                            ClassLoader.getPlatformClassLoader());
            Class<?> program = loader.loadClass(Compute.class.getName());
            @SuppressWarnings("unchecked")
            Callable<String> callable = (Callable<String>) program.getConstructor().newInstance();
            programs.add(callable);
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(COUNT)) {
            for (Future<String> result : threads.invokeAll(programs)) {
                System.out.println(result.get());
            }
        }
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
