package io.github.trendflex;

import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.offHeap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.trendflex.internal.ffi.TrendflexH;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Checks that Java gives the bits and the errors that the Rust program `vectors` has written to a
/// file.
@EnabledIfSystemProperty(
        named = "trendflex.test.vectors",
        matches = ".+",
        disabledReason = "-Dtrendflex.test.vectors names no file of vectors")
class JavaMatchesRustTest {
    private static final long MAGIC = 0x315845564c465254L;

    @TestFactory
    Stream<DynamicTest> everyVectorMatches() throws IOException {
        ByteBuffer file =
                ByteBuffer.wrap(
                                Files.readAllBytes(
                                        Path.of(System.getProperty("trendflex.test.vectors"))))
                        .order(ByteOrder.LITTLE_ENDIAN);
        Stream.Builder<DynamicTest> tests = Stream.builder();
        while (file.hasRemaining()) {
            tests.add(nextVector(file));
        }
        return tests.build();
    }

    /// Reads a record, whose parts the Rust program documents.
    private static DynamicTest nextVector(ByteBuffer file) {
        assertEquals(MAGIC, file.getLong());
        int period = file.getInt();
        Definition definition = constant(Definition.values(), "DEFINITION", file.getInt());
        NanPolicy nanPolicy = constant(NanPolicy.values(), "NAN_POLICY", file.getInt());
        int seriesStatus = file.getInt();
        int length = Math.toIntExact(file.getLong());
        double[] prices = doubles(file, length);
        double[] series = doubles(file, seriesStatus == 0 ? length : 0);
        int start = file.getInt();
        int end = file.getInt();
        int step = file.getInt();
        int batchStatus = file.getInt();
        double[] batch =
                doubles(file, batchStatus == 0 ? Math.toIntExact(file.getLong() * length) : 0);
        boolean hasStream = file.getInt() != 0;
        double[] stream = doubles(file, hasStream ? length : 0);

        Supplier<TrendFlex> calculator =
                () -> TrendFlex.of(period).withDefinition(definition).withNanPolicy(nanPolicy);
        Supplier<TrendFlexBatch> batchCalculator =
                () ->
                        TrendFlexBatch.of(range(start, end, step))
                                .withDefinition(definition)
                                .withNanPolicy(nanPolicy);
        // Java refuses such a period before it sees any prices.
        int javaStatus = period < 1 ? TrendflexH.TRENDFLEX_STATUS_INVALID_PERIOD() : seriesStatus;
        String name =
                "%s prices, period %d, %s, %s".formatted(length, period, definition, nanPolicy);
        return DynamicTest.dynamicTest(
                name,
                () -> {
                    assertOutcome(javaStatus, series, () -> calculator.get().compute(prices));
                    assertOutcome(
                            javaStatus,
                            series,
                            () -> array(calculator.get().compute(offHeap(prices), Arena.ofAuto())));
                    assertOutcome(
                            batchStatus,
                            batch,
                            () -> array(batchCalculator.get().compute(prices).values()));
                    if (hasStream) {
                        TrendFlexStream updated = calculator.get().stream();
                        assertSameBits(
                                stream, Arrays.stream(prices).map(updated::update).toArray());
                        double[] out = new double[length];
                        calculator.get().stream().updateInto(prices, out);
                        assertSameBits(stream, out);
                    }
                });
    }

    /// Returns a range; a step of 0 means only the start in Rust and C.
    private static PeriodRange range(int start, int end, int step) {
        return step == 0 ? PeriodRange.single(start) : PeriodRange.closed(start, end, step);
    }

    private static double[] doubles(ByteBuffer file, int count) {
        double[] values = new double[count];
        file.asDoubleBuffer().get(values);
        file.position(file.position() + count * Double.BYTES);
        return values;
    }

    private static void assertOutcome(int status, double[] expected, Supplier<double[]> call) {
        if (status == TrendflexH.TRENDFLEX_STATUS_OK()) {
            assertSameBits(expected, call.get());
        } else {
            assertEquals(
                    constant(Refusal.values(), "STATUS", status),
                    assertThrows(TrendFlexException.class, call::get).reason());
        }
    }

    /// Returns the constant whose name has this id in the C header.
    private static <T extends Enum<T>> T constant(T[] constants, String kind, int id) {
        return Arrays.stream(constants)
                .filter(constant -> id == id(kind + "_" + constant.name()))
                .findFirst()
                .orElseThrow();
    }

    private static int id(String name) {
        try {
            return (int) TrendflexH.class.getMethod("TRENDFLEX_" + name).invoke(null);
        } catch (NoSuchMethodException e) {
            // Only Java knows this error.
            return -1;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }
}
