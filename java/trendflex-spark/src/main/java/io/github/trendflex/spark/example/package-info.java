/// Has a program for `spark-submit`.
@NullMarked
package io.github.trendflex.spark.example;

import org.jspecify.annotations.NullMarked;
