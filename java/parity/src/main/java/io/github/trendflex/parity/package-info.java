/// Compares the library with the crate `vector-ta` and with exact arithmetic: `scripts/test parity`
/// runs [io.github.trendflex.parity.Parity], which writes `docs/reference/parity.md`.
@NullMarked
package io.github.trendflex.parity;

import org.jspecify.annotations.NullMarked;
