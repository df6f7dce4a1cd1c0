package io.github.trendflex.spark;

import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/// Holds one function, `trendflex`, as a catalog of Spark.
///
/// A session has the catalog once its class is named, by `--conf
/// spark.sql.catalog.trendflex=io.github.trendflex.spark.TrendFlexCatalog` or by
/// [TrendFlexFunctions#register]:
///
/// | call | gives |
/// |---|---|
/// | `trendflex.trendflex(prices, period)` | an array with an output for each price of an array |
/// | `trendflex.trendflex(prices, periods)` | an array of outputs for each period of an array |
/// | `trendflex.trendflex(price, period) OVER (PARTITION BY symbol ORDER BY time)` | the output of a row's price in the series that the window makes |
///
/// Two more arguments may follow: the name of a [io.github.trendflex.NanPolicy], by default
/// `'PROPAGATE'`, and that of a [io.github.trendflex.Definition], by default `'VECTOR_TA'`.
///
/// The outputs have the bits of [io.github.trendflex.TrendFlex]. A price that is null is missing,
/// as NaN is. An output is never null: it is NaN where there is no number. A series with too few
/// prices for a period has NaN throughout and does not fail the query.
///
/// With an array of prices, an argument that is null makes the result null. In a window, the period
/// and the options must not be null and must be the same for all rows, and the policy must not be
/// `'REJECT'`, which would have to look ahead.
public final class TrendFlexCatalog implements FunctionCatalog {
    /// The name of the function, and of the catalog that [TrendFlexFunctions] registers.
    static final String NAME = "trendflex";

    private static final UnboundFunction FUNCTION = new TrendFlexFunction();

    private String name = NAME;

    /// Is called by Spark, which makes the catalog.
    public TrendFlexCatalog() {}

    @Override
    public void initialize(String name, CaseInsensitiveStringMap options) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Identifier[] listFunctions(String[] namespace) throws NoSuchNamespaceException {
        if (namespace.length > 0) {
            throw new NoSuchNamespaceException(namespace);
        }
        return new Identifier[] {Identifier.of(namespace, NAME)};
    }

    @Override
    public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
        if (identifier.namespace().length > 0 || !identifier.name().equalsIgnoreCase(NAME)) {
            throw new NoSuchFunctionException(identifier);
        }
        return FUNCTION;
    }
}
