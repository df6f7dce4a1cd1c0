"""Run by scripts/test engines spark, in a folder that has the jars."""

import math
import unittest

from pyspark.sql import SparkSession

from trendflex_spark import with_trendflex

CLOSES = [1.0, 3.0, 2.0, 5.0, 4.0, 6.0]


class WithTrendFlexTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.spark = (
            SparkSession.builder.master("local[2]")
            .config("spark.jars", "trendflex.jar,trendflex-spark.jar")
            .config("spark.ui.enabled", False)
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate()
        )
        rows = [(f"S{i % 2}", i // 2, CLOSES[i // 2] * (1 + i % 2)) for i in range(12)]
        cls.bars = cls.spark.createDataFrame(rows[::-1], "symbol string, time long, close double")

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()

    def trends(self, **options):
        table = with_trendflex(self.bars, "symbol", "time", "close", 2, **options)
        self.assertEqual(["symbol", "time", "close", "trendflex_2"], table.columns)
        return [row.trendflex_2 for row in table.where("symbol = 'S0'").orderBy("time").collect()]

    def test_outputs_are_those_of_the_array_form(self):
        self.spark.conf.set(
            "spark.sql.catalog.tf", "io.github.trendflex.spark.TrendFlexCatalog"
        )
        for definition in "vector-ta", "EHLERS":
            expected = self.spark.sql(
                f"SELECT tf.trendflex_or_null(array{tuple(CLOSES)}, 2, 'skip', '{definition}') AS t"
            ).first().t
            self.assertEqual(expected, self.trends(nan_policy="skip", definition=definition))
            self.assertIsNone(expected[0])
            self.assertIsNotNone(expected[-1])

    def test_nan_instead_of_null(self):
        self.assertTrue(math.isnan(self.trends(nan=True)[0]))

    def test_several_periods_and_columns_with_dots(self):
        bars = self.bars.withColumnsRenamed({"symbol": "my.symbol", "close": "my.close"})
        table = with_trendflex(bars, ["`my.symbol`"], "time", "`my.close`", range(2, 4))
        self.assertEqual(
            ["my.symbol", "time", "my.close", "trendflex_2", "trendflex_3"], table.columns
        )
        self.assertEqual(12, len(table.collect()))

    def test_what_acts_as_an_int_is_a_period(self):
        class Two:  # as NumPy's integers are
            def __index__(self):
                return 2

        for periods in Two(), [Two()]:
            table = with_trendflex(self.bars, "symbol", "time", "close", periods)
            self.assertEqual("trendflex_2", table.columns[-1])

    def test_what_is_refused(self):
        text = self.bars.selectExpr("symbol", "string(time) AS time", "close")
        taken = self.bars.withColumnRenamed("time", "TrendFlex_2")
        for message, df, time, periods, options in (
            ("the times in time are strings", text, "time", 2, {}),
            ("has a column TrendFlex_2 already", taken, "TrendFlex_2", [2], {}),
            ("there are no periods", self.bars, "time", [], {}),
            ("period = 0: a period is from 1", self.bars, "time", [2, 0], {}),
            ("period = 2.5: a period is an int", self.bars, "time", [2.5], {}),
            ("period = 2.5: a period is an int", self.bars, "time", 2.5, {}),
            ("period = True: a period is an int", self.bars, "time", True, {}),
            ("period = '2': a period is an int", self.bars, "time", "2", {}),
            ("nan_policy = 'reject'", self.bars, "time", 2, {"nan_policy": "reject"}),
            ("must be 'vector-ta' or 'ehlers'", self.bars, "time", 2, {"definition": "ta"}),
        ):
            with self.subTest(message), self.assertRaisesRegex(ValueError, message):
                with_trendflex(df, "symbol", time, "close", periods, **options)


if __name__ == "__main__":
    unittest.main()
