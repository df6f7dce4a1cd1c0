package io.github.trendflex.benchmarks.arms;

import io.github.trendflex.benchmarks.Prices;
import io.github.trendflex.benchmarks.StartUp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// A JVM that computes one value, from its start to its end.
public final class StartUpArms {
    private StartUpArms() {}

    public static List<Arm> all() {
        return List.of(
                arm("TrendFlex", StartUp.TRENDFLEX),
                arm("plain Java", StartUp.PLAIN),
                arm("a program that does nothing", StartUp.NOTHING));
    }

    private static Arm arm(String name, String how) {
        return Arm.repeating(
                name,
                Agreement.NONE,
                calls -> {
                    for (long call = 0; call < calls; call++) {
                        run(how);
                    }
                },
                Outputs.NONE);
    }

    private static void run(String how) {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartUp.class.getName(),
                        how);
        try {
            Process process = builder.redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes()).strip();
            if (process.waitFor() != 0 || !printed.equals(expected(how))) {
                throw new IllegalStateException("start-up with " + how + " gave " + printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String expected(String how) {
        double[] out = new double[StartUp.BARS];
        PlainJava.sameBits(Prices.walk(StartUp.BARS), StartUp.PERIOD, out);
        return how.equals(StartUp.NOTHING) ? "" : StartUp.print(out);
    }
}
