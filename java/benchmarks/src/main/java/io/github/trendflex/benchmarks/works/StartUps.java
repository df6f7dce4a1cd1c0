package io.github.trendflex.benchmarks.works;

import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.benchmarks.Prices;
import io.github.trendflex.benchmarks.StartUp;
import io.github.trendflex.benchmarks.arms.PlainJava;
import io.github.trendflex.benchmarks.report.FirstValue;
import io.github.trendflex.benchmarks.report.FirstValue.Millis;
import io.github.trendflex.benchmarks.report.FirstValue.Program;
import io.github.trendflex.benchmarks.report.Machine;
import io.github.trendflex.benchmarks.report.Publication;
import io.github.trendflex.benchmarks.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Starts JVMs that compute their first value, in turns. `scripts/bench start-up` runs it at the
/// root of the project.
public final class StartUps {
    private static final int JVMS = 10;

    private final String name;
    private final String how;
    private final List<String> options;
    private final long[] process = new long[JVMS];
    private final long[] value = new long[JVMS];
    private final long[] stream = new long[JVMS];

    /// @param options options of the JVM
    private StartUps(String name, String how, String... options) {
        this.name = name;
        this.how = how;
        this.options = List.of(options);
    }

    /// Prints the figures; with the argument `publish` it puts them into the report too.
    public static void main(String[] args) throws IOException {
        FirstValue measured = measure();
        System.out.printf(
                "%-28s %9s %9s %9s %9s %9s %9s%n",
                "ms, shortest and median", "process", "", "value", "", "stream", "");
        for (Program program : measured.programs()) {
            System.out.printf(
                    "%-28s %s %s %s%n",
                    program.name(),
                    columns(program.process()),
                    columns(program.value()),
                    columns(program.stream()));
        }
        System.out.printf(
                "first value: %.2f times one downcall by hand, by the shortest (at most %.1f wanted)%n",
                measured.timesByHand(), FirstValue.TIMES_BY_HAND_TARGET);
        System.out.printf(
                "first stream after it: %.1f ms at the shortest (at most %.0f wanted)%n",
                measured.stream(), FirstValue.STREAM_TARGET);
        System.out.printf(
                "a program that only streams: %.1f ms more than one that does nothing, at the shortest"
                        + " (at most %.0f wanted)%n",
                measured.onlyStreams(), FirstValue.ONLY_STREAMS_TARGET);
        if (args.length > 0) {
            Publication.publish(
                    Report.read(Path.of("docs/reference", Publication.FIGURES))
                            .withFirstValue(measured),
                    Path.of(""));
        }
    }

    private static String columns(@Nullable Millis millis) {
        return millis == null
                ? " ".repeat(19)
                : "%9.1f %9.1f".formatted(millis.min(), millis.median());
    }

    /// Measures JVMs whose library has been unpacked before.
    static FirstValue measure() {
        String library = TrendFlexLibrary.path().toString();
        List<StartUps> all =
                List.of(
                        new StartUps(FirstValue.TRENDFLEX, StartUp.TRENDFLEX),
                        new StartUps(
                                "TrendFlex, engine in Java",
                                StartUp.TRENDFLEX,
                                "-Dtrendflex.engine=java"),
                        new StartUps(FirstValue.STREAM, StartUp.STREAM),
                        new StartUps(FirstValue.BY_HAND, StartUp.BY_HAND),
                        new StartUps("plain Java", StartUp.PLAIN),
                        new StartUps(FirstValue.NOTHING, StartUp.NOTHING));
        Progress progress = new Progress("start-up");
        for (int jvm = 0; jvm < JVMS; jvm++) {
            progress.show("round " + (jvm + 1) + " of " + JVMS);
            for (StartUps program : all) {
                program.run(jvm, library);
            }
        }
        progress.end();
        return new FirstValue(
                LocalDate.now(ZoneOffset.UTC),
                Machine.here(List.of()),
                JVMS,
                all.stream().map(StartUps::figures).toList());
    }

    private void run(int jvm, String library) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(StartUp.class.getName(), how, library));
        ProcessBuilder builder = new ProcessBuilder(command);
        // The programs run without the options that the user sets for this JVM.
        builder.environment()
                .keySet()
                .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        try {
            long begin = System.nanoTime();
            Process started = builder.redirectError(Redirect.INHERIT).start();
            List<String> printed = started.inputReader().lines().toList();
            int code = started.waitFor();
            process[jvm] = System.nanoTime() - begin;
            if (code != 0 || !printed.stream().limit(1).toList().equals(expected())) {
                throw new IllegalStateException("start-up with " + how + " gave " + printed);
            }
            value[jvm] = nanos(printed, 1);
            stream[jvm] = nanos(printed, 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> expected() {
        if (how.equals(StartUp.NOTHING)) {
            return List.of();
        }
        double[] out = new double[StartUp.BARS];
        PlainJava.sameBits(Prices.walk(StartUp.BARS), StartUp.PERIOD, out);
        return List.of(Double.toString(out[out.length - 1]));
    }

    private static long nanos(List<String> printed, int line) {
        return line < printed.size() ? Long.parseLong(printed.get(line)) : 0;
    }

    private Program figures() {
        return new Program(
                name,
                Millis.of(process),
                how.equals(StartUp.NOTHING) ? null : Millis.of(value),
                how.equals(StartUp.TRENDFLEX) ? Millis.of(stream) : null);
    }
}
