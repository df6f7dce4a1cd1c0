package io.github.trendflex.spark;

import static io.github.trendflex.spark.TrendFlexFunctions.trendflex;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.trendflex.TrendFlex;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SessionsTest {
    @Test
    void everySessionHasTheFunctionOnceItIsRegistered() {
        SparkSession first = Local.session();
        try {
            assertComputes(first);
            assertComputes(first.newSession());
            assertComputes(first);
        } finally {
            first.stop();
        }
    }

    @Test
    void aSessionAfterAnotherThatWasStoppedHasTheFunction() {
        for (int i = 0; i < 2; i++) {
            SparkSession session = Local.session();
            try {
                assertComputes(session);
            } finally {
                session.stop();
            }
        }
    }

    private static void assertComputes(SparkSession session) {
        TrendFlexFunctions.register(session);
        double[] outputs =
                session
                        .range(1)
                        .select(trendflex(expr("array(1d, 3d, 2d, 5d)"), 2))
                        .first()
                        .<Double>getList(0)
                        .stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray();
        assertArrayEquals(TrendFlex.of(2).compute(new double[] {1, 3, 2, 5}), outputs);
    }
}
