package io.github.trendflex.parity;

import static java.util.stream.Collectors.joining;

import io.github.trendflex.parity.Report.Answer;
import io.github.trendflex.parity.Report.Behaviour;
import io.github.trendflex.parity.Report.Data;
import io.github.trendflex.parity.Report.Figures;
import java.util.Locale;
import java.util.function.Function;

/// `docs/parity.md`.
final class Page {
    private static final String TABLES =
            """
            ## The largest differences

            Over all outputs of a data set, by period. `+ 1 NaN` would say that at one bar one of the two
            is a number and the other is not.

            """;

    private static final String NOTES =
            """
            - **Period 1**: the sum over upstream's window has the first price too many
              ([below](#period-1)).
            - **jumps, flat ticks, large offset**: the less a price moves, the more of the output is
              rounding. Where it does not move at all, upstream's rounding is all there is, and the
              normalisation makes a full signal of it.
            - **moves, then flat**: the exact outputs of long periods are ratios of two vanishing
              numbers and do not come to rest. Ours are 0 as soon as 53 bits hold nothing of the last
              move.
            - **vanishing**: no double is as small as the squares of such prices. Ours are 0.

            """;

    private Page() {}

    static String of(Report report) {
        return head(report)
                + dataSets(report)
                + TABLES
                + table(report, "Ours and exact arithmetic", Figures::oursAndExact)
                + table(report, "Upstream and exact arithmetic", Figures::upstreamAndExact)
                + table(report, "Ours and upstream", Figures::oursAndUpstream)
                + NOTES
                + behaviours(report);
    }

    private static String head(Report report) {
        Data byPeriod = report.byPeriod();
        return String.format(
                Locale.ROOT,
                """
                <!-- scripts/test parity writes this page from docs/parity.json. -->
                # Parity

                TrendFlex is what the crate `vector-ta` says it is, computed in another way
                ([why](numerics.md)). Here both are compared with each other and with exact arithmetic:

                - **ours**: what Java gets from this library,
                - **upstream**: %s in its default release build, called in the same JVM through the
                  same C signatures,
                - **exact**: the textbook's recursion with 77 digits and the true pi.

                ```
                scripts/test parity [FILE]
                ```

                writes this page, and every figure in full to [parity.json](parity.json). `FILE` holds real
                prices: CSV with a line of headers and the close in the third column. Our figures are the
                same on every machine, and a test computes a third of them again. Upstream's depend in their
                last digits on the system's `exp` and `cos`.

                ## The error, by period

                ![The largest error of ours and of upstream's at each period](parity.png)

                The largest difference from exact arithmetic over %,d bars of the data set %s, at %d
                periods. At a peak the output was divided by a small mean square.

                """,
                report.upstream(),
                byPeriod.bars(),
                byPeriod.name(),
                byPeriod.figures().size());
    }

    private static String table(
            Report report, String title, Function<Figures, Difference> difference) {
        StringBuilder table = new StringBuilder("### " + title + "\n\n| data set |");
        for (int period : Parity.PERIODS) {
            table.append(' ').append(period).append(" |");
        }
        table.append("\n|---|").append("---:|".repeat(Parity.PERIODS.size())).append('\n');
        for (Data data : report.data()) {
            table.append("| ").append(data.name()).append(" |");
            for (Figures figures : data.figures()) {
                table.append(' ').append(cell(difference.apply(figures))).append(" |");
            }
            table.append(data.figures().isEmpty() ? " not run |\n" : "\n");
        }
        return table.append('\n').toString();
    }

    private static String cell(Difference difference) {
        String largest =
                difference.largest() == 0
                        ? "0"
                        : String.format(
                                Locale.ROOT,
                                difference.largest() < 0.1 ? "%.1e" : "%.1f",
                                difference.largest());
        return difference.unlike() == 0 ? largest : largest + " + " + difference.unlike() + " NaN";
    }

    private static String dataSets(Report report) {
        return report.data().stream()
                .map(data ->
                        String.format(
                                Locale.ROOT,
                                "| %s | %,d | %s |\n",
                                data.name(),
                                data.bars(),
                                data.description()))
                .collect(
                        joining(
                                "",
                                "## The data sets\n\n| name | bars | what |\n|---|---:|---|\n",
                                "\n"));
    }

    private static String behaviours(Report report) {
        return report.behaviours().stream()
                .map(Page::behaviour)
                .collect(
                        joining(
                                "\n",
                                """
                                ## What differs on purpose

                                The examples run when this page is written; in code they are in
                                [Behaviours.java](../java/parity/src/main/java/io/github/trendflex/parity/Behaviours.java).

                                """,
                                ""));
    }

    private static String behaviour(Behaviour behaviour) {
        int width =
                behaviour.answers().stream()
                        .mapToInt(answer -> answer.side().length())
                        .max()
                        .orElseThrow();
        return behaviour.answers().stream()
                .map(answer -> line(answer, width))
                .collect(
                        joining(
                                "",
                                """
                                ### %s

                                %s

                                ```
                                %s

                                """
                                        .formatted(
                                                behaviour.title(),
                                                behaviour.reason(),
                                                behaviour.example()),
                                "```\n"));
    }

    private static String line(Answer answer, int width) {
        return answer.side()
                + " ".repeat(width - answer.side().length() + 2)
                + answer.said()
                + "\n";
    }
}
