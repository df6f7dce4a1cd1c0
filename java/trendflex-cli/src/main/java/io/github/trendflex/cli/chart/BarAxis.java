package io.github.trendflex.cli.chart;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where the bars stand on the horizontal axis of a picture: at their times, in milliseconds since
/// 1970, or at their numbers from 0 where no times are known.
public final class BarAxis {
    private final long @Nullable [] times;
    private final int bars;

    private BarAxis(long @Nullable [] times, int bars) {
        this.times = times;
        this.bars = bars;
    }

    /// The axis of bars at these times, or of numbered bars.
    ///
    /// @param nanos the times of the bars in nanoseconds since 1970, or null where none are known
    /// @param bars how many bars there are
    public static BarAxis of(long @Nullable [] nanos, long bars) {
        return nanos == null
                ? numbered(Math.toIntExact(bars))
                : new BarAxis(
                        Arrays.stream(nanos).map(TimeUnit.NANOSECONDS::toMillis).toArray(),
                        nanos.length);
    }

    static BarAxis numbered(int bars) {
        return new BarAxis(null, bars);
    }

    int bars() {
        return bars;
    }

    String title() {
        return times == null ? "bar" : "time (UTC)";
    }

    /// Where a bar begins.
    double position(int bar) {
        return times == null ? bar : times[bar];
    }

    /// Where the last bar ends. It lasts as long as the others do on average.
    double end() {
        double last = position(bars - 1);
        return bars == 1 || last == position(0)
                ? last + 1
                : last + (last - position(0)) / (bars - 1.0);
    }

    /// The marks on the axis, of which there are about ten.
    List<AxisTick> ticks() {
        return times == null ? AxisTick.numbers(bars) : AxisTick.times(times[0], (long) end());
    }
}
