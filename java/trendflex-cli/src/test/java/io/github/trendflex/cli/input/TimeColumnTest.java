package io.github.trendflex.cli.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeColumnTest {
    @ParameterizedTest
    @CsvSource({
        "2024-03-01,                         2024-03-01T00:00:00Z",
        "20240301,                           2024-03-01T00:00:00Z",
        "2024-03-01T09:30,                   2024-03-01T09:30:00Z",
        "2024-03-01 09:30:15,                2024-03-01T09:30:15Z",
        "2024-03-01t09:30:15.123456789z,     2024-03-01T09:30:15.123456789Z",
        "1969-12-31T23:59:58,                1969-12-31T23:59:58Z",
        "2024-03-01 09:30:15 +01:00,         2024-03-01T08:30:15Z",
        "2024-03-01T09:30:15-05:00,          2024-03-01T14:30:15Z",
        "1709285400,                         2024-03-01T09:30:00Z",
        "1709285400123,                      2024-03-01T09:30:00.123Z",
        "1709285400123456,                   2024-03-01T09:30:00.123456Z",
        "1709285400123456789,                2024-03-01T09:30:00.123456789Z",
        "0,                                  1970-01-01T00:00:00Z",
        "' 2024-03-01 ',                     2024-03-01T00:00:00Z",
    })
    void datesAndNumbersAreTimes(String text, Instant time) {
        assertArrayEquals(new long[] {nanos(time)}, times(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "03/01/2024",
                "2024-3-1",
                "2024-02-30",
                "2024-03-01T25:00",
                "2024-03-01T09:30:60",
                "2024-03-01X09:30:15",
                "2024-13-01T09:30:15",
                "20241301",
                "9999-01-01",
                "-5",
                "1.5",
                "99999999999999999999",
                "2024-03-01T",
                "09:30"
            })
    void otherTextIsNoTime(String text) {
        NumberFormatException e = assertThrows(NumberFormatException.class, () -> times(text));
        assertEquals("not a time: '" + text + "'", e.getMessage());
    }

    /// The unit is that of the whole column: the longest in which no time is after 2262.
    @ParameterizedTest
    @CsvSource({
        "9223372036,          1000000000",
        "9223372037,          1000000",
        "1709285400123,       1000000",
        "1709285400123456,    1000",
        "1709285400123456789, 1",
    })
    void allCountsOfAColumnHaveTheUnitOfTheLargest(long largest, long unit) {
        assertArrayEquals(
                new long[] {0, 604_800_000 * unit, largest * unit, 86_400 * unit},
                times("0", "604800000", Long.toString(largest), "86400"));
    }

    @Test
    void datesMayBeWrittenInSeveralWays() {
        long day = nanos(Instant.parse("2024-03-01T00:00:00Z"));
        assertArrayEquals(
                new long[] {day, day, day}, times("20240301", "2024-03-01", "2024-03-01T00:00"));
    }

    @ParameterizedTest
    @CsvSource({
        "20240301, 1709285400, count, dates",
        "1709285400, 20240301, date, counts",
        "9999999, 2024-03-01, date, counts",
    })
    void datesAndCountsDoNotMix(String first, String second, String kind, String others) {
        TimeColumn column = new TimeColumn();
        column.add(first);
        NumberFormatException e =
                assertThrows(NumberFormatException.class, () -> column.add(second));
        assertEquals(
                "'%s' is a %s, and the times before it are %s".formatted(second, kind, others),
                e.getMessage());
        column.add(first);
        long[] times = column.nanos();
        assertArrayEquals(new long[] {times[0], TimeColumn.UNKNOWN, times[0]}, times);
    }

    private static long nanos(Instant time) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, time);
    }

    private static long[] times(String... fields) {
        TimeColumn column = new TimeColumn();
        for (String field : fields) {
            column.add(field);
        }
        return column.nanos();
    }
}
