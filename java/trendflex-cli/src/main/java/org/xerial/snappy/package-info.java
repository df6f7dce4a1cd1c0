/// What hardwood expects of a library, with the name that it has there.
@NullMarked
package org.xerial.snappy;

import org.jspecify.annotations.NullMarked;
