/// TrendFlex, John F. Ehlers' trend indicator, computed by native code in the caller's memory.
///
/// Start at [io.github.trendflex.TrendFlex]. The module calls native code, so run it with
/// `--enable-native-access=io.github.trendflex` (on the class path:
/// `--enable-native-access=ALL-UNNAMED`).
module io.github.trendflex {
    requires static org.jspecify;

    exports io.github.trendflex;
}
