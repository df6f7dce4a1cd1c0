/// Has TrendFlex as an indicator of [ta4j](https://github.com/ta4j/ta4j).
@NullMarked
package io.github.trendflex.ta4j;

import org.jspecify.annotations.NullMarked;
