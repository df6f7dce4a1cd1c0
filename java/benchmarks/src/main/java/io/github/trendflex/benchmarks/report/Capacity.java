package io.github.trendflex.benchmarks.report;

import static io.github.trendflex.benchmarks.report.Report.LARGE_SWEEP;
import static io.github.trendflex.benchmarks.report.Report.MILLION;
import static io.github.trendflex.report.Numbers.count;
import static io.github.trendflex.report.Numbers.threeDigits;

import io.github.trendflex.benchmarks.arms.OwnArms;
import io.github.trendflex.report.Markdown;
import java.util.List;

/// Writes a page about a large study, which it computes from the measured figures by plain
/// arithmetic.
public final class Capacity {
    private static final long SYMBOLS = 10_000;
    private static final long PERIODS = 250;
    private static final long BARS = 390 * 252 * 10;
    private static final long OUTPUTS = SYMBOLS * PERIODS * BARS;
    private static final int CORES = 64;
    private static final int MACHINES = 100;
    private static final double NETWORK_BYTES_A_SECOND = 1.25e9;
    private static final double DISK_BYTES_A_SECOND = 2e9;

    private final Markdown page = new Markdown();

    private Capacity() {}

    /// Returns the page.
    public static String of(Report report) {
        Capacity capacity = new Capacity();
        double sweep =
                report.find("batch", MILLION, LARGE_SWEEP, 1, OwnArms.SEGMENT)
                        .orElseThrow()
                        .nsPerOutput()
                        .median();
        Result bank = report.of("bank").getFirst();
        capacity.study();
        capacity.computing(sweep);
        capacity.bounds(sweep);
        capacity.live(bank);
        capacity.modules();
        return capacity.page.toString();
    }

    private void study() {
        page.paragraph("# Capacity: 10,000 symbols, 250 periods, ten years of minutes");
        page.paragraph(
                """
                Arithmetic from two measured figures of [benchmarks.json](benchmarks.json), on a \
                machine of 2 cores, and from assumptions that are named as such. `scripts/bench \
                page` makes this page of them.\
                """);
        page.table(
                List.of("the study", ""),
                List.of(
                        List.of("bars of a symbol: 390 minutes x 252 days x 10 years", count(BARS)),
                        List.of("prices in all", bytes(SYMBOLS * BARS * 8.0)),
                        List.of("outputs", count(OUTPUTS)),
                        List.of("outputs, if they are kept", bytes(OUTPUTS * 8.0))));
    }

    private void computing(double ns) {
        double core = OUTPUTS * ns / 1e9;
        page.paragraph("## Computing");
        page.paragraph(
                """
                A sweep takes %s ns an output on one thread (periods 10..236, 1,002,240 prices). \
                Symbols do not depend on one another, so that cores add up as long as memory keeps \
                pace; that was measured with two cores and is assumed beyond.\
                """
                        .formatted(threeDigits(ns)));
        page.table(
                List.of("", "time"),
                List.of(
                        List.of("one core", time(core)),
                        List.of("one machine of %d cores".formatted(CORES), time(core / CORES)),
                        List.of(
                                "a cluster of %d such machines".formatted(MACHINES),
                                time(core / CORES / MACHINES))));
    }

    private void bounds(double ns) {
        double perCore = 8 / ns * 1e9;
        page.paragraph("## What bounds it");
        page.bullets(
                "**Memory.** A symbol's prices are %s, its row of one period as much. `forEachRow`"
                                .formatted(bytes(BARS * 8.0))
                        + " holds some rows for each thread and no more; all rows of a symbol are"
                        + " %s. A core writes %s a second, %d cores %s: possibly more than a"
                                .formatted(
                                        bytes(BARS * PERIODS * 8.0),
                                        bytes(perCore),
                                        CORES,
                                        bytes(perCore * CORES))
                        + " machine's memory takes. Then rows that stay in the caches, of some hundred"
                        + " thousand bars, should scale further than whole decades: to be measured there.",
                "**Disk.** At an assumed %s a second, reading the prices takes %s and keeping all"
                                .formatted(
                                        bytes(DISK_BYTES_A_SECOND),
                                        time(SYMBOLS * BARS * 8 / DISK_BYTES_A_SECOND))
                        + " outputs %s. Outputs cost less to compute again than to read: keep scores,"
                                .formatted(time(OUTPUTS * 8 / DISK_BYTES_A_SECOND))
                        + " not outputs.",
                "**Network.** At an assumed 10 Gbit/s one machine hands out the prices in %s; all"
                                .formatted(time(SYMBOLS * BARS * 8 / NETWORK_BYTES_A_SECOND))
                        + " outputs would take it %s. Send a symbol once, with all its periods to"
                                .formatted(time(OUTPUTS * 8 / NETWORK_BYTES_A_SECOND))
                        + " do, not a message for each period.");
    }

    private void live(Result bank) {
        double ns = bank.nsPerOutput().median();
        page.paragraph("## Live");
        page.paragraph(
                """
                A bank takes %s ns a symbol and tick. For 10,000 symbols and 250 periods, 250 banks, \
                that is %s of one core for each minute's bars. Their states take %s.\
                """
                        .formatted(
                                threeDigits(ns),
                                time(SYMBOLS * PERIODS * ns / 1e9),
                                bytes(SYMBOLS * 8.0 * (PERIODS * (PERIODS + 1) / 2.0))));
    }

    private void modules() {
        page.paragraph("## Which module");
        page.bullets(
                "All data fits a machine: `TrendFlexBatch.forEachRow`, [java.md](../how-to/java.md).",
                "Another program holds it in columns: `trendflex-arrow`, [arrow.md](../how-to/arrow.md).",
                "It is in a lake, or wants many machines: `trendflex-spark`, [spark.md](../how-to/spark.md).",
                "It arrives, and must survive a failure: `trendflex-flink`, [flink.md](../how-to/flink.md).",
                "It arrives, and every microsecond counts: `TrendFlexStreamBank` in your own"
                        + " process, [java.md](../how-to/java.md).",
                "It belongs to a strategy of ta4j: `trendflex-ta4j`, [ta4j.md](../how-to/ta4j.md).");
    }

    private static String bytes(double bytes) {
        return bytes < 1e9
                ? threeDigits(bytes / 1e6) + " MB"
                : bytes < 1e12
                        ? threeDigits(bytes / 1e9) + " GB"
                        : threeDigits(bytes / 1e12) + " TB";
    }

    private static String time(double seconds) {
        return seconds < 1
                ? threeDigits(seconds * 1000) + " ms"
                : seconds < 120
                        ? threeDigits(seconds) + " s"
                        : seconds < 7200
                                ? threeDigits(seconds / 60) + " min"
                                : threeDigits(seconds / 3600) + " h";
    }
}
