@NullMarked
package io.github.trendflex.ta4j;

import org.jspecify.annotations.NullMarked;
