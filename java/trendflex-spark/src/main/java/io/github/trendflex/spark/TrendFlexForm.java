package io.github.trendflex.spark;

import org.apache.spark.sql.connector.catalog.functions.BoundFunction;

/// Is a form of `trendflex`, which [TrendFlexFunction] chooses.
interface TrendFlexForm extends BoundFunction {
    @Override
    default String name() {
        return TrendFlexCatalog.NAME;
    }

    /// Returns the same name for functions that compute the same from the same arguments.
    @Override
    default String canonicalName() {
        return getClass().getName();
    }
}
