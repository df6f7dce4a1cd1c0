/// Finds the native library, keeps it where it can be opened, and opens it.
@NullMarked
package io.github.trendflex.internal.load;

import org.jspecify.annotations.NullMarked;
