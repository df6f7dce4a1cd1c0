package io.github.trendflex.parity;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.parity.Report.Data;
import io.github.trendflex.parity.Report.Figures;
import io.github.trendflex.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Compares our outputs, those of the crate `vector-ta` and the exact ones in one JVM. It writes
/// `docs/reference/parity.json`, the page made of it and the page's picture. `scripts/test parity`
/// runs it.
///
/// Arguments: the project's root, and optionally a file of real prices.
public final class Parity {
    static final List<Integer> PERIODS = List.of(1, 2, 5, 14, 20, 50, 101, 200, 500);

    /// The periods of the picture, about ten for each doubling.
    static final List<Integer> MANY_PERIODS =
            IntStream.rangeClosed(10, 100)
                    .map(i -> (int) Math.round(Math.pow(2, i / 10.0)))
                    .distinct()
                    .filter(period -> period <= 1000)
                    .boxed()
                    .toList();

    private Parity() {}

    /// Compares and writes.
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        Upstream upstream = Upstream.load(root);
        List<Data> data = new ArrayList<>();
        for (DataSet set : DataSet.made()) {
            data.add(compare(set, PERIODS, upstream));
        }
        data.add(
                args.length > 1
                        ? compare(DataSet.real(Path.of(args[1])), PERIODS, upstream)
                        : new Data(DataSet.REAL, "not run: no file was given", 0, List.of()));
        Report report =
                new Report(
                        crate(root),
                        data,
                        compare(DataSet.ticks(), MANY_PERIODS, upstream),
                        new Behaviours(upstream).all());
        Path docs = root.resolve("docs/reference");
        report.write(docs.resolve("parity.json"));
        WholeFile.write(docs.resolve("parity.md"), Page.of(report));
        Picture.write(report.byPeriod(), docs.resolve(Page.PICTURE));
    }

    private static Data compare(DataSet set, List<Integer> periods, Upstream upstream) {
        double[] prices = set.prices();
        List<Figures> figures =
                periods.parallelStream().map(period -> compare(prices, period, upstream)).toList();
        return new Data(set.name(), set.description(), prices.length, figures);
    }

    private static Figures compare(double[] prices, int period, Upstream upstream) {
        double[] ours = TrendFlex.of(period).compute(prices);
        double[] theirs = upstream.compute(prices, period);
        ExactOutputs exact = new ExactOutputs(prices, period);
        return new Figures(
                period,
                Difference.between(ours, theirs),
                Difference.of(ours, exact),
                Difference.of(theirs, exact));
    }

    private static String crate(Path root) throws IOException {
        String manifest = Files.readString(root.resolve("rust/vector-ta-oracle/Cargo.toml"));
        Matcher version = Pattern.compile("(?m)^vector-ta = \"=(.*)\"$").matcher(manifest);
        if (!version.find()) {
            throw new IllegalStateException("the oracle does not say its version of vector-ta");
        }
        return "vector-ta " + version.group(1);
    }
}
