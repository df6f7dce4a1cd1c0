/// The way from the public classes to the native library: checks, loader, calls.
@NullMarked
package io.github.trendflex.internal;

import org.jspecify.annotations.NullMarked;
