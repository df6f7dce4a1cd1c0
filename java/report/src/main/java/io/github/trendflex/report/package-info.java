/// Holds what the pages of `docs/` with measured figures have in common: Markdown, numbers,
/// pictures, and the figures as JSON.
@NullMarked
package io.github.trendflex.report;

import org.jspecify.annotations.NullMarked;
