package io.github.trendflex.spark;

import org.apache.spark.sql.connector.catalog.functions.BoundFunction;

/// A form of `trendflex`, which [TrendFlexFunction] chooses.
interface TrendFlexForm extends BoundFunction {
    @Override
    default String name() {
        return TrendFlexCatalog.NAME;
    }

    /// Of the same name are functions that compute the same of the same arguments.
    @Override
    default String canonicalName() {
        return getClass().getName();
    }
}
