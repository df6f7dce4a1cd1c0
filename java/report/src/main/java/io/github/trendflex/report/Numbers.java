package io.github.trendflex.report;

import java.util.Locale;

/// Writes numbers in the form that the pages have.
public final class Numbers {
    private Numbers() {}

    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    public static String fixed(int decimals, double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /// Writes three digits, or all digits before the point if there are more.
    public static String threeDigits(double value) {
        return value < 10 ? fixed(2, value) : value < 100 ? fixed(1, value) : fixed(0, value);
    }

    public static String ratio(double value) {
        return value < 100 ? fixed(2, value) : fixed(0, value);
    }

    public static String percent(double share) {
        return fixed(1, 100 * share) + " %";
    }

    public static String signedPercent(double share) {
        return (share < 0 ? "" : "+") + percent(share);
    }
}
