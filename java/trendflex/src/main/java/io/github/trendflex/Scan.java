package io.github.trendflex;

/// Says where the prices of a series are.
///
/// @param length the number of values
/// @param first the index of the first price, or `length`
/// @param count the number of prices
/// @param firstMissing the index of the first missing value after `first`, or `length`
record Scan(long length, long first, long count, long firstMissing) {
    static final Scan EMPTY = new Scan(0, 0, 0, 0);

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
