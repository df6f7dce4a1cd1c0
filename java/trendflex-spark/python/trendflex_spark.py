"""TrendFlex of many symbols in PySpark 4.2, computed by the jars of TrendFlex for Java."""

from operator import index

from pyspark.sql import Window
from pyspark.sql import functions as F
from pyspark.sql.types import StringType

__all__ = ["with_trendflex"]

# A catalog whose name hides no schema of a user.
_CATALOG = "trendflex_functions"
_CATALOG_CLASS = "io.github.trendflex.spark.TrendFlexCatalog"
_NAN_POLICIES = ("PROPAGATE", "SKIP")
_LARGEST_PERIOD = 2**31 - 1


def with_trendflex(
    df, by, time, price, periods, *, nan_policy="propagate", definition="vector-ta", nan=False
):
    """Return the rows of df with a column trendflex_<period> for each period.

    by, time and price are names of columns; by may be a list of them. A name with a dot is written
    in backticks. The rows of a series are taken by time, rows of equal times by price, null first
    and NaN last. A price that is null is missing, as NaN is. Outputs are doubles; where there is
    no number they are null, or NaN if nan is true.

    periods is an int or several, NumPy's too, each from 1 to 2^31 - 1. nan_policy is "propagate" or "skip",
    definition is "vector-ta" or "ehlers".

    Raises ValueError, before the query runs, for other arguments, for times that are strings,
    which Spark would sort as text, and for a column that df has already.
    """
    periods = [_period(period) for period in _several(periods)]
    if not periods:
        raise ValueError("there are no periods")
    policy = _option("nan_policy", nan_policy, _NAN_POLICIES)
    kind = _option("definition", definition, ("VECTOR_TA", "EHLERS"))
    if isinstance(df.select(time).schema[0].dataType, StringType):
        raise ValueError(
            f"the times in {time} are strings, which sort as text: cast them first, with"
            f" to_timestamp({time}, 'MM/dd/yyyy') or cast({time} AS bigint)"
        )
    names = [f"trendflex_{period}" for period in periods]
    for present in df.columns:
        if present.lower() in names:
            raise ValueError(f"df has a column {present} already")

    df.sparkSession.conf.set(f"spark.sql.catalog.{_CATALOG}", _CATALOG_CLASS)
    function = f"{_CATALOG}.trendflex" if nan else f"{_CATALOG}.trendflex_or_null"
    window = (
        Window.partitionBy(*([by] if isinstance(by, str) else by))
        .orderBy(time, price)
        .rowsBetween(Window.unboundedPreceding, Window.currentRow)
    )
    return df.withColumns(
        {
            name: F.call_function(
                function, F.col(price), F.lit(period), F.lit(policy), F.lit(kind)
            ).over(window)
            for name, period in zip(names, periods)
        }
    )


def _several(periods):
    try:
        return list(periods)
    except TypeError:  # one
        return [periods]


def _period(period):
    try:
        number = index(period)  # NumPy's integers too
    except TypeError:
        number = None
    if number is None or isinstance(period, bool):
        raise ValueError(f"period = {period!r}: a period is an int")
    if not 1 <= number <= _LARGEST_PERIOD:
        raise ValueError(f"period = {period}: a period is from 1 to {_LARGEST_PERIOD}")
    return number


def _option(name, value, choices):
    choice = str(value).upper().replace("-", "_")
    if choice not in choices:
        known = " or ".join(repr(choice.lower().replace("_", "-")) for choice in choices)
        raise ValueError(f"{name} = {value!r}: it must be {known}")
    return choice
