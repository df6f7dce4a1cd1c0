package io.github.trendflex.spark;

import java.util.List;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.ApplyFunctionExpression;
import org.apache.spark.sql.catalyst.expressions.CurrentRow$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.V2Aggregator;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.errors.QueryCompilationErrors;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import scala.util.Failure;

/// Makes the functions of [TrendFlexCatalog] known to every session, without a catalog:
/// `trendflex(close, 20)`. A cluster has it by `--conf
/// spark.sql.extensions=io.github.trendflex.spark.TrendFlexExtensions`.
///
/// It also refuses before a query runs, also for functions of the catalog, windows that have no
/// order, frames other than from the first row to the current one, and `FILTER`.
public final class TrendFlexExtensions implements Function1<SparkSessionExtensions, BoxedUnit> {
    /// Is called by Spark, which makes the extension.
    public TrendFlexExtensions() {}

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        for (UnboundFunction function : TrendFlexCatalog.FUNCTIONS) {
            extensions.injectFunction(
                    new Tuple3<>(
                            new FunctionIdentifier(function.name()),
                            info(function),
                            arguments -> call(function, arguments)));
        }
        extensions.injectCheckRule(_ -> TrendFlexExtensions::checkWindows);
        return BoxedUnit.UNIT;
    }

    private static ExpressionInfo info(UnboundFunction function) {
        String none = "";
        return new ExpressionInfo(
                function.getClass().getName(),
                none,
                function.name(),
                function.description(),
                none,
                none,
                none,
                none,
                none,
                none,
                none);
    }

    /// Does what Spark does with a function of a catalog.
    private static Expression call(UnboundFunction function, Seq<Expression> arguments) {
        List<Expression> all = CollectionConverters.asJava(arguments);
        StructType types =
                new StructType(
                        all.stream().map(TrendFlexExtensions::field).toArray(StructField[]::new));
        BoundFunction bound;
        try {
            bound = function.bind(types);
        } catch (UnsupportedOperationException e) {
            // Java does not know that Spark's error is checked.
            return new Failure<Expression>(
                            QueryCompilationErrors.functionCannotProcessInputError(
                                    function, arguments, e))
                    .get();
        }
        return bound instanceof RunningFunction running
                ? new V2Aggregator<>(running, arguments, 0, 0)
                : new ApplyFunctionExpression((ScalarFunction<?>) bound, arguments);
    }

    private static StructField field(Expression argument) {
        return new StructField("", argument.dataType(), argument.nullable(), Metadata.empty());
    }

    private static BoxedUnit checkWindows(LogicalPlan plan) {
        plan.foreachWithSubqueries(node -> {
            for (Expression expression : CollectionConverters.asJava(node.expressions())) {
                expression.foreach(TrendFlexExtensions::checkWindow);
            }
            return BoxedUnit.UNIT;
        });
        return BoxedUnit.UNIT;
    }

    private static BoxedUnit checkWindow(Expression expression) {
        if (expression instanceof WindowExpression window
                && window.windowFunction() instanceof AggregateExpression aggregate
                && aggregate.aggregateFunction() instanceof V2Aggregator<?, ?> function
                && function.aggrFunc() instanceof RunningFunction
                && (aggregate.filter().isDefined() || !growsRowByRow(window.windowSpec()))) {
            throw RunningTrend.withoutOrder();
        }
        return BoxedUnit.UNIT;
    }

    private static boolean growsRowByRow(WindowSpecDefinition window) {
        return !window.orderSpec().isEmpty()
                && window.frameSpecification() instanceof SpecifiedWindowFrame frame
                && frame.lower().equals(UnboundedPreceding$.MODULE$)
                && frame.upper().equals(CurrentRow$.MODULE$);
    }
}
