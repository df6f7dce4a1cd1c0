package io.github.trendflex.ta4j.example;

import io.github.trendflex.ta4j.TrendFlexIndicator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Position;
import org.ta4j.core.Strategy;
import org.ta4j.core.TradingRecord;
import org.ta4j.core.analysis.cost.LinearTransactionCostModel;
import org.ta4j.core.analysis.cost.ZeroCostModel;
import org.ta4j.core.backtest.BarSeriesManager;
import org.ta4j.core.criteria.EnterAndHoldCriterion;
import org.ta4j.core.criteria.NumberOfPositionsCriterion;
import org.ta4j.core.criteria.ReturnRepresentation;
import org.ta4j.core.criteria.drawdown.MaximumDrawdownCriterion;
import org.ta4j.core.criteria.pnl.NetReturnCriterion;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.rules.CrossedDownIndicatorRule;
import org.ta4j.core.rules.CrossedUpIndicatorRule;

/// Buys when TrendFlex of the close rises above 0, sells when it falls below 0, and prints the
/// result.
///
/// The arguments are a CSV file and the header of its column of closes, `close` if left out.
/// Without a file, prices are made up.
public final class Backtest {
    private static final int PERIOD = 20;
    private static final double COST = 0.001;

    private Backtest() {}

    public static void main(String[] arguments) throws IOException {
        double[] closes =
                arguments.length == 0
                        ? madeUp()
                        : read(
                                Path.of(arguments[0]),
                                arguments.length == 1 ? "close" : arguments[1]);
        BarSeries series = series(closes);
        TradingRecord record = run(series);

        NetReturnCriterion netReturn = new NetReturnCriterion(ReturnRepresentation.PERCENTAGE);
        System.out.printf(
                "%d bars%s, TrendFlex %d crossing 0, %.1f %% cost a trade%n",
                closes.length,
                arguments.length == 0 ? " of made-up prices" : "",
                PERIOD,
                COST * 100);
        System.out.printf(
                "positions          %8.0f%n",
                new NumberOfPositionsCriterion().calculate(series, record).doubleValue());
        System.out.printf(
                "net return         %8.2f %%%n", netReturn.calculate(series, record).doubleValue());
        System.out.printf(
                "buying and holding %8.2f %%%n",
                new EnterAndHoldCriterion(netReturn).calculate(series, record).doubleValue());
        System.out.printf(
                "maximum drawdown   %8.2f %%%n",
                100 * new MaximumDrawdownCriterion().calculate(series, record).doubleValue());
        System.out.println("last positions, by bar:");
        List<Position> positions = record.getPositions();
        for (Position position :
                positions.subList(Math.max(0, positions.size() - 3), positions.size())) {
            System.out.printf(
                    "  %d to %d: %.2f to %.2f%n",
                    position.getEntry().getIndex(),
                    position.getExit().getIndex(),
                    position.getEntry().getPricePerAsset().doubleValue(),
                    position.getExit().getPricePerAsset().doubleValue());
        }
    }

    static TradingRecord run(BarSeries series) {
        TrendFlexIndicator trend = new TrendFlexIndicator(new ClosePriceIndicator(series), PERIOD);
        Strategy strategy =
                new BaseStrategy(
                        "TrendFlex crosses 0",
                        new CrossedUpIndicatorRule(trend, 0),
                        new CrossedDownIndicatorRule(trend, 0),
                        trend.getCountOfUnstableBars());
        return new BarSeriesManager(
                        series, new LinearTransactionCostModel(COST), new ZeroCostModel())
                .run(strategy);
    }

    /// Makes hourly bars that know only their close.
    static BarSeries series(double... closes) {
        BarSeries series =
                new BaseBarSeriesBuilder().withNumFactory(DoubleNumFactory.getInstance()).build();
        Instant end = Instant.EPOCH;
        for (double close : closes) {
            end = end.plus(Duration.ofHours(1));
            series.barBuilder()
                    .timePeriod(Duration.ofHours(1))
                    .endTime(end)
                    .openPrice(close)
                    .highPrice(close)
                    .lowPrice(close)
                    .closePrice(close)
                    .volume(0)
                    .add();
        }
        return series;
    }

    private static double[] madeUp() {
        Random random = new Random(20);
        double[] closes = new double[10_000];
        for (int i = 0; i < closes.length; i++) {
            double before = i == 0 ? 100 : closes[i - 1];
            closes[i] = before * (1 + 0.0005 * Math.sin(i / 100.0) + 0.003 * random.nextGaussian());
        }
        return closes;
    }

    private static double[] read(Path file, String header) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int column = Arrays.asList(lines.getFirst().split(",", -1)).indexOf(header);
        if (column < 0) {
            throw new IOException("no column '%s' in %s".formatted(header, file));
        }
        return lines.stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[column]))
                .toArray();
    }
}
