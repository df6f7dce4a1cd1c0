/// Measures with JMH what calls from Java cost. `works.Main`, which `scripts/bench` starts,
/// compares them with other libraries.
///
/// ```
/// java -jar java/benchmarks/target/benchmarks.jar [NAME ...] [-p length=1000,100000] [-prof gc]
/// ```
///
/// In each class the other methods are compared with `binding`: it calls the same native function
/// by the generated binding, without a check or a choice. No single function does the same as a
/// batch or a call on long arrays; there `binding` calls the nearest one.
@NullMarked
package io.github.trendflex.benchmarks;

import org.jspecify.annotations.NullMarked;
