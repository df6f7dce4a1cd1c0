@NullMarked
package io.github.trendflex.spark;

import org.jspecify.annotations.NullMarked;
