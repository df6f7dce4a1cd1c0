package io.github.trendflex.spark;

import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/// A catalog with one function, `trendflex`.
///
/// It is there once its class is named, by `--conf
/// spark.sql.catalog.trendflex=io.github.trendflex.spark.TrendFlexCatalog` or by
/// [TrendFlexFunctions#register]:
///
/// | call | gives |
/// |---|---|
/// | `trendflex.trendflex(prices, period)` | of an array of prices, an array of as many outputs |
/// | `trendflex.trendflex(prices, periods)` | of arrays of prices and of periods, an array of outputs for each period |
/// | `trendflex.trendflex(price, period) OVER (PARTITION BY symbol ORDER BY time)` | of a row's price, its output in the series that the window makes |
///
/// Two more arguments may follow: the name of a [io.github.trendflex.NanPolicy], `'PROPAGATE'` if
/// there is none, and that of a [io.github.trendflex.Definition], `'VECTOR_TA'` if there is none.
///
/// The outputs have the bits of [io.github.trendflex.TrendFlex]. A price that is null is missing,
/// as NaN is. An output is never null: where there is none, it is NaN. A series with too few prices
/// for a period has NaN throughout and fails nothing.
///
/// Of an array, an argument that is null makes the result null. In a window, the period and the
/// options are not null and the same for all its rows, and the policy is not `'REJECT'`, which
/// would have to look ahead.
public final class TrendFlexCatalog implements FunctionCatalog {
    /// The name of the function, and of the catalog where [TrendFlexFunctions] registers it.
    static final String NAME = "trendflex";

    private static final UnboundFunction FUNCTION = new TrendFlexFunction();

    private String name = NAME;

    /// Spark makes the catalog.
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
