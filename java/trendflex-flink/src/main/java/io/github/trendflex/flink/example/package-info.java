/// Has a program for `flink run`.
@NullMarked
package io.github.trendflex.flink.example;

import org.jspecify.annotations.NullMarked;
