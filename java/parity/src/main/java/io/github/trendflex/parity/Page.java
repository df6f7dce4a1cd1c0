package io.github.trendflex.parity;

import static io.github.trendflex.report.Numbers.count;
import static java.util.stream.Collectors.joining;

import io.github.trendflex.parity.Report.Answer;
import io.github.trendflex.parity.Report.Behaviour;
import io.github.trendflex.parity.Report.Data;
import io.github.trendflex.parity.Report.Figures;
import io.github.trendflex.report.Markdown;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/// Writes `docs/reference/parity.md`.
final class Page {
    static final String PICTURE = "parity.png";

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

    private final Report report;
    private final Markdown page = new Markdown();

    private Page(Report report) {
        this.report = report;
    }

    static String of(Report report) {
        return new Page(report).written();
    }

    private String written() {
        head();
        dataSets();
        page.text(TABLES);
        table("Ours and exact arithmetic", Figures::oursAndExact);
        table("Upstream and exact arithmetic", Figures::upstreamAndExact);
        table("Ours and upstream", Figures::oursAndUpstream);
        page.text(NOTES);
        behaviours();
        return page.toString();
    }

    private void head() {
        Data byPeriod = report.byPeriod();
        page.text(
                """
                <!-- scripts/test parity writes this page from docs/reference/parity.json. -->
                # Parity

                TrendFlex is what the crate `vector-ta` says it is, computed in another way
                ([why](../explanation/numerics.md)). Here both are compared with each other and with exact arithmetic:

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

                """
                        .formatted(report.upstream()));
        page.paragraph("## The error, by period");
        page.picture("The largest error of ours and of upstream's at each period", PICTURE);
        page.paragraph(
                """
                The largest difference from exact arithmetic over %s bars of the data set %s, at %d \
                periods. At a peak the output was divided by a small mean square.\
                """
                        .formatted(
                                count(byPeriod.bars()),
                                byPeriod.name(),
                                byPeriod.figures().size()));
    }

    private void dataSets() {
        page.paragraph("## The data sets");
        page.table(
                List.of("name", "bars", "what"),
                "|---|---:|---|",
                report.data().stream()
                        .map(data -> List.of(data.name(), count(data.bars()), data.description()))
                        .toList());
    }

    private void table(String title, Function<Figures, Difference> difference) {
        page.paragraph("### " + title);
        page.table(
                Stream.concat(Stream.of("data set"), Parity.PERIODS.stream().map(String::valueOf))
                        .toList(),
                "|---|" + "---:|".repeat(Parity.PERIODS.size()),
                report.data().stream().map(data -> row(data, difference)).toList());
    }

    private static List<String> row(Data data, Function<Figures, Difference> difference) {
        return Stream.concat(
                        Stream.of(data.name()),
                        data.figures().isEmpty()
                                ? Stream.of("not run")
                                : data.figures().stream().map(difference).map(Page::cell))
                .toList();
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

    private void behaviours() {
        page.paragraph("## What differs on purpose");
        page.paragraph(
                """
                The examples run when this page is written; in code they are in \
                [Behaviours.java](../../java/parity/src/main/java/io/github/trendflex/parity/Behaviours.java).\
                """);
        page.text(report.behaviours().stream().map(Page::behaviour).collect(joining("\n")));
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
