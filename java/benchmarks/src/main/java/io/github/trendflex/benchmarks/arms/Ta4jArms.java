package io.github.trendflex.benchmarks.arms;

import java.time.Duration;
import java.time.Instant;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/// Makes the arms of ta4j with doubles for its numbers, which are its fastest. The series exists
/// before the call; each call makes a new indicator, whose cache is empty.
public final class Ta4jArms {
    private Ta4jArms() {}

    public static Arm single(Data data) {
        BarSeries series =
                new BaseBarSeriesBuilder().withNumFactory(DoubleNumFactory.getInstance()).build();
        Instant begin = Instant.EPOCH;
        for (int bar = 0; bar < data.array.length; bar++) {
            series.barBuilder()
                    .timePeriod(Duration.ofMinutes(1))
                    .endTime(begin.plus(Duration.ofMinutes(bar + 1)))
                    .closePrice(data.array[bar])
                    .add();
        }
        double[] out = new double[data.array.length];
        return Arm.of(
                "ta4j",
                Agreement.CLOSE,
                () -> {
                    Indicator<Num> indicator =
                            new Ta4jTrendFlexIndicator(
                                    new ClosePriceIndicator(series), data.work.firstPeriod());
                    for (int bar = 0; bar < out.length; bar++) {
                        out[bar] = indicator.getValue(bar).doubleValue();
                    }
                },
                Outputs.rows(out));
    }
}
