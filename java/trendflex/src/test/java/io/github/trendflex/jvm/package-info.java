/// Has the programs that tests run in a JVM of their own. They use only the public API.
@NullMarked
package io.github.trendflex.jvm;

import org.jspecify.annotations.NullMarked;
