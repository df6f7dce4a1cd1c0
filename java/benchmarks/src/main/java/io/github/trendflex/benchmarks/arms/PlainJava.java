package io.github.trendflex.benchmarks.arms;

import java.util.Arrays;

/// Computes TrendFlex as it is written in Java without a library. All methods take prices without
/// gaps.
public final class PlainJava {
    /// The square root of two as Ehlers takes it, and all libraries here but Wickra.
    public static final double ROOT_OF_TWO = 1.414;

    private PlainJava() {}

    /// Computes the published recursion and, for each output, a sum over the window.
    public static void doubleLoop(double[] prices, int period, double[] out) {
        Smoother smoother = new Smoother(period, ROOT_OF_TWO);
        double[] smooth = new double[prices.length];
        double meanSquare = 0;
        for (int i = 0; i < prices.length; i++) {
            smooth[i] = smoother.next(prices[i]);
            if (i < period) {
                out[i] = Double.NaN;
                continue;
            }
            double sum = 0;
            for (int lag = 1; lag <= period; lag++) {
                sum += smooth[i] - smooth[i - lag];
            }
            double slope = sum / period;
            meanSquare = 0.04 * slope * slope + 0.96 * meanSquare;
            out[i] = meanSquare == 0 ? 0 : slope / Math.sqrt(meanSquare);
        }
    }

    /// Computes the same with a running sum of the window.
    public static void runningSum(double[] prices, int period, double rootOfTwo, double[] out) {
        RunningSum indicator = new RunningSum(period, rootOfTwo);
        for (int i = 0; i < prices.length; i++) {
            out[i] = indicator.next(prices[i]);
        }
    }

    /// Computes with a running sum, a price at a time.
    public static final class RunningSum {
        private final Smoother smoother;
        private final double[] window;
        private int oldest;
        private int count;
        private double sum;
        private double meanSquare;

        public RunningSum(int period, double rootOfTwo) {
            smoother = new Smoother(period, rootOfTwo);
            window = new double[period];
        }

        public double next(double price) {
            int period = window.length;
            double smooth = smoother.next(price);
            double out = Double.NaN;
            if (count < period) {
                count++;
            } else {
                double slope = smooth - sum / period;
                meanSquare = 0.04 * slope * slope + 0.96 * meanSquare;
                out = meanSquare == 0 ? 0 : slope / Math.sqrt(meanSquare);
            }
            sum += smooth - window[oldest];
            window[oldest] = smooth;
            oldest = oldest + 1 == period ? 0 : oldest + 1;
            return out;
        }
    }

    /// Is Ehlers' two-pole smoother of half the period.
    private static final class Smoother {
        private final double c1;
        private final double c2;
        private final double c3;
        private int count;
        private double price1;
        private double smooth1;
        private double smooth2;

        Smoother(int period, double rootOfTwo) {
            double angle = rootOfTwo * Math.PI / Math.round(period / 2.0);
            double decay = Math.exp(-angle);
            c2 = 2 * decay * Math.cos(angle);
            c3 = -decay * decay;
            c1 = (1 - c2 - c3) / 2;
        }

        double next(double price) {
            double smooth = price;
            if (count < 2) {
                count++;
            } else {
                smooth = c1 * (price + price1) + c2 * smooth1 + c3 * smooth2;
            }
            price1 = price;
            smooth2 = smooth1;
            smooth1 = smooth;
            return smooth;
        }
    }

    /// Computes by the arithmetic of `docs/explanation/numerics.md`, which gives the library's
    /// bits.
    public static void sameBits(double[] prices, int period, double[] out) {
        double t = (1.414 * Math.PI) / Math.round(period / 2.0);
        double e = StrictMath.expm1(-t);
        double a = 1 + e;
        double aSquared = a * a;
        double sine = StrictMath.sin(t * 0.5);
        double k = e * e + (4.0 * a) * (sine * sine);
        double r = 1.0 / period;
        int rebuild = 1000;
        while (rebuild < 4L * period) {
            rebuild *= 2;
        }

        double[] smooth = new double[prices.length];
        double difference = 0;
        double hi = 0;
        double lo = 0;
        double meanSquare = 0;
        Arrays.fill(out, 0, Math.min(period, out.length), Double.NaN);
        for (int j = 0; j < prices.length; j++) {
            double now;
            if (j < 2) {
                now = prices[j];
                difference = j == 0 ? 0 : prices[1] - prices[0];
            } else {
                double before = smooth[j - 1];
                difference =
                        Math.fma(
                                k,
                                Math.fma(0.5, prices[j] + prices[j - 1], -before),
                                aSquared * difference);
                now = before + difference;
            }
            smooth[j] = now;

            if (j % rebuild == 0) {
                hi = 0;
                lo = 0;
                int added = 0;
                for (int i = Math.max(j - period, 0); i < j; i++) {
                    double sum = hi + smooth[i];
                    lo += error(hi, smooth[i], sum);
                    hi = sum;
                    if (++added % 8 == 0) {
                        double head = hi + lo;
                        lo -= head - hi;
                        hi = head;
                    }
                }
            }
            if (j % 8 == 0) {
                double head = hi + lo;
                lo -= head - hi;
                hi = head;
            }

            double leaving = 0;
            if (j >= period) {
                double slope = (Math.fma(period, now, -hi) - lo) * r;
                meanSquare = Math.fma(0.04, slope * slope, 0.96 * meanSquare);
                if (meanSquare < 0x1p-960) {
                    meanSquare = 0;
                }
                out[j] = meanSquare == 0 ? 0 : slope / Math.sqrt(meanSquare);
                leaving = smooth[j - period];
            }
            double sum = hi + now;
            double error1 = error(hi, now, sum);
            hi = sum;
            sum = hi - leaving;
            double error2 = error(hi, -leaving, sum);
            hi = sum;
            lo = (lo + error1) + error2;
        }
    }

    /// Returns what `a + b` lost when it was rounded to `sum`.
    private static double error(double a, double b, double sum) {
        double bInSum = sum - a;
        return (a - (sum - bInSum)) + (b - bInSum);
    }
}
