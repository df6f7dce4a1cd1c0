package com.example.consumer;

import io.github.trendflex.BatchProgress;
import io.github.trendflex.BatchResult;
import io.github.trendflex.Definition;
import io.github.trendflex.Kernel;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.PeriodRange;
import io.github.trendflex.RowConsumer;
import io.github.trendflex.SeriesLayout;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlexEngine;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.TrendFlexLibraryException;
import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.TrendFlexStreamBank;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Uses every public type of the library, and fails if one does not do what it is for.
public final class Main {
    private final double[] closes = new double[500];

    private Main() {
        Arrays.setAll(closes, i -> 100 + 10 * StrictMath.sin(i / 15.0) + i % 7 * 0.1);
    }

    /// Uses each type.
    public static void main(String[] args) {
        TrendFlexEngine engine;
        try {
            engine = TrendFlexLibrary.engine();
        } catch (TrendFlexLibraryException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        Main main = new Main();
        main.computesASeries();
        main.computesOutsideTheHeap();
        main.computesManySeries();
        main.sweepsPeriods();
        main.followsAFeed();
        main.followsManySymbols();
        main.isToldWhatIsWrong();
        Module module = TrendFlex.class.getModule();
        String path = module.isNamed() ? "module path" : "class path";
        if (engine == TrendFlexEngine.JAVA) {
            System.out.printf("%s: TrendFlex in Java%n", path);
            return;
        }
        TrendFlexLibrary.load();
        String stated = TrendFlex.class.getPackage().getImplementationVersion();
        // Java knows a package's version only on the class path.
        require(
                module.isNamed() || String.valueOf(stated).startsWith(TrendFlexLibrary.version()),
                "the version in the manifest");
        System.out.printf(
                "%s: TrendFlex %s, ABI %d, %s, %s%n",
                path,
                TrendFlexLibrary.version(),
                TrendFlexLibrary.abiVersion(),
                TrendFlexLibrary.kernel(),
                TrendFlexLibrary.path());
    }

    private void computesASeries() {
        TrendFlex trendFlex = TrendFlex.of(21);
        double[] out = trendFlex.compute(closes);
        require(Double.isNaN(out[trendFlex.lookback() - 1]), "a warm-up");
        require(Math.abs(out[trendFlex.period()]) <= 5, "an output");
        require(Arrays.hashCode(out) == -971475686, "the bits of every engine and system");
        require(trendFlex.unstablePeriod(1e-3) == 226, "226 outputs until the start is forgotten");

        double[] same = new double[closes.length];
        trendFlex
                .withDefinition(Definition.VECTOR_TA)
                .withNanPolicy(NanPolicy.PROPAGATE)
                .withKernel(Kernel.SCALAR.isSupported() ? Kernel.SCALAR : Kernel.AUTO)
                .computeInto(closes, same);
        require(Arrays.equals(out, same), "the same from every kernel");
        require(
                !Arrays.equals(out, trendFlex.withDefinition(Definition.EHLERS).compute(closes)),
                "another definition");
    }

    private void computesOutsideTheHeap() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment prices = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, closes);
            MemorySegment out = arena.allocate(prices.byteSize(), Double.BYTES);
            TrendFlex.of(20).computeInto(prices, out);
            require(out.mismatch(TrendFlex.of(20).compute(prices, arena)) == -1, "the same bits");
        }
    }

    private void computesManySeries() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment prices = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, closes);
            MemorySegment out = arena.allocate(prices.byteSize(), Double.BYTES);
            TrendFlex trendFlex = TrendFlex.of(20).withThreads(1);
            trendFlex.computeManyInto(prices, 5, SeriesLayout.SERIES_MAJOR, out);
            double[] last = trendFlex.compute(Arrays.copyOfRange(closes, 400, 500));
            require(out.getAtIndex(ValueLayout.JAVA_DOUBLE, 499) == last[99], "the same alone");

            long[] offsets = {0, 30, 400, 500};
            trendFlex.computePanelInto(prices, MemorySegment.ofArray(offsets), out);
            require(out.getAtIndex(ValueLayout.JAVA_DOUBLE, 499) == last[99], "the same in a panel");

            double[] inArray = new double[500];
            trendFlex.computePanelInto(closes, offsets, inArray);
            require(inArray[499] == last[99], "the same from arrays");
            double[][] alone = trendFlex.computeMany(new double[][] {closes, last});
            require(alone[0].length == 500 && alone[1].length == 100, "a result for each array");
        }
    }

    private void sweepsPeriods() {
        PeriodRange periods = PeriodRange.closed(10, 50, 10);
        TrendFlexBatch batch = TrendFlexBatch.of(periods).withThreads(2);
        BatchResult result = batch.compute(closes);
        require(result.rows() == 5 && result.columns() == closes.length, "a row for each period");

        try (Arena arena = Arena.ofConfined()) {
            MemorySegment prices = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, closes);
            MemorySegment out = arena.allocate(result.values().byteSize(), Double.BYTES);
            BatchProgress progress = (done, total) -> done <= total;
            batch.computeInto(prices, out, progress);
            require(out.mismatch(result.values()) == -1, "the same with progress");

            Map<Integer, Double> last = new TreeMap<>();
            RowConsumer consumer =
                    (period, row) ->
                            last.put(
                                    period,
                                    row.getAtIndex(ValueLayout.JAVA_DOUBLE, closes.length - 1));
            batch.forEachRow(prices, consumer);
            require(last.get(30) == result.get(2, closes.length - 1), "the same by rows");
            double[] listed = TrendFlexBatch.of(7, 30).compute(closes).arrayForPeriod(30);
            require(last.get(30) == listed[closes.length - 1], "the same from a list");
        }
    }

    private void followsAFeed() {
        double[] expected = TrendFlex.of(20).compute(closes);
        TrendFlexStream stream = TrendFlexStream.of(20);
        stream.updateAll(Arrays.copyOf(closes, 499));
        require(stream.isReady() && stream.count() == 499, "a stream that is ready");
        require(stream.peek(closes[499]) == expected[499], "a look at a bar that is still open");
        require(stream.copy().update(closes[499]) == expected[499], "a copy that goes on");
        TrendFlexStream restored = TrendFlexStream.restore(stream.snapshot());
        require(restored.update(closes[499]) == expected[499], "one that was kept");
        require(stream.update(closes[499]) == expected[499], "the stream itself");
        TrendFlexStream own = TrendFlex.of(20).stream().withNanPolicy(NanPolicy.SKIP);
        require(own.updateAll(closes) == expected[499], "a stream of a calculator");
        List<Double> gathered =
                Arrays.stream(closes).boxed().gather(TrendFlex.of(20).gatherer()).toList();
        require(gathered.get(499) == expected[499], "the same from a stream of boxes");
    }

    private void followsManySymbols() {
        TrendFlexStreamBank bank = TrendFlexStreamBank.of(20, 3);
        TrendFlexStream stream = TrendFlexStream.of(20);
        double[] out = new double[3];
        for (double close : closes) {
            bank.updateInto(new double[] {close, 1, -close}, out);
            stream.update(close);
        }
        double next = stream.update(50);
        require(bank.count(2) == closes.length && bank.isReady(2), "a bank that is ready");
        require(bank.peek(0, 50) == next, "a look at one symbol");
        require(bank.stream(0).update(50) == next, "a symbol that goes on alone");
        TrendFlexStreamBank.restore(bank.snapshot()).updateInto(new double[] {50, 1, 50}, out);
        require(out[0] == next && out[1] == 0, "each symbol's own stream");
    }

    private void isToldWhatIsWrong() {
        try {
            TrendFlex.of(500).compute(closes);
            throw new AssertionError("a period that is too long was accepted");
        } catch (TrendFlexException e) {
            require(e.reason() == Refusal.PERIOD_TOO_LONG, e.getMessage());
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("expected " + what);
        }
    }
}
