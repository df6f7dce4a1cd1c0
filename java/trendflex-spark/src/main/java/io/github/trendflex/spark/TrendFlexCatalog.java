package io.github.trendflex.spark;

import java.util.List;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/// Holds the functions `trendflex` and `trendflex_or_null`, as a catalog of Spark.
///
/// A session has the catalog once its class is named, by `--conf
/// spark.sql.catalog.tf=io.github.trendflex.spark.TrendFlexCatalog` or by
/// [TrendFlexFunctions#register(org.apache.spark.sql.SparkSession, String)]. Its name hides a
/// schema of the same name:
///
/// | call | gives |
/// |---|---|
/// | `tf.trendflex(prices, period)` | an array with an output for each price of an array |
/// | `tf.trendflex(prices, periods)` | an array of outputs for each period of an array |
/// | `tf.trendflex(price, period) OVER (PARTITION BY symbol ORDER BY time ROWS UNBOUNDED PRECEDING)` | the output of a row's price in the series that the window makes |
///
/// Two more arguments may follow: the name of a [io.github.trendflex.NanPolicy], by default
/// `'PROPAGATE'`, and that of a [io.github.trendflex.Definition], by default `'VECTOR_TA'`.
///
/// The outputs have the bits of [io.github.trendflex.TrendFlex]. A price that is null is missing,
/// as NaN is. Where there is no number, `trendflex` gives NaN, which Spark sorts above all numbers,
/// and `trendflex_or_null` gives null. A series with too few prices for a period has no numbers and
/// does not fail the query.
///
/// With an array of prices, an argument that is null makes the result null. In a window, the period
/// and the options must not be null and must be the same for all rows, and the policy must not be
/// `'REJECT'`, which would have to look ahead.
public final class TrendFlexCatalog implements FunctionCatalog {
    static final List<UnboundFunction> FUNCTIONS =
            List.of(new TrendFlexFunction(false), new TrendFlexFunction(true));

    private String name = "";

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
        return FUNCTIONS.stream()
                .map(function -> Identifier.of(namespace, function.name()))
                .toArray(Identifier[]::new);
    }

    @Override
    public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
        for (UnboundFunction function : FUNCTIONS) {
            if (identifier.namespace().length == 0
                    && identifier.name().equalsIgnoreCase(function.name())) {
                return function;
            }
        }
        throw new NoSuchFunctionException(identifier);
    }
}
