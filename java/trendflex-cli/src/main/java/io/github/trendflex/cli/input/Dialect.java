package io.github.trendflex.cli.input;

import java.util.List;

/// How a CSV text is written.
///
/// @param separator what stands between two fields
/// @param preamble the lines before the header, or before the first row if there is none
/// @param subheads how many lines between the header and the first row hold no prices
/// @param decimalCommas whether a number in the first rows, of any column, has a decimal comma
record Dialect(char separator, List<String> preamble, int subheads, boolean decimalCommas) {
    static final Dialect USUAL = new Dialect(',', List.of(), 0, false);

    /// Whether numbers with one point that may be between thousands, such as 1.234, have a decimal
    /// point if no price says otherwise.
    boolean pointIsUsual() {
        return separator == ',' && !decimalCommas;
    }
}
