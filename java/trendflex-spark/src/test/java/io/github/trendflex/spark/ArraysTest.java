package io.github.trendflex.spark;

import static io.github.trendflex.spark.Expected.assertSameBits;
import static io.github.trendflex.spark.Local.nullable;
import static io.github.trendflex.spark.Local.rootCause;
import static io.github.trendflex.spark.Local.table;
import static io.github.trendflex.spark.TrendFlexFunctions.trendflex;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

class ArraysTest {
    private static final StructField PRICES = nullable("prices", createArrayType(DoubleType));
    private static final StructField PERIOD = nullable("period", IntegerType);
    private static final int[] LENGTHS = {0, 1, 7, 20, 21, 22, 40, 333, 2000};

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = Local.session();
        TrendFlexFunctions.register(spark);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @ParameterizedTest
    @CsvSource({"PROPAGATE, VECTOR_TA", "PROPAGATE, EHLERS", "SKIP, VECTOR_TA", "SKIP, EHLERS"})
    void anArrayGetsTheBitsOfTheLibrary(NanPolicy nanPolicy, Definition definition) {
        List<Row> rows = series(1);
        Column trend =
                trendflex(
                        col("prices"),
                        col("period"),
                        lit(nanPolicy.name()),
                        lit(definition.name()));
        for (Row row : table(spark, rows, PRICES, PERIOD).withColumn("t", trend).collectAsList()) {
            TrendFlex calculator =
                    TrendFlex.of(row.getInt(1)).withNanPolicy(nanPolicy).withDefinition(definition);
            List<@Nullable Double> prices = row.getList(0);
            assertSameBits(
                    Expected.outputs(calculator, prices),
                    row.getList(2),
                    "%s, %s prices".formatted(calculator, prices.size()));
        }
    }

    @ParameterizedTest
    @CsvSource({"PROPAGATE, VECTOR_TA", "PROPAGATE, EHLERS", "SKIP, VECTOR_TA", "SKIP, EHLERS"})
    void aSweepGetsTheBitsOfTheLibrary(NanPolicy nanPolicy, Definition definition) {
        int[] periods = {20, 5, 21, 5, 1, 300};
        Column trend =
                trendflex(
                        col("prices"),
                        array(Arrays.stream(periods).mapToObj(p -> lit(p)).toArray(Column[]::new)),
                        lit(nanPolicy.name()),
                        lit(definition.name()));
        for (Row row :
                table(spark, series(2), PRICES, PERIOD).withColumn("t", trend).collectAsList()) {
            List<@Nullable Double> prices = row.getList(0);
            List<Seq<Double>> sweep = row.getList(2);
            assertEquals(periods.length, sweep.size());
            for (int i = 0; i < periods.length; i++) {
                TrendFlex calculator =
                        TrendFlex.of(periods[i])
                                .withNanPolicy(nanPolicy)
                                .withDefinition(definition);
                assertSameBits(
                        Expected.outputs(calculator, prices),
                        CollectionConverters.asJava(sweep.get(i)),
                        "%s, %s prices".formatted(calculator, prices.size()));
            }
        }
    }

    @Test
    void theDefaultsAreThoseOfTheLibrary() {
        List<@Nullable Double> gappy = new ArrayList<>(Expected.prices(new Random(3), 100));
        gappy.set(50, null);
        Row row = only(one(gappy, 21).withColumn("t", trendflex(col("prices"), 21)));
        assertSameBits(Expected.outputs(TrendFlex.of(21), gappy), row.getList(2), "defaults");
    }

    @Test
    void sqlKnowsTheFunction() {
        Row row =
                only(
                        spark.sql(
                                "SELECT trendflex.trendflex(array(1, 2, 3, 4), 2),"
                                        + " trendflex.trendflex(array(1, 2, 3, 4), sequence(1, 2))"));
        List<@Nullable Double> ramp = List.of(1.0, 2.0, 3.0, 4.0);
        assertSameBits(Expected.outputs(TrendFlex.of(2), ramp), row.getList(0), "period 2");
        List<Seq<Double>> sweep = row.getList(1);
        assertSameBits(
                Expected.outputs(TrendFlex.of(1), ramp),
                CollectionConverters.asJava(sweep.get(0)),
                "period 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"float", "int", "decimal(10, 2)"})
    void otherNumbersAreCast(String type) {
        Row row =
                only(
                        spark.sql(
                                ("SELECT trendflex.trendflex(cast(array(1, 2, null, 4, 5, 6) AS"
                                                + " array<%s>), 2, 'skip')")
                                        .formatted(type)));
        assertSameBits(
                Expected.outputs(
                        TrendFlex.of(2).withNanPolicy(NanPolicy.SKIP),
                        Arrays.asList(1.0, 2.0, null, 4.0, 5.0, 6.0)),
                row.getList(0),
                type);
    }

    @Test
    void anArgumentThatIsNullGivesNull() {
        for (String arguments :
                List.of(
                        "cast(null AS array<double>), 2",
                        "array(1, 2, 3), cast(null AS int)",
                        "cast(null AS array<double>), sequence(1, 2)",
                        "array(1, 2, 3), cast(null AS array<int>)",
                        "array(1, 2, 3), 2, cast(null AS string)")) {
            assertTrue(only(sql(arguments)).isNullAt(0), arguments);
        }
    }

    @Test
    void noPeriodsGiveNoRows() {
        assertEquals(
                List.of(), only(sql("array(1, 2, 3), cast(array() AS array<int>)")).getList(0));
    }

    @Test
    void whatTheLibraryRefusesFailsTheQuery() {
        assertRefused(Refusal.INVALID_PERIOD, "array(1, 2, 3), 0");
        assertRefused(Refusal.INVALID_PERIOD, "array(1, 2, 3), array(1, 0)");
        assertRefused(Refusal.MISSING_PRICE, "array(1, 2, null, 4), 2, 'REJECT'");
        assertRefused(Refusal.MISSING_PRICE, "array(1, 2, null, 4), array(2), 'REJECT'");
        assertRefused(Refusal.MISSING_PRICE, "array(1, null, 4), 20, 'REJECT'");
        assertRefused(Refusal.MISSING_PRICE, "array(1, null, 4), array(20, 30), 'REJECT'");
    }

    @Test
    void optionsThatDoNotExistFailTheQuery() {
        assertEquals(
                "argument 3 = 'IGNORE': it must be one of [PROPAGATE, SKIP, REJECT]",
                rootCause(failure("array(1, 2, 3), 2, 'IGNORE'")).getMessage());
        assertEquals(
                "argument 4 = 'TA_LIB': it must be one of [VECTOR_TA, EHLERS]",
                rootCause(failure("array(1, 2, 3), 2, 'SKIP', 'TA_LIB'")).getMessage());
        assertEquals(
                "periods[1] is null",
                rootCause(failure("array(1, 2, 3), array(2, null)")).getMessage());
    }

    @Test
    void argumentsThatAreNoneFailTheAnalysis() {
        for (String arguments :
                List.of("array(1, 2)", "array(1), 2, 'SKIP', 'EHLERS', 5", "array(map(1, 2)), 2")) {
            assertThrows(AnalysisException.class, () -> sql(arguments), arguments);
        }
        assertThrows(AnalysisException.class, () -> spark.sql("SELECT trendflex.reflex(1, 2)"));
        assertThrows(
                AnalysisException.class, () -> spark.sql("SELECT trendflex.a.trendflex(1, 2)"));
    }

    @Test
    void periodsThatAreNoIntegersAreRefused() {
        for (String period : List.of("2.9", "2.9d", "2f", "'2'", "array(2, 2.9)")) {
            assertThrows(AnalysisException.class, () -> sql("array(1, 2, 3), " + period), period);
        }
    }

    @Test
    void periodsThatAreTooLargeAreRefusedAndDoNotWrap() {
        for (String arguments :
                List.of("array(1, 2, 3), 4294967298", "array(1, 2, 3), array(1, 4294967298)")) {
            assertEquals(
                    "period = 4294967298: a period is from 1 to 2147483647",
                    rootCause(failure(arguments)).getMessage());
        }
    }

    @Test
    void theCatalogMayHaveAnotherName() {
        SparkSession other = spark.newSession();
        TrendFlexFunctions.register(other, "tf");
        Row row = other.sql("SELECT tf.trendflex(array(1, 2, 3, 4), 2) AS trend").first();
        assertSameBits(
                Expected.outputs(TrendFlex.of(2), List.of(1.0, 2.0, 3.0, 4.0)),
                row.getList(0),
                "tf");
    }

    @Test
    void theCommandLinesSpellingOfAnOptionIsKnown() {
        assertSameBits(
                Expected.outputs(TrendFlex.of(2), List.of(1.0, 2.0, 3.0, 4.0)),
                only(sql("array(1, 2, 3, 4), 2, 'skip', 'vector-ta'")).getList(0),
                "vector-ta");
    }

    @Test
    void aFunctionHasOneCanonicalNameInAllCatalogs() {
        StructType arguments =
                new StructType().add("prices", createArrayType(DoubleType)).add("period", LongType);
        assertEquals(
                "io.github.trendflex.trendflex(array<double>,bigint)",
                new TrendFlexFunction(false).bind(arguments).canonicalName());
        assertEquals(
                "io.github.trendflex.trendflex_or_null(array<double>,bigint)",
                new TrendFlexFunction(true).bind(arguments).canonicalName());
    }

    @Test
    void whereThereIsNoNumberTheOtherFunctionGivesNull() {
        String prices = "array(1, 3, 2, 5, null, 4)";
        Row row =
                only(
                        spark.sql(
                                ("SELECT trendflex.trendflex(%1$s, 2), trendflex.trendflex_or_null(%1$s,"
                                                + " 2), trendflex.trendflex_or_null(%1$s, array(2, 9))")
                                        .formatted(prices)));
        List<@Nullable Double> expected =
                row.<Double>getList(0).stream().map(Local::numberOrNull).toList();
        List<Seq<Double>> sweep = row.getList(2);
        assertEquals(expected, row.getList(1));
        assertEquals(expected, CollectionConverters.asJava(sweep.get(0)));
        assertEquals(Collections.nCopies(6, null), CollectionConverters.asJava(sweep.get(1)));
    }

    @Test
    void arraysWithNullsAreEqualIfTheirNumbersAre() {
        assertEquals(
                1,
                spark.sql(
                                "SELECT DISTINCT trendflex.trendflex_or_null(prices, 2) AS trend FROM"
                                        + " VALUES (array(1, 3, 2)), (array(1, 3, 2)) AS series(prices)")
                        .count());
    }

    @Test
    void aCatalogOfThatNameIsNotReplaced() {
        SparkSession other = spark.newSession();
        other.conf().set("spark.sql.catalog.trendflex", "com.example.Catalog");
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> TrendFlexFunctions.register(other));
        assertEquals(
                "spark.sql.catalog.trendflex = com.example.Catalog: the name is taken",
                refused.getMessage());
    }

    private static List<Row> series(long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int length : LENGTHS) {
            for (int period : new int[] {1, 20, 21}) {
                rows.add(RowFactory.create(Expected.prices(random, length), period));
            }
        }
        rows.add(RowFactory.create(Arrays.asList(null, Double.NaN, null), 1));
        return rows;
    }

    private static Dataset<Row> one(List<@Nullable Double> prices, int period) {
        return table(spark, List.of(RowFactory.create(prices, period)), PRICES, PERIOD);
    }

    private static Dataset<Row> sql(String arguments) {
        return spark.sql("SELECT trendflex.trendflex(%s)".formatted(arguments));
    }

    private static Row only(Dataset<Row> table) {
        List<Row> rows = table.collectAsList();
        assertEquals(1, rows.size());
        return rows.getFirst();
    }

    private static Exception failure(String arguments) {
        return assertThrows(Exception.class, () -> sql(arguments).collectAsList(), arguments);
    }

    private static void assertRefused(Refusal error, String arguments) {
        TrendFlexException refused =
                assertInstanceOf(TrendFlexException.class, rootCause(failure(arguments)));
        assertEquals(error, refused.reason(), arguments);
    }
}
