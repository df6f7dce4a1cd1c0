package io.github.trendflex.cli.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTickTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2017-07-24T00:00:00Z | 2024-08-30T00:00:00Z | 2018 2019 2020 2021 2022 2023 2024",
                "1962-01-01T00:00:00Z | 2024-08-30T00:00:00Z | 1965 1970 1975 1980 1985 1990 1995 2000 2005 2010 2015 2020",
                "2023-11-15T00:00:00Z | 2024-04-02T00:00:00Z | 2023-12 2024-01 2024-02 2024-03 2024-04",
                "2024-02-27T12:00:00Z | 2024-03-02T00:00:00Z | 02-27 12:00, 02-28 00:00, 02-28 12:00, 02-29 00:00, 02-29 12:00, 03-01 00:00, 03-01 12:00, 03-02 00:00",
                "2024-02-27T09:31:00Z | 2024-02-27T09:34:00Z | 09:31:00.000 09:31:15.000 09:31:30.000 09:31:45.000 09:32:00.000 09:32:15.000 09:32:30.000 09:32:45.000 09:33:00.000 09:33:15.000 09:33:30.000 09:33:45.000 09:34:00.000",
            })
    void timesAreMarkedWhereTheyBegin(Instant first, Instant last, String labels) {
        String separator = labels.contains(", ") ? ", " : " ";
        assertEquals(
                labels,
                AxisTick.times(first.toEpochMilli(), last.toEpochMilli()).stream()
                        .map(AxisTick::label)
                        .collect(Collectors.joining(separator)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3      | 0 1 2 3",
                "15577  | 0 2,000 4,000 6,000 8,000 10,000 12,000 14,000",
                "60     | 0 5 10 15 20 25 30 35 40 45 50 55 60",
                "120    | 0 10 20 30 40 50 60 70 80 90 100 110 120",
                "2147483647 | 0 200,000,000 400,000,000 600,000,000 800,000,000 1,000,000,000 1,200,000,000 1,400,000,000 1,600,000,000 1,800,000,000 2,000,000,000",
            })
    void barsAreMarkedAtRoundNumbers(int last, String labels) {
        assertEquals(
                labels,
                AxisTick.numbers(0, last).stream()
                        .map(AxisTick::label)
                        .collect(Collectors.joining(" ")));
    }
}
