package io.github.trendflex.cli.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `compute` makes of CSV of all kinds. At period 2 the third and the fourth of four rows have
/// values.
class CsvInputTest {
    private static final double[] VALUES =
            TrendFlex.of(2).compute(new double[] {100, 101.5, 99.25, 102});

    @TempDir private Path folder;

    /// The prices stand where the header has a star; everywhere else is other text.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open,close*,high | ",
                "open,CLOSE*,high | ",
                "Close,close*     | ",
                "price*           | ",
                "open*,close      | --column=open",
                "open*,close      | --column=OPEN",
                "2,1,0*           | --column=0",
                "2*,1,0           | --column-index=0",
                "close,close*     | --column-index=1",
                "a, b*            | --column=b",
                "Größe*,Wert      | --column=Größe",
            })
    void thePricesAreFoundAndAllColumnsPassThrough(String header, @Nullable String option) {
        int columns = header.split(",", -1).length;
        int column = header.substring(0, header.indexOf('*')).split(",", -1).length - 1;
        String names = header.replace("*", "");
        String[] rows =
                Stream.of("100", "101.5", "99.25", "102")
                        .map(price -> row(columns, column, price))
                        .toArray(String[]::new);
        assertEquals(
                new Cli.Result(0, result(names, rows), ""),
                compute(names + "\n" + String.join("\n", rows), option));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2", "+100", "100.", "00100.0", " 100 ", "1000E-1"})
    void aPriceIsAnyDecimalNumberAndStaysAsItIsWritten(String price) {
        String text = "close\n%s\n101.5\n99.25\n102\n".formatted(price);
        assertEquals(result("close", price, "101.5", "99.25", "102"), compute(text).out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "NaN", "nan", " NAN ", "null", "Null", "NA", "n/a", "N/A", "#N/A", "None",
                "nil", ".", "-", "--"
            })
    void anEmptyFieldOrAUsualWordIsAMissingPrice(String missing) {
        String text = "a,close\n1,%s\n2,100\n3,101.5\n4,99.25\n5,102\n".formatted(missing);
        String expected =
                "a,close,trendflex_2\n1,%s,\n2,100,\n3,101.5,\n4,99.25,%s\n5,102,%s\n"
                        .formatted(missing, VALUES[2], VALUES[3]);
        assertEquals(new Cli.Result(0, expected, ""), compute(text));
    }

    @Test
    void anEmptyLineOfOneColumnIsAMissingPrice() {
        String expected =
                "close,trendflex_2\n,\n100,\n101.5,\n99.25,%s\n102,%s\n"
                        .formatted(VALUES[2], VALUES[3]);
        assertEquals(expected, compute("close\n\n100\n101.5\n99.25\n102\n").out());
    }

    @Test
    void emptyLinesBehindRowsOfManyColumnsArePassedOver() {
        assertEquals(
                result("a,close", "1,100", "1,101.5", "1,99.25", "1,102"),
                compute("a,close\n1,100\n1,101.5\n1,99.25\n1,102\n\n\n").out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-header", "--no-header --column-index=0"})
    void withoutAHeaderTheFirstLineIsARow(String option) {
        String expected = "100,\n101.5,\n99.25,%s\n102,%s\n".formatted(VALUES[2], VALUES[3]);
        assertEquals(
                new Cli.Result(0, expected, ""),
                compute("100\n101.5\n99.25\n102\n", option.split(" ", -1)));
    }

    @Test
    void quotedFieldsPassThrough() {
        String note = "\"May 1, \"\"2024\"\"\nnoon\"";
        assertEquals(
                result("close,a note", "100," + note, "101.5,", "99.25,x", "102,y"),
                compute(
                                "close,a note\r\n\"100\",%s\r\n101.5,\r\n99.25,\"x\"\r\n102,y"
                                        .formatted(note))
                        .out());
    }

    @Test
    void bytesPassThroughInAnyEncoding() throws IOException {
        String in =
                Samples.write(
                        folder.resolve("in.csv"),
                        "é,close\nß,100\nü,101.5\nÿ,99.25\n\u0080,102\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
        Path out = folder.resolve("out.csv");
        Cli.run("compute", in, "--period=2", "-o", out.toString());
        assertEquals(
                result("é,close", "ß,100", "ü,101.5", "ÿ,99.25", "\u0080,102"),
                Files.readString(out, StandardCharsets.ISO_8859_1));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() {
        assertEquals(
                result("close,a", "100,1", "101.5,1", "99.25,1", "102,1"),
                compute("\ufeffclose,a\n100,1\n101.5,1\n99.25,1\n102,1\n").out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                   |                  | the file is empty",
                "date,open;1,2        | --column-index=2 | --column-index 2: the last index is 1",
                "date,open;1,2        | --no-header      | there are 2 columns: say --column-index N",
                "close,close;1,2      |                  | columns [0, 1] are all named 'close': say --column-index N",
                "Close,CLOSE;1,2      | --column=close   | columns [0, 1] are all named 'close': say --column-index N",
                "close;1;x;3          |                  | line 3, column 'close': not a price: 'x'",
                "a,close;1,2;1,\"a;b\" |                  | line 3, column 'close': not a price: 'a b'",
                "\";\",close;1,2;1,=   |                  | line 4, column 'close': not a price: '='",
                "終値;1;x             |                  | line 3, column '終値': not a price: 'x'",
                "a,a;1,x              | --column-index=1 | line 2, column 1: not a price: 'x'",
                "a,;1,x               | --column-index=1 | line 2, column 1: not a price: 'x'",
                "close;1,000.5        |                  | line 2: 2 fields, but 1 in the first line",
                "a,close;1            |                  | line 2: 1 fields, but 2 in the first line",
                "a,close;1,2;;;1,3    |                  | line 3 is empty, and rows follow: remove it, or give it 2 fields",
                "a,close;;1,2         |                  | line 2 is empty, and rows follow: remove it, or give it 2 fields",
                "a,close;1,\"2;3       | | Unclosed quoted field at end of input (record starting at line 2)",
                "a,close;1,\"2\"x | | Unexpected character after closing quote: 'x' (0x78) (record starting at line 2)",
            })
    void badTextIsNamedWithItsPlace(String linesOfText, @Nullable String option, String message) {
        Cli.Result result = compute(linesOfText.replace(';', '\n'), option);
        assertEquals(new Cli.Result(1, "", "trendflex: standard input: " + message + "\n"), result);
    }

    @ParameterizedTest
    @CsvSource({"close,", "o,--column=o"})
    void aColumnThatIsNotThereIsNamedWithThoseThatAre(String name, @Nullable String option) {
        String message =
                "there is no column '%s': say --column NAME, one of [date, open]".formatted(name);
        Cli.Result result = compute("date,open\n1,2\n", option);
        assertEquals(new Cli.Result(1, "", "trendflex: standard input: " + message + "\n"), result);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1d",
                "1f",
                "0x1p3",
                "Infinity",
                "-inf",
                "+NaN",
                "5%",
                "1.2.3",
                "1e",
                "--1",
                "1 2",
                "\u0661",
                "nul"
            })
    void whatIsNoDecimalNumberIsNoPrice(String field) {
        Cli.Result result = compute("close\n1\n\"%s\"\n".formatted(field));
        assertEquals(1, result.exitCode());
        assertEquals(
                "trendflex: standard input: line 3, column 'close': not a price: '%s'\n"
                        .formatted(field),
                result.err());
    }

    private static String row(int columns, int column, String price) {
        String[] fields = new String[columns];
        for (int i = 0; i < columns; i++) {
            fields[i] = i == column ? price : "ä" + i;
        }
        return String.join(",", fields);
    }

    /// The result for four rows.
    private static String result(String header, String... rows) {
        return "%s,trendflex_2\n%s,\n%s,\n%s,%s\n%s,%s\n"
                .formatted(header, rows[0], rows[1], rows[2], VALUES[2], rows[3], VALUES[3]);
    }

    private static Cli.Result compute(String text, @Nullable String... options) {
        Stream<String> given = Stream.of(options).filter(Objects::nonNull);
        return Cli.runWithInput(
                text,
                Stream.concat(Stream.of("compute", "-", "--period=2"), given)
                        .toArray(String[]::new));
    }
}
