@NullMarked
package io.github.trendflex.ta4j.example;

import org.jspecify.annotations.NullMarked;
