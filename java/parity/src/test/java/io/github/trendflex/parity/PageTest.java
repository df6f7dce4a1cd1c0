package io.github.trendflex.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.parity.Report.Data;
import io.github.trendflex.parity.Report.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Checks that the committed page, its figures and the library belong together. `scripts/test
/// parity` makes them anew if they do not.
class PageTest {
    private static final Path DOCUMENTS = Path.of("../../docs/reference");

    @Test
    void thePageSaysWhatItsFiguresSay() throws IOException {
        assertEquals(
                Page.of(report()), Files.readString(DOCUMENTS.resolve("parity.md")), "parity.md");
    }

    @ParameterizedTest
    @MethodSource
    void theFiguresAreThoseOfThisLibrary(DataSet set) {
        Data data =
                report().data().stream()
                        .filter(one -> one.name().equals(set.name()))
                        .findFirst()
                        .orElseThrow();
        assertEquals(set.description(), data.description());
        double[] prices = set.prices();
        for (int period : List.of(1, 20, 500)) {
            double[] outputs = TrendFlex.of(period).compute(prices);
            assertEquals(
                    figures(data, period).oursAndExact(),
                    Difference.of(outputs, new ExactOutputs(prices, period)),
                    "period " + period);
        }
    }

    static Stream<DataSet> theFiguresAreThoseOfThisLibrary() {
        return DataSet.made().stream();
    }

    /// The page is there to show that ours is the more accurate.
    @Test
    void oursIsNeverFartherFromTheExactOutputsWherePricesMove() {
        List<String> still = List.of("moves, then flat", "vanishing");
        for (Data data : report().data()) {
            if (still.contains(data.name())) {
                continue;
            }
            for (Figures figures : data.figures()) {
                assertTrue(
                        figures.oursAndExact().largest() <= figures.upstreamAndExact().largest(),
                        () -> data.name() + ", period " + figures.period());
            }
        }
    }

    private static Report report() {
        return Report.read(DOCUMENTS.resolve("parity.json"));
    }

    private static Figures figures(Data data, int period) {
        return data.figures().stream()
                .filter(figures -> figures.period() == period)
                .findFirst()
                .orElseThrow();
    }
}
