/// What calls from Java cost, by JMH. Beside what else there is: `works.Main`, which
/// `scripts/bench` starts.
///
/// ```
/// java -jar java/benchmarks/target/benchmarks.jar [NAME ...] [-p length=1000,100000] [-prof gc]
/// ```
///
/// In each class the method `binding` is what the others are held to: the same native function by
/// the generated binding, without a check or a choice. A batch and long arrays have none that does
/// the same; there it is the nearest one.
@NullMarked
package io.github.trendflex.benchmarks;

import org.jspecify.annotations.NullMarked;
