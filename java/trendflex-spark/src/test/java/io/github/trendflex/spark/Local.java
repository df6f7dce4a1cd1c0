package io.github.trendflex.spark;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/// Spark in this JVM, on two threads.
final class Local {
    private Local() {}

    static SparkSession session() {
        return builder().getOrCreate();
    }

    static SparkSession.Builder builder() {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 3)
                .config("spark.sql.warehouse.dir", "target/warehouse");
    }

    static Dataset<Row> table(SparkSession spark, List<Row> rows, StructField... fields) {
        return spark.createDataFrame(rows, new StructType(fields));
    }

    static StructField nullable(String name, DataType type) {
        return new StructField(name, type, true, Metadata.empty());
    }

    static @Nullable Double numberOrNull(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }

    /// Returns the root cause of what Spark throws.
    static Throwable rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
