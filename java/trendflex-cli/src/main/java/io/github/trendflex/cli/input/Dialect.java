package io.github.trendflex.cli.input;

import java.util.List;

/// How a CSV text is written.
///
/// @param separator what stands between two fields
/// @param preamble the lines before the header, or before the first row if there is none
/// @param subheads how many lines between the header and the first row hold no prices
record Dialect(char separator, List<String> preamble, int subheads) {
    static final Dialect USUAL = new Dialect(',', List.of(), 0);
}
