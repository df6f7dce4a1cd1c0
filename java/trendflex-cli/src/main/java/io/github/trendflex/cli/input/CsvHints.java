package io.github.trendflex.cli.input;

import io.github.trendflex.cli.format.MissingWords;
import io.github.trendflex.cli.format.NumberText.Decimal;
import org.jspecify.annotations.Nullable;

/// What is said about the way in which a CSV text is written. Null is for what the text decides.
///
/// @param separator what stands between two fields
/// @param decimal what stands before the decimals of a price
/// @param missing the words for a missing price
/// @param skipLines how many lines stand before the header
/// @param timeFormat how times are written
public record CsvHints(
        @Nullable Character separator,
        @Nullable Decimal decimal,
        MissingWords missing,
        @Nullable Integer skipLines,
        @Nullable TimeFormat timeFormat) {
    public static final CsvHints NONE = new CsvHints(null, null, MissingWords.USUAL, null, null);
}
