package io.github.trendflex.arrow;

import static io.github.trendflex.arrow.Vectors.assertOutputs;

import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexStream;
import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;

/// Whatever the prices and wherever they lie, every way gives the bits of the library.
class SameBitsTest {
    @Property
    void everyWayGivesTheBitsOfTheLibrary(
            @ForAll("prices") Double[] closes,
            @ForAll @IntRange(min = 1, max = 30) int period,
            @ForAll("lenient") NanPolicy policy,
            @ForAll @IntRange(max = 20) int before,
            @ForAll @IntRange(max = 100) int cut) {
        double[] expected = compute(period, policy, closes);
        boolean enough = Arrays.stream(expected).anyMatch(output -> !Double.isNaN(output));
        TrendFlex calculator = TrendFlex.of(period).withNanPolicy(policy);
        Double[] head = Arrays.copyOf(closes, Math.min(cut, closes.length));
        Double[] tail = Arrays.copyOfRange(closes, head.length, closes.length);

        try (BufferAllocator allocator = new RootAllocator();
                Float8Vector prices = Vectors.slice(allocator, before, closes);
                Float8Vector out = new Float8Vector("out", allocator);
                Float8Vector first = Vectors.of(allocator, head);
                Float8Vector second = Vectors.of(allocator, tail);
                ListVector lists = Vectors.lists(allocator, head, tail, closes);
                ListVector trends =
                        TrendFlexVectors.compute(calculator, lists, "trends", allocator)) {
            if (enough) {
                TrendFlexVectors.computeInto(calculator, prices, out);
                assertOutputs(expected, out);

                TrendFlexBatch batch = TrendFlexBatch.of(period, 1, period).withNanPolicy(policy);
                try (VectorSchemaRoot rows = TrendFlexVectors.compute(batch, prices, allocator)) {
                    assertOutputs(expected, (Float8Vector) rows.getVector(0));
                    assertOutputs(expected, (Float8Vector) rows.getVector(2));
                    assertOutputs(compute(1, policy, closes), (Float8Vector) rows.getVector(1));
                }
            }

            TrendFlexStream stream = TrendFlexStream.of(period).withNanPolicy(policy);
            TrendFlexVectors.updateInto(stream, first, out);
            assertOutputs(Arrays.copyOf(expected, head.length), out);
            TrendFlexVectors.updateInto(stream, second, out);
            assertOutputs(Arrays.copyOfRange(expected, head.length, closes.length), out);

            double[] ofLists =
                    Stream.of(
                                    compute(period, policy, head),
                                    compute(period, policy, tail),
                                    expected)
                            .flatMapToDouble(Arrays::stream)
                            .toArray();
            assertOutputs(ofLists, (Float8Vector) trends.getDataVector());
        }
    }

    /// Computes with a stream, which takes series of any length.
    private static double[] compute(int period, NanPolicy policy, Double... closes) {
        TrendFlexStream stream = TrendFlexStream.of(period).withNanPolicy(policy);
        return Arrays.stream(Vectors.unboxed(closes)).map(stream::update).toArray();
    }

    @Provide
    Arbitrary<Double[]> prices() {
        Arbitrary<Double> price = Arbitraries.doubles().between(90, 110);
        Arbitrary<Double> missing = Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, 1e300);
        return Arbitraries.frequencyOf(Tuple.of(40, price), Tuple.of(1, missing))
                .injectNull(0.02)
                .array(Double[].class)
                .ofMaxSize(100);
    }

    /// The policies that streams take.
    @Provide
    Arbitrary<NanPolicy> lenient() {
        return Arbitraries.of(NanPolicy.PROPAGATE, NanPolicy.SKIP);
    }
}
