package io.github.trendflex.benchmarks.report;

import io.github.trendflex.TrendFlexLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Says where the figures come from.
///
/// @param kernel the kernel that TrendFlex chose for the CPU
/// @param python the versions of Python, vector-ta and Wickra; empty if there is no Python
public record Machine(
        String cpu, int cores, String system, String java, String kernel, List<String> python) {

    public static Machine here(List<String> python) {
        return new Machine(
                cpuName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + ' ' + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + ' ' + Runtime.version(),
                TrendFlexLibrary.kernel().toString(),
                python);
    }

    private static String cpuName() {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.exists(info)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
