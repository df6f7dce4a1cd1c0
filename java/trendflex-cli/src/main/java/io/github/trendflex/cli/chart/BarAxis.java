package io.github.trendflex.cli.chart;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where the bars stand on the horizontal axis of a picture: at their times, in milliseconds since
/// 1970, or at their numbers from 0 where no times are known.
public final class BarAxis {
    private final long @Nullable [] times;
    private final int from;
    private final int to;

    private BarAxis(long @Nullable [] times, int from, int to) {
        this.times = times;
        this.from = from;
        this.to = to;
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
                        0,
                        nanos.length);
    }

    static BarAxis numbered(int bars) {
        return new BarAxis(null, 0, bars);
    }

    /// The part of the axis for some of the bars, of which there is one at least.
    ///
    /// @param begin the first of them
    /// @param end the one behind the last
    public BarAxis part(int begin, int end) {
        return new BarAxis(times, begin, end);
    }

    /// The first bar.
    int from() {
        return from;
    }

    /// The bar behind the last one.
    int to() {
        return to;
    }

    /// How many bars there are.
    public int bars() {
        return to - from;
    }

    /// Whether the bars stand at their times.
    boolean isTimed() {
        return times != null;
    }

    String title() {
        return times == null ? "bar" : "time (UTC)";
    }

    /// Where a bar begins.
    double position(int bar) {
        return times == null ? bar : times[bar];
    }

    /// Where the first bar begins.
    double begin() {
        return position(from);
    }

    /// Where the last bar ends. It lasts as long as the others do on average.
    double end() {
        double last = position(to - 1);
        return last == begin() ? last + 1 : last + (last - begin()) / (bars() - 1.0);
    }

    /// The marks on the axis, of which there are about ten.
    List<AxisTick> ticks() {
        return times == null
                ? AxisTick.numbers(from, to)
                : AxisTick.times(times[from], (long) end());
    }
}
