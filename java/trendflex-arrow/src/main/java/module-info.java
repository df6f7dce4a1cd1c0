/// Computes TrendFlex of Apache Arrow's vectors in their own memory.
///
/// Start at [io.github.trendflex.arrow.TrendFlexVectors]. The module turns addresses into memory
/// segments, so run it with `--enable-native-access=io.github.trendflex,io.github.trendflex.arrow`
/// (on the class path: `--enable-native-access=ALL-UNNAMED`).
module io.github.trendflex.arrow {
    requires static org.jspecify;
    requires transitive io.github.trendflex;
    requires transitive org.apache.arrow.memory.core;
    requires transitive org.apache.arrow.vector;

    exports io.github.trendflex.arrow;
}
