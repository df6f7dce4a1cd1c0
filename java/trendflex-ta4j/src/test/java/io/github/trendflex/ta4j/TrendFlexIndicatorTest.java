package io.github.trendflex.ta4j;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.ConcurrentBarSeries;
import org.ta4j.core.ConcurrentBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.AbstractIndicator;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.helpers.UnstableIndicator;
import org.ta4j.core.num.DecimalNumFactory;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.NaN;
import org.ta4j.core.num.Num;
import org.ta4j.core.num.NumFactory;

class TrendFlexIndicatorTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20, 50})
    void everyValueHasTheBitsOfTheLibrary(int period) {
        double[] prices = Bars.walk(1000, period);
        assertValues(TrendFlex.of(period).compute(prices), trend(series(prices), period));
    }

    @ParameterizedTest
    @EnumSource(Definition.class)
    void theDefinitionIsThatOfTheLibrary(Definition definition) {
        double[] prices = Bars.walk(500, 2);
        assertValues(
                TrendFlex.of(21).withDefinition(definition).compute(prices),
                new TrendFlexIndicator(
                        new ClosePriceIndicator(series(prices)), 21, definition, NanPolicy.SKIP));
    }

    @ParameterizedTest
    @EnumSource(
            value = NanPolicy.class,
            names = {"SKIP", "PROPAGATE"})
    void missingPricesFollowThePolicy(NanPolicy policy) {
        double[] prices = Bars.walk(300, 3);
        prices[0] = Double.NaN;
        prices[100] = Double.NaN;
        prices[101] = Double.NaN;
        double[] expected = TrendFlex.of(10).withNanPolicy(policy).compute(prices);
        assertValues(
                expected,
                new TrendFlexIndicator(
                        new ClosePriceIndicator(series(prices)), 10, Definition.VECTOR_TA, policy));
    }

    @Test
    void barsWithoutAPriceAreMissing() {
        double[] prices = Bars.walk(100, 4);
        BarSeries series = series(Arrays.copyOf(prices, 50));
        series.addBar(Bars.bar(series, 50, null));
        Bars.add(series, Arrays.copyOfRange(prices, 51, 100));
        prices[50] = Double.NaN;
        assertValues(
                TrendFlex.of(5).withNanPolicy(NanPolicy.SKIP).compute(prices), trend(series, 5));
    }

    @Test
    void seriesThatAreTooShortGiveNaN() {
        BarSeries series = series(Bars.walk(20, 5));
        Indicator<Num> trend = trend(series, 20);
        for (int i = 0; i < 20; i++) {
            assertTrue(trend.getValue(i).isNaN());
        }
        Bars.add(series, 123);
        assertFalse(trend.getValue(20).isNaN());
    }

    @Test
    void anotherIndicatorMayGiveThePrices() {
        BarSeries series = series(Bars.walk(300, 6));
        SMAIndicator average = new SMAIndicator(new ClosePriceIndicator(series), 7);
        double[] averages = average.stream().mapToDouble(Num::doubleValue).toArray();
        assertValues(
                TrendFlex.of(20).withNanPolicy(NanPolicy.SKIP).compute(averages),
                new TrendFlexIndicator(average, 20));
    }

    @Test
    void decimalsHoldWhatTheirPrecisionCan() {
        double[] prices = Bars.walk(300, 7);
        double[] expected = TrendFlex.of(20).compute(prices);

        NumFactory standard = DecimalNumFactory.getInstance();
        Indicator<Num> rounded = trend(series(standard, prices), 20);
        for (int i = 20; i < prices.length; i++) {
            assertEquals(standard.numOf(expected[i]), rounded.getValue(i));
        }

        assertValues(expected, trend(series(DecimalNumFactory.getInstance(17), prices), 20));
    }

    @Test
    void theLastBarMayChangeInEveryWay() {
        double[] prices = Bars.walk(100, 8);
        BarSeries series = series(prices);
        Indicator<Num> trend = trend(series, 20);
        trend.getValue(99);

        series.addPrice(90.5);
        assertLast(prices, 90.5, trend);
        series.addTrade(1, 91.5);
        assertLast(prices, 91.5, trend);
        Bars.replaceLast(series, 92.5);
        assertLast(prices, 92.5, trend);
        // Not even the series knows of this change.
        series.getLastBar().addPrice(series.numFactory().numOf(93.5));
        assertLast(prices, 93.5, trend);
    }

    private static void assertLast(double[] prices, double last, Indicator<Num> trend) {
        prices[prices.length - 1] = last;
        assertValues(TrendFlex.of(20).compute(prices), trend);
    }

    @Test
    void removedBarsGoOnCounting() {
        double[] prices = Bars.walk(1000, 9);
        BarSeries series = series();
        series.setMaximumBarCount(30);
        Indicator<Num> trend = trend(series, 20);
        double[] expected = TrendFlex.of(20).compute(prices);
        for (int i = 0; i < prices.length; i++) {
            Bars.add(series, prices[i]);
            assertValue(expected[i], trend, i);
        }
        for (int i = 970; i < 1000; i++) {
            assertValue(expected[i], trend, i);
        }
        for (int removed : new int[] {969, 500, 0, -1}) {
            assertValue(expected[970], trend, removed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 50})
    void aReadInAsManyBarsAsTheMaximumIsEnough(int maximum) {
        double[] prices = Bars.walk(400, 10);
        double[] expected = TrendFlex.of(5).compute(prices);
        for (int distance = 1; distance <= maximum; distance++) {
            for (int back : new int[] {0, maximum / 2, maximum - 1}) {
                BarSeries series = series();
                series.setMaximumBarCount(maximum);
                Indicator<Num> trend = trend(series, 5);
                for (int i = 0; i < prices.length; i++) {
                    Bars.add(series, prices[i]);
                    if (i % distance == 0) {
                        assertValue(expected[Math.max(0, i - back)], trend, Math.max(0, i - back));
                    }
                }
                for (int i = series.getRemovedBarsCount(); i < prices.length; i++) {
                    assertValue(expected[i], trend, i);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 50})
    void aBarThatCameAndWentUnreadMakesItStartAnew(int maximum) {
        double[] prices = Bars.walk(400, 10);
        for (int distance : new int[] {maximum + 1, maximum + 2, 2 * maximum, 3 * maximum}) {
            BarSeries series = series();
            series.setMaximumBarCount(maximum);
            Indicator<Num> trend = trend(series, 5);
            for (int i = 0; i < prices.length; i++) {
                Bars.add(series, prices[i]);
                if (i % distance == 0) {
                    int first = series.getRemovedBarsCount();
                    double[] left =
                            TrendFlexModel.compute(5, Arrays.copyOfRange(prices, first, i + 1));
                    for (int j = i; j >= first; j--) {
                        assertValue(left[j - first], trend, j);
                    }
                }
            }
        }
    }

    @Test
    void aBarThatWentCountsWithThePriceThatWasLastRead() {
        double[] prices = Bars.walk(100, 17);
        BarSeries series = series(Arrays.copyOf(prices, 60));
        Indicator<Num> trend = trend(series, 5);
        trend.getValue(59);
        series.setMaximumBarCount(3);
        series.addPrice(++prices[59]);
        double[] expected = TrendFlex.of(5).compute(prices);
        assertValue(expected[58], trend, 58);

        series.addPrice(prices[59] + 1);
        Bars.add(series, Arrays.copyOfRange(prices, 60, 63));
        assertValue(expected[62], trend, 62);
    }

    @Test
    void aBarWhosePriceWasNeverReadIsMissed() {
        double[] prices = Bars.walk(64, 22);
        BarSeries series = series(Arrays.copyOf(prices, 60));
        Indicator<Num> trend = trend(series, 2);
        trend.getValue(59);
        Bars.add(series, prices[60]);
        trend.getValue(59);

        series.setMaximumBarCount(3);
        Bars.add(series, Arrays.copyOfRange(prices, 61, 64));
        double[] left = TrendFlex.of(2).compute(Arrays.copyOfRange(prices, 61, 64));
        assertValue(left[2], trend, 63);
    }

    @Test
    void aReadThatFailsLeavesNoPriceBehind() {
        BarSeries series = series(1);
        series.setMaximumBarCount(1);
        PricesWithAnEvent close = new PricesWithAnEvent(series);
        Indicator<Num> trend = new TrendFlexIndicator(close, 1);
        trend.getValue(0);

        Bars.add(series, 2, 3);
        close.event =
                () -> {
                    throw new IllegalStateException("no price");
                };
        assertThrows(IllegalStateException.class, () -> trend.getValue(2));
        Bars.add(series, 4);
        assertTrue(trend.getValue(3).isNaN());
    }

    @Test
    void aSeriesIsKnownByTheBarThatWasItsLast() {
        double[] prices = Bars.walk(100, 18);
        BarSeries series = series(Arrays.copyOf(prices, 60));
        Indicator<Num> trend = trend(series, 5);
        trend.getValue(59);
        series.setMaximumBarCount(2);

        // There are more changes than the series remembers.
        for (int i = 0; i < 100; i++) {
            series.addPrice(++prices[59]);
        }
        Bars.add(series, prices[60]);
        double[] expected = TrendFlex.of(5).compute(prices);
        assertValue(expected[60], trend, 60);

        for (int i = 0; i < 100; i++) {
            series.addPrice(++prices[60]);
        }
        Bars.add(series, prices[61], prices[62]);
        assertTrue(trend.getValue(62).isNaN());
    }

    @Test
    void replacedBarsCountWithTheirNewPriceAlsoAfterManyChanges() {
        double[] prices = Bars.walk(200, 11);
        BaseBarSeries series = series(Arrays.copyOf(prices, 150));
        series.setMaximumBarCount(100);
        Indicator<Num> trend = trend(series, 20);
        trend.getValue(149);
        Bars.add(series, Arrays.copyOfRange(prices, 150, 200));
        trend.getValue(199);

        prices[120] += 1;
        series.replaceBar(120, Bars.bar(series, 120, prices[120]));
        double[] unseen = Arrays.copyOfRange(prices, 50, 200);
        double[] expected = TrendFlex.of(20).compute(unseen);
        assertValue(expected[199 - 50], trend, 199);
        assertValue(expected[121 - 50], trend, 121);

        prices[130] += 1;
        unseen[130 - 50] += 1;
        series.replaceBar(130, Bars.bar(series, 130, prices[130]));
        for (int i = 0; i < 1000; i++) {
            series.addPrice(prices[199]);
        }
        expected = TrendFlex.of(20).compute(unseen);
        assertValue(expected[199 - 50], trend, 199);
        assertValue(expected[131 - 50], trend, 131);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 59, 60, 61, 90, 99, 100, 101, 300})
    void aClearedSeriesStartsAnew(int count) {
        double[] prices = Bars.walk(100, 12);
        BarSeries series = series();
        series.setMaximumBarCount(40);
        Indicator<Num> trend = trend(series, 20);
        for (double price : Arrays.copyOf(prices, 60)) {
            Bars.add(series, price);
            trend.getValue(series.getEndIndex());
        }

        series.clear();
        double[] others = Bars.walk(count, 13);
        Bars.add(series, others);
        double[] left = Arrays.copyOfRange(others, Math.max(0, count - 40), count);
        double[] expected = TrendFlexModel.compute(20, left);
        assertValue(expected[left.length - 1], trend, count - 1);
        assertValue(expected[0], trend, 0);
    }

    @Test
    void aSeriesThatIsClearedBeforeBarsGoStartsAnew() {
        double[] prices = Bars.walk(100, 16);
        BarSeries series = series(Arrays.copyOf(prices, 50));
        Indicator<Num> trend = trend(series, 5);
        trend.getValue(49);

        series.clear();
        Bars.add(series, Arrays.copyOfRange(prices, 40, 100));
        series.setMaximumBarCount(30);
        double[] left = TrendFlex.of(5).compute(Arrays.copyOfRange(prices, 70, 100));
        assertValue(left[29], trend, 59);
        assertValue(left[5], trend, 35);
    }

    @Test
    void aSubseriesIsASeriesOfItsOwn() {
        double[] prices = Bars.walk(300, 14);
        BarSeries series = series(prices);
        assertValues(
                TrendFlex.of(20).compute(Arrays.copyOfRange(prices, 100, 200)),
                trend(series.getSubSeries(100, 200), 20));

        series.setMaximumBarCount(250);
        BarSeries late = series.getSubSeries(100, 200);
        Indicator<Num> trend = trend(late, 20);
        double[] expected = TrendFlex.of(20).compute(Arrays.copyOfRange(prices, 100, 200));
        assertEquals(100, late.getBeginIndex());
        for (int i = 100; i < 200; i++) {
            assertValue(expected[i - 100], trend, i);
        }
    }

    @Test
    void indexesBeyondTheSeriesAreRefusedAsByTa4j() {
        BarSeries series = series();
        Indicator<Num> trend = trend(series, 2);
        assertThrows(IndexOutOfBoundsException.class, () -> trend.getValue(0));
        assertThrows(IndexOutOfBoundsException.class, () -> trend.getValue(-1));
        Bars.add(series, 1, 2, 3, 4);
        assertEquals(
                "index = 4: the series ends at 3",
                assertThrows(IndexOutOfBoundsException.class, () -> trend.getValue(4))
                        .getMessage());
        assertTrue(trend.getValue(-1).isNaN());

        Indicator<Num> ofTa4j = new SMAIndicator(new ClosePriceIndicator(series), 2);
        assertThrows(IndexOutOfBoundsException.class, () -> ofTa4j.getValue(4));
        assertEquals(ofTa4j.getValue(0), ofTa4j.getValue(-1));
    }

    @Test
    void seriesTakeNoBarThatIsNotAfterTheLast() {
        BarSeries series = series(1, 2, 3);
        assertAll(
                () ->
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> series.addBar(Bars.bar(series, 2, 4))),
                () ->
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> series.addBar(Bars.bar(series, 0, 4))));
    }

    @Test
    void badArgumentsAreRefused() {
        ClosePriceIndicator close = new ClosePriceIndicator(series(1, 2, 3));
        assertEquals(
                Refusal.INVALID_PERIOD,
                assertThrows(TrendFlexException.class, () -> new TrendFlexIndicator(close, 0))
                        .reason());
        assertEquals(
                Refusal.REJECT_IN_STREAM,
                assertThrows(
                                TrendFlexException.class,
                                () ->
                                        new TrendFlexIndicator(
                                                close, 2, Definition.EHLERS, NanPolicy.REJECT))
                        .reason());
    }

    @Test
    void unstableBarsAreThoseOfThePricesAndOfTheLibrary() {
        ClosePriceIndicator close = new ClosePriceIndicator(series(1, 2, 3));
        TrendFlex calculator = TrendFlex.of(20);
        int own = calculator.lookback() + calculator.unstablePeriod(0.001);
        assertEquals(own, new TrendFlexIndicator(close, 20).getCountOfUnstableBars());
        SMAIndicator average = new SMAIndicator(close, 7);
        assertEquals(
                own + average.getCountOfUnstableBars(),
                new TrendFlexIndicator(average, 20).getCountOfUnstableBars());
        assertEquals(
                Integer.MAX_VALUE,
                new TrendFlexIndicator(new UnstableIndicator(close, Integer.MAX_VALUE), 20)
                        .getCountOfUnstableBars());
    }

    @Test
    void ta4jDescribesItByItsParameters() {
        String json = trend(series(1, 2, 3), 20).toJson();
        assertTrue(json.contains("TrendFlexIndicator"), json);
        assertTrue(json.contains("\"period\":20"), json);
        assertTrue(json.contains("ClosePriceIndicator"), json);
        assertFalse(json.contains("revision"), json);
    }

    @Test
    void barsMayGoWhileTheirPricesAreRead() {
        double[] prices = Bars.walk(100, 19);
        BarSeries series = series(Arrays.copyOf(prices, 50));
        PricesWithAnEvent close = new PricesWithAnEvent(series);
        Indicator<Num> trend = new TrendFlexIndicator(close, 5);
        trend.getValue(49);
        series.setMaximumBarCount(10);

        Bars.add(series, Arrays.copyOfRange(prices, 50, 58));
        close.event = () -> Bars.add(series, Arrays.copyOfRange(prices, 58, 60));
        assertValue(TrendFlex.of(5).compute(prices)[57], trend, 57);
    }

    @Test
    void aSeriesMayBeClearedWhileItsPricesAreRead() {
        double[] others = Bars.walk(99, 20);
        BarSeries series = series(Bars.walk(60, 21));
        series.setMaximumBarCount(40);
        PricesWithAnEvent close = new PricesWithAnEvent(series);
        Indicator<Num> trend = new TrendFlexIndicator(close, 5);
        trend.getValue(59);

        Bars.add(series, 123);
        close.event =
                () -> {
                    series.clear();
                    Bars.add(series, others);
                };
        double[] left = TrendFlex.of(5).compute(Arrays.copyOfRange(others, 59, 99));
        assertValue(left[1], trend, 60);
        assertValue(left[39], trend, 98);
    }

    /// Gives closing prices, and before one of them is read runs something that another thread does
    /// to the series.
    private static final class PricesWithAnEvent extends AbstractIndicator<Num> {
        private Runnable event = () -> {};

        PricesWithAnEvent(BarSeries series) {
            super(series);
        }

        @Override
        public Num getValue(int index) {
            Runnable now = event;
            event = () -> {};
            now.run();
            return getBarSeries().getBar(index).getClosePrice();
        }

        @Override
        public int getCountOfUnstableBars() {
            return 0;
        }
    }

    @Test
    void manyThreadsReadWhileBarsAreAdded() throws Exception {
        double[] prices = Bars.walk(20_000, 15);
        double[] expected = TrendFlex.of(20).compute(prices);
        int maximum = 1000;
        ConcurrentBarSeries series =
                new ConcurrentBarSeriesBuilder()
                        .withNumFactory(DoubleNumFactory.getInstance())
                        .withMaxBarCount(maximum)
                        .build();
        Bars.add(series, Arrays.copyOf(prices, 100));
        Indicator<Num> trend = trend(series, 20);
        trend.getValue(0);
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<?>> readers = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                long seed = thread;
                readers.add(
                        threads.submit(() -> {
                            Random random = new Random(seed);
                            int last;
                            do {
                                last = series.getEndIndex();
                                int index = Math.max(0, last - random.nextInt(maximum));
                                assertValueWhileBarsGo(expected, trend, index);
                            } while (last < prices.length - 1);
                        }));
            }
            for (int i = 100; i < prices.length; i++) {
                Bars.add(series, prices[i]);
                // The readers may not get to run for as many bars as the series keeps.
                if (i % maximum == 0) {
                    trend.getValue(i);
                }
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    /// Asserts that a value is that of the bar or, if it may have been removed before the read, of
    /// the bar that was the first then.
    private static void assertValueWhileBarsGo(double[] expected, Indicator<Num> trend, int index) {
        BarSeries series = trend.getBarSeries();
        int firstBefore = Math.max(index, series.getRemovedBarsCount());
        double value = trend.getValue(index).doubleValue();
        int firstAfter = Math.max(index, series.getRemovedBarsCount());
        assertTrue(
                IntStream.rangeClosed(firstBefore, firstAfter)
                        .anyMatch(i -> bits(expected[i]) == bits(value)),
                () -> "index %s to %s: got %s".formatted(firstBefore, firstAfter, value));
    }

    @Test
    @EnabledIfSystemProperty(
            named = "trendflex.realData",
            matches = ".+",
            disabledReason = "-Dtrendflex.realData names no file of real prices")
    void realPricesGiveTheBitsOfTheLibrary() throws Exception {
        double[] prices;
        try (Stream<String> lines =
                Files.lines(Path.of(System.getProperty("trendflex.realData", "")))) {
            prices =
                    lines.skip(1)
                            .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[2]))
                            .toArray();
        }
        assertValues(TrendFlex.of(20).compute(prices), trend(series(prices), 20));
        assertValues(
                TrendFlex.of(20).compute(prices),
                trend(series(DecimalNumFactory.getInstance(17), prices), 20));
    }

    private static BaseBarSeries series(double... prices) {
        return series(DoubleNumFactory.getInstance(), prices);
    }

    private static BaseBarSeries series(NumFactory factory, double... prices) {
        BaseBarSeries series = new BaseBarSeriesBuilder().withNumFactory(factory).build();
        Bars.add(series, prices);
        return series;
    }

    private static Indicator<Num> trend(BarSeries series, int period) {
        return new TrendFlexIndicator(new ClosePriceIndicator(series), period);
    }

    private static void assertValues(double[] expected, Indicator<Num> actual) {
        assertEquals(expected.length, actual.getBarSeries().getBarCount());
        for (int i = 0; i < expected.length; i++) {
            assertValue(expected[i], actual, i);
        }
    }

    private static void assertValue(double expected, Indicator<Num> actual, int index) {
        Num value = actual.getValue(index);
        if (Double.isNaN(expected)) {
            assertEquals(NaN.NaN, value, () -> "index " + index);
        } else {
            assertEquals(
                    bits(expected),
                    bits(value.doubleValue()),
                    () -> "index %s: expected %s, got %s".formatted(index, expected, value));
        }
    }

    private static long bits(double value) {
        return Double.doubleToLongBits(value);
    }
}
