/// Computes TrendFlex in Apache Spark: a catalog has the function `trendflex` for SQL, Java, Scala
/// and Python alike.
///
/// [io.github.trendflex.spark.TrendFlexCatalog] says what the function does;
/// [io.github.trendflex.spark.TrendFlexFunctions] is for programs in Java and Scala.
@NullMarked
package io.github.trendflex.spark;

import org.jspecify.annotations.NullMarked;
