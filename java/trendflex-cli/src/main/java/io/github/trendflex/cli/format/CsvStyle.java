package io.github.trendflex.cli.format;

import io.github.trendflex.cli.format.NumberText.Decimal;
import java.util.List;

/// How the CSV of a result is written: as the file that the prices are from.
///
/// @param separator what stands between two fields
/// @param decimal what stands before the decimals of a value
/// @param preamble the lines before the header
public record CsvStyle(char separator, Decimal decimal, List<String> preamble) {
    public static final CsvStyle USUAL = new CsvStyle(',', Decimal.POINT, List.of());

    public CsvStyle withoutPreamble() {
        return new CsvStyle(separator, decimal, List.of());
    }
}
