/// Programs that tests run in a JVM of their own. They use the public API alone.
@NullMarked
package io.github.trendflex.jvm;

import org.jspecify.annotations.NullMarked;
