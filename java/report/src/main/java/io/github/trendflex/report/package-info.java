/// What the pages of `docs/` that are made of measured figures have in common: Markdown, numbers in
/// it, pictures beside it, and the figures as JSON.
@NullMarked
package io.github.trendflex.report;

import org.jspecify.annotations.NullMarked;
