package io.github.trendflex.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;

class JsonTest {
    record Figures(LocalDate date, List<Figure> allFigures) {}

    record Figure(String name, double atLeast, int bars) {}

    private static final Figures FIGURES =
            new Figures(
                    LocalDate.of(2026, 1, 2),
                    List.of(
                            new Figure("a\n<b> ≤ ü", 1.0927724865676061E-13, 20),
                            new Figure("least", Double.MIN_VALUE, Integer.MAX_VALUE)));

    @TempDir private Path directory;

    @Test
    void readsWhatItWroteToTheBit() throws IOException {
        Path file = directory.resolve("figures.json");
        for (Json json : List.of(Json.CAMEL_CASE, Json.SNAKE_CASE)) {
            json.write(file, FIGURES);
            assertEquals(FIGURES, json.read(file, Figures.class));
        }
    }

    @Test
    void writesALineForEachMember() throws IOException {
        assertEquals(
                """
                {
                  "date" : "2026-01-02",
                  "all_figures" : [ {
                    "name" : "a\\n<b> ≤ ü",
                    "at_least" : 1.0927724865676061E-13,
                    "bars" : 20
                  }, {
                    "name" : "least",
                    "at_least" : 4.9E-324,
                    "bars" : 2147483647
                  } ]
                }\
                """,
                written(Json.SNAKE_CASE));
        assertEquals(
                written(Json.SNAKE_CASE)
                        .replace("all_figures", "allFigures")
                        .replace("at_least", "atLeast"),
                written(Json.CAMEL_CASE));
    }

    @Test
    void aFigureThatIsMissingIsNotZero() throws IOException {
        Path file = directory.resolve("broken.json");
        Files.writeString(file, written(Json.CAMEL_CASE).replace("\"bars\" : 20", "\"bar\" : 20"));
        assertThrows(JacksonException.class, () -> Json.CAMEL_CASE.read(file, Figures.class));
    }

    private String written(Json json) throws IOException {
        Path file = directory.resolve("figures.json");
        json.write(file, FIGURES);
        return Files.readString(file);
    }
}
