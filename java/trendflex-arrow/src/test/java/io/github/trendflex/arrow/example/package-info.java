@NullMarked
package io.github.trendflex.arrow.example;

import org.jspecify.annotations.NullMarked;
