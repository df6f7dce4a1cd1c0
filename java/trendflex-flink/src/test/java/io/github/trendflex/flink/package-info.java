@NullMarked
package io.github.trendflex.flink;

import org.jspecify.annotations.NullMarked;
