package io.github.trendflex.benchmarks.report;

import static io.github.trendflex.report.Numbers.fixed;
import static io.github.trendflex.report.Numbers.ratio;
import static io.github.trendflex.report.Numbers.threeDigits;

import io.github.trendflex.benchmarks.StartUp;
import io.github.trendflex.report.Markdown;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes the page's section about the first value in a fresh JVM.
final class FirstValueSection {
    private FirstValueSection() {}

    static void write(FirstValue it, Markdown page) {
        page.paragraph("## The first value in a fresh JVM");
        page.paragraph(
                """
                %d JVMs of each program, in turns, compute TrendFlex of %d prices and end \
                (`scripts/bench start-up`, %s, %s, %s). *First value* is the time inside the JVM \
                from the prices to their outputs, *first stream* that from then on until a stream \
                has taken its first price. TrendFlex finds its library in the cache and compares \
                it with the jar's. The **downcall by hand** opens the file, links the one function \
                that it calls, for arrays as TrendFlex does, and checks nothing. The **stream alone** gives \
                the same outputs and loads no library. Milliseconds:\
                """
                        .formatted(
                                it.jvms(),
                                StartUp.BARS,
                                it.date(),
                                it.machine().cpu(),
                                it.machine().java()));
        page.table(
                List.of(
                        "",
                        "first value, shortest",
                        "median",
                        "first stream, shortest",
                        "median",
                        "whole process, shortest",
                        "median"),
                it.programs().stream()
                        .map(program ->
                                Stream.of(
                                                Stream.of(program.name()),
                                                cells(program.value()),
                                                cells(program.stream()),
                                                cells(program.process()))
                                        .flatMap(cells -> cells)
                                        .toList())
                        .toList());
        page.table(
                List.of("by the shortest", "here", "wanted", ""),
                List.of(
                        List.of(
                                "first value, times the downcall by hand",
                                ratio(it.timesByHand()),
                                "≤ " + FirstValue.TIMES_BY_HAND_TARGET,
                                Page.reached(it.timesByHand() <= FirstValue.TIMES_BY_HAND_TARGET)),
                        List.of(
                                "first stream after it, ms",
                                threeDigits(it.stream()),
                                "≤ " + fixed(0, FirstValue.STREAM_TARGET),
                                Page.reached(it.stream() <= FirstValue.STREAM_TARGET)),
                        List.of(
                                "a program that only streams, ms more than one that does nothing",
                                threeDigits(it.onlyStreams()),
                                "≤ " + fixed(0, FirstValue.ONLY_STREAMS_TARGET),
                                Page.reached(it.onlyStreams() <= FirstValue.ONLY_STREAMS_TARGET))));
    }

    private static Stream<String> cells(FirstValue.@Nullable Millis millis) {
        return millis == null
                ? Stream.of("", "")
                : Stream.of(threeDigits(millis.min()), threeDigits(millis.median()));
    }
}
