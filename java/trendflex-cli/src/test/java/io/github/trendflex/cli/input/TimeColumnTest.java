package io.github.trendflex.cli.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
        "2024.03.01,                         2024-03-01T00:00:00Z",
        "2024/3/1 9:30,                      2024-03-01T09:30:00Z",
        "03/31/2024,                         2024-03-31T00:00:00Z",
        "31/03/2024,                         2024-03-31T00:00:00Z",
        "31.3.2024 21:30,                    2024-03-31T21:30:00Z",
        "3/3/2024,                           2024-03-03T00:00:00Z",
        "03/31/2024 09:30:15 PM,             2024-03-31T21:30:15Z",
        "'3/31/2024, 12:05 am',              2024-03-31T00:05:00Z",
        "2024-03-01 12-PM,                   2024-03-01T12:00:00Z",
        "2024-03-01 09:30:15 America/New_York,                 2024-03-01T14:30:15Z",
        "2024-07-01T09:30:15-04:00[America/New_York],          2024-07-01T13:30:15Z",
        "2024-03-01 09:30 UTC,               2024-03-01T09:30:00Z",
    })
    void datesAndNumbersAreTimes(String text, Instant time) {
        assertArrayEquals(new long[] {nanos(time)}, times(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "02/30/2024",
                "31/13/2024",
                "13/13/2024",
                "2024-03-01 13:00 PM",
                "2024-03-01 00:30 AM",
                "2024-03-01 09",
                "2024.03/01",
                "03/31/24",
                "2024-03-01 09:30 IST",
                "2024-03-10 02:30 America/New_York",
                "2024-11-03 01:30 America/New_York",
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
        column.add(first, 1);
        NumberFormatException e =
                assertThrows(NumberFormatException.class, () -> column.add(second, 1));
        assertEquals(
                "'%s' is a %s, and the times before it are %s".formatted(second, kind, others),
                e.getMessage());
        column.add(first, 1);
        long[] times = column.nanos();
        assertArrayEquals(new long[] {times[0], TimeColumn.UNKNOWN, times[0]}, times);
    }

    /// Fields that may mean two days, before one that decides and after it.
    @ParameterizedTest
    @CsvSource({
        "1/2/2024, 1/3/2024, 1/13/2024, 2024-01-02",
        "1/2/2024, 1/3/2024, 13/4/2024, 2024-02-01"
    })
    void aPartAboveTwelveDecidesForTheColumn(String a, String b, String decisive, LocalDate day) {
        long first = nanos(day.atStartOfDay().toInstant(ZoneOffset.UTC));
        assertEquals(first, times(a, b, decisive)[0]);
        assertEquals(first, times(decisive, b, a)[2]);
        assertEquals(first, times("2023-01-01", a, decisive)[1]);
        boolean dayFirst = decisive.startsWith("13");
        TimeColumn said = new TimeColumn(TimeFormat.of(dayFirst ? "dmy" : "mdy"));
        said.add(a, 1);
        assertArrayEquals(new long[] {first}, said.nanos());
        TimeColumn other = new TimeColumn(TimeFormat.of(dayFirst ? "mdy" : "dmy"));
        NumberFormatException e =
                assertThrows(NumberFormatException.class, () -> other.add(decisive, 1));
        assertEquals(
                "'%s' has the %s first".formatted(decisive, dayFirst ? "day" : "month"),
                e.getMessage());
    }

    @Test
    void whatNoPartDecidesIsUnclear() {
        TimeColumn column = new TimeColumn();
        column.add("2024-01-01", 2);
        column.add("5/5/2024", 3);
        assertNull(column.unclear());
        column.add("1/2/2024", 4);
        column.add("6/6/2024", 5);
        column.add("1/3/2024", 6);
        assertEquals(
                new TimeColumn.Unclear(
                        4,
                        "'1/2/2024' may have the day or the month first: say --time-format dmy or --time-format mdy",
                        2),
                column.unclear());
        assertArrayEquals(
                new long[] {
                    nanos(Instant.parse("2024-01-01T00:00:00Z")),
                    nanos(Instant.parse("2024-05-05T00:00:00Z")),
                    TimeColumn.UNKNOWN,
                    nanos(Instant.parse("2024-06-06T00:00:00Z")),
                    TimeColumn.UNKNOWN
                },
                column.nanos());
    }

    @Test
    void oneDecisivePartMakesAllClear() {
        TimeColumn column = new TimeColumn();
        column.add("1/2/2024", 2);
        column.add("1/13/2024", 3);
        assertNull(column.unclear());
        NumberFormatException e =
                assertThrows(NumberFormatException.class, () -> column.add("14/1/2024", 4));
        assertEquals("'14/1/2024' has the day first, and '1/13/2024' has not", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "MMM d yyyy, Mar 1 2024, 2024-03-01T00:00:00Z",
        "d-MMM-yy HH:mm, 01-mar-24 09:30, 2024-03-01T09:30:00Z",
        "yyyyMMddHHmm, 202403010930, 2024-03-01T09:30:00Z",
        "dd/MM/yyyy hh:mm a, 01/03/2024 09:30 PM, 2024-03-01T21:30:00Z",
        "uuuu-MM-dd HH:mm VV, 2024-03-01 09:30 America/New_York, 2024-03-01T14:30:00Z",
    })
    void aPatternSaysHowTimesAreWritten(String pattern, String text, Instant time) {
        TimeColumn column = new TimeColumn(TimeFormat.of(pattern));
        column.add(text, 1);
        assertThrows(NumberFormatException.class, () -> column.add("30/02/2024", 1));
        assertThrows(NumberFormatException.class, () -> column.add("1709285400", 1));
        assertArrayEquals(
                new long[] {nanos(time), TimeColumn.UNKNOWN, TimeColumn.UNKNOWN}, column.nanos());
    }

    private static long nanos(Instant time) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, time);
    }

    private static long[] times(String... fields) {
        TimeColumn column = new TimeColumn();
        for (String field : fields) {
            column.add(field, 1);
        }
        return column.nanos();
    }
}
