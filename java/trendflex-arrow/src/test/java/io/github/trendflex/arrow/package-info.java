@NullMarked
package io.github.trendflex.arrow;

import org.jspecify.annotations.NullMarked;
