package io.github.trendflex.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    @ParameterizedTest
    @CsvSource({
        "2024-03-01,                         2024-03-01T00:00:00Z",
        "20240301,                           2024-03-01T00:00:00Z",
        "2024-03-01T09:30,                   2024-03-01T09:30:00Z",
        "2024-03-01 09:30:15,                2024-03-01T09:30:15Z",
        "2024-03-01t09:30:15.123456789z,     2024-03-01T09:30:15.123456789Z",
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
        assertEquals(ChronoUnit.NANOS.between(Instant.EPOCH, time), TimeText.parse(text));
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
                "20241301",
                "9999-01-01",
                "-5",
                "1.5",
                "99999999999999999999",
                "2024-03-01T",
                "09:30"
            })
    void otherTextIsNoTime(String text) {
        NumberFormatException e =
                assertThrows(NumberFormatException.class, () -> TimeText.parse(text));
        assertEquals("not a time: '" + text + "'", e.getMessage());
    }
}
