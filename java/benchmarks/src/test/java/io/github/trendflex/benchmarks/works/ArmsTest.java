package io.github.trendflex.benchmarks.works;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Kernel;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.benchmarks.Prices;
import io.github.trendflex.benchmarks.arms.Agreement;
import io.github.trendflex.benchmarks.arms.Arm;
import io.github.trendflex.benchmarks.arms.Data;
import io.github.trendflex.benchmarks.arms.JavaEngineArms;
import io.github.trendflex.benchmarks.arms.Outputs;
import io.github.trendflex.benchmarks.arms.OwnArms;
import io.github.trendflex.benchmarks.arms.PlainArms;
import io.github.trendflex.benchmarks.arms.PlainJava;
import io.github.trendflex.benchmarks.arms.Ta4jArms;
import io.github.trendflex.benchmarks.arms.Work;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArmsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20, 21, 200, 249, 250, 251, 1000, 4999})
    void plainJavaBySpecificationHasTheBitsOfTheLibrary(int period) {
        double[] prices = Prices.walk(5000);
        double[] out = new double[prices.length];
        PlainJava.sameBits(prices, period, out);
        assertArrayEquals(TrendFlex.of(period).compute(prices), out);
    }

    @Test
    void plainJavaBySpecificationIsExactWherePricesVanishAndStandStill() {
        double[] prices = Prices.walk(6000);
        for (int i = 1500; i < 3500; i++) {
            prices[i] = i < 2500 ? 0 : 100;
        }
        double[] out = new double[prices.length];
        PlainJava.sameBits(prices, 20, out);
        assertArrayEquals(TrendFlex.of(20).compute(prices), out);
    }

    @Test
    void armsInJavaWriteTheNumbersThatTheyHaveTo() {
        JavaEngineArms javaEngine = new JavaEngineArms();
        check(
                Work.of("single", 3000),
                List.of(
                        OwnArms::segment,
                        OwnArms::bareDowncall,
                        OwnArms::array,
                        OwnArms::stream,
                        OwnArms::streamInMemory,
                        javaEngine::single,
                        PlainArms::doubleLoop,
                        PlainArms::runningSum,
                        PlainArms::sameBits,
                        Ta4jArms::single));
        check(
                new Work("batch", 1, 2000, 5, 25, 1),
                List.of(OwnArms::batch, javaEngine::batch, PlainArms::batch));
        check(
                Work.of("many series", 13, 500, 1),
                List.of(OwnArms::many, OwnArms::manySideBySide, javaEngine::many, PlainArms::many));
        check(
                Work.of("bank", 13, 500, 1),
                List.of(OwnArms::bank, javaEngine::bank, PlainArms::bank));
    }

    @Test
    void armsOfTheAvx2KernelAreThereBesideAvx512() {
        try (Data data = new Data(new Work("batch", 1, 9000, 20, 29, 1))) {
            List<Optional<Arm>> arms = List.of(OwnArms.avx2(data), OwnArms.batchByAvx2(data));
            for (Optional<Arm> arm : arms) {
                assertEquals(TrendFlexLibrary.kernel() == Kernel.AVX512, arm.isPresent());
            }
            OwnArms.batchByAvx2(data).ifPresent(arm -> Check.run(data, arm));
        }
        try (Data data = new Data(Work.of("single", 9000))) {
            OwnArms.avx2(data).ifPresent(arm -> Check.run(data, arm));
        }
    }

    private static void check(Work work, List<Function<Data, Arm>> arms) {
        try (Data data = new Data(work)) {
            arms.forEach(arm -> Check.run(data, arm.apply(data)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 19, 20, 70, 2999})
    void anArmThatIsOneBitOffIsNotTimed(int index) {
        double[] out = TrendFlex.of(20).compute(Prices.walk(3000));
        Data data = new Data(Work.of("single", 3000));
        Check.run(data, writes(out, Agreement.BITS));
        out[index] = Double.isNaN(out[index]) ? 0 : Math.nextUp(out[index]);
        Exception refused =
                assertThrows(
                        IllegalStateException.class,
                        () -> Check.run(data, writes(out, Agreement.BITS)));
        assertTrue(refused.getMessage().contains("output " + index + " is " + out[index]));
        data.close();
    }

    @Test
    void anArmOfOtherArithmeticMayDifferInTheTenthDecimal() {
        double[] out = TrendFlex.of(20).compute(Prices.walk(3000));
        try (Data data = new Data(Work.of("single", 3000))) {
            out[2000] += 5e-10;
            Check.run(data, writes(out, Agreement.CLOSE));
            out[2000] += 6e-10;
            assertThrows(
                    IllegalStateException.class,
                    () -> Check.run(data, writes(out, Agreement.CLOSE)));
            out[2000] = Double.NaN;
            assertThrows(
                    IllegalStateException.class,
                    () -> Check.run(data, writes(out, Agreement.CLOSE)));
        }
    }

    private static Arm writes(double[] out, Agreement agreement) {
        return Arm.of("arm", agreement, () -> {}, Outputs.rows(out));
    }
}
