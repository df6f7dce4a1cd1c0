package io.github.trendflex;

/// Says where the prices of a series are.
///
/// @param length the number of values
/// @param first the index of the first price, or `length`
/// @param count the number of prices
/// @param firstMissing the index of the first missing value after `first`, or `length`
record Scan(long length, long first, long count, long firstMissing) {
    static final Scan EMPTY = new Scan(0, 0, 0, 0);

    /// Returns whether it is clear by now if a series that goes on can be computed.
    boolean isEnough(int period, NanPolicy nanPolicy) {
        return switch (nanPolicy) {
            case PROPAGATE -> first < length;
            case SKIP -> count > period;
            case REJECT -> false;
        };
    }

    /// Returns what was found so far as the scan of a whole series.
    Scan ofSeries(long wholeLength) {
        return new Scan(wholeLength, first, count, firstMissing);
    }

    /// Returns the scan of this series followed by another one.
    Scan then(Scan next) {
        boolean priced = count > 0;
        long missing = next.first > 0 ? 0 : next.firstMissing;
        return new Scan(
                length + next.length,
                priced ? first : length + next.first,
                count + next.count,
                firstMissing < length
                        ? firstMissing
                        : length + (priced ? missing : next.firstMissing));
    }
}
