package io.github.trendflex.cli.input;

import static io.github.trendflex.cli.Samples.bits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Npy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files as vendors and spreadsheets write them, and beside each kind a file that is so alike that
/// only a person can tell what it means. A line ends at ¶, and ~ is a tab.
class PriceFilesTest {
    private static final double[] PRICES = {1234.5, 1236.25, 1233, 1237.75};

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                // Spreadsheets where the comma is before the decimals.
                "Datum;Close¶2.1.;1234,5¶3.1.;1236,25¶4.1.;1233¶5.1.;1237,75 | ``",
                "Datum;Close¶2.1.;1.234,50¶3.1.;1.236,25¶4.1.;1.233,00¶5.1.;1.237,75 | ``",
                "Datum;Close¶2.1.;1 234,50¶3.1.;1 236,25¶4.1.;1 233¶5.1.;1 237,75 | ``",
                "Datum;Close¶2.1.;1'234.50¶3.1.;1'236.25¶4.1.;1'233¶5.1.;1'237.75 | ``",
                "Datum;Close¶2.1.;1\u00A0234,50¶3.1.;1\u202F236,25¶4.1.;1233¶5.1.;1237,75 | ``",
                "Datum,Close¶2.1.,\"1.234,50\"¶3.1.,\"1.236,25\"¶4.1.,\"1.233\"¶5.1.,\"1.237,75\" | ``",
                // One value decides for all: those before it, too.
                "a;close¶1;1.233¶1;1.234,5¶1;1.236,25¶1;1.233¶1;1.237,75 | +",
                "a;close¶1;1,233¶1;1,234.5¶1;1,236.25¶1;1,233¶1;1,237.75 | +",
                // Signs of currencies.
                "a,close¶1,$1234.5¶1,\"$1,236.25\"¶1,$ 1233¶1,+$1237.75 | ``",
                "a;close¶1;1.234,5 €¶1;€1.236,25¶1;1233€¶1;1237,75 | ``",
                // Terminals write tabs and names in brackets.
                "<DATE>~<OPEN>~<CLOSE>¶2024.01.02~1~1234.5¶2024.01.03~1~1236.25¶2024.01.04~1~1233¶2024.01.05~1~1237.75 | ``",
                "a|close¶1|1234.5¶1|1236.25¶1|1233¶1|1237.75 | ``",
                "a;b,close¶1;2,1234.5¶1;2,1236.25¶1;2,1233¶1;2,1237.75 | ``",
                // What is said.
                "a,b;close¶1,2;1234.5¶1,2;1236.25¶1,2;1233¶1,2;1237.75 | --separator=; --decimal=.",
                "a~close¶1~1234,5¶1~1236,25¶1~1233¶1~1237,75 | --separator=tab --decimal=,",
            })
    void thePricesAreThoseThatArePlainlyMeant(String lines, String options) {
        boolean more = options.equals("+");
        double[] prices = PRICES;
        if (more) {
            prices = new double[] {1233, 1234.5, 1236.25, 1233, 1237.75};
        }
        double[] values = values(lines, more ? "" : options);
        assertArrayEquals(bits(TrendFlex.of(2).compute(prices)), bits(values));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "a;close¶1;1,234¶1;2,345¶1;3,456 | line 2, column 'close': '1,234' may be 1234.0 or 1.234, and no price of the column tells which: say --decimal . or --decimal ,",
                "a;close¶1;1.234¶1;2.345¶1;3 | line 2, column 'close': '1.234' may be 1.234 or 1234.0, and no price of the column tells which: say --decimal . or --decimal ,",
                "a,close¶1,2.345¶1,\"1,234\"¶1,3 | line 3, column 'close': '1,234' may be 1234.0 or 1.234, and no price of the column tells which: say --decimal . or --decimal ,",
                // Where a comma separates, numbers elsewhere may show that the point is no decimal
                // point.
                "close,change¶1.234,\"-1,35%\"¶987,\"1,35%\" | line 2, column 'close': '1.234' may be 1.234 or 1234.0, and no price of the column tells which: say --decimal . or --decimal ,",
                // A number with a power is not in groups.
                "a;close¶1;1.234E5¶1;2,5 | lines 2 and 3, column 'close': one of '1.234E5' and '2,5' has a decimal comma, the other a decimal point",
                "a;close¶1;1.5¶1;2¶1;2,5 | lines 2 and 4, column 'close': one of '1.5' and '2,5' has a decimal comma, the other a decimal point",
                "a;close¶1;1,25¶1;2.345,5¶1;2,345.5 | lines 2 and 4, column 'close': one of '1,25' and '2,345.5' has a decimal comma, the other a decimal point",
                "a;close¶1;1,25¶1;2%¶1;3 | line 3, column 'close': not a price: '2%'",
                "a;close¶1;1,25¶1;2.34,5¶1;3 | line 3, column 'close': not a price: '2.34,5'",
                "a;close¶1;1,25¶1;1.234 567¶1;3 | line 3, column 'close': not a price: '1.234 567'",
                "a;close¶1;1,25¶1;0.123.456¶1;3 | line 3, column 'close': not a price: '0.123.456'",
                "a;close¶1;1,25¶1;$3€¶1;3 | line 3, column 'close': not a price: '$3€'",
                "a;close¶1;1,25¶1;-$-3¶1;3 | line 3, column 'close': not a price: '-$-3'",
                "a;close¶1;1,25¶1;€¶1;3 | line 3, column 'close': not a price: '€'",
                "a;close¶1;1,25¶1;USD 3¶1;3 | line 3, column 'close': not a price: 'USD 3'",
                "a;close¶1;1,5¶1;2¶1 | line 4: 1 fields, but 2 in the first line",
                "Datum;Schluss¶1;1,5¶1;2 | there is no column 'close': say --column NAME, one of [Datum, Schluss]",
            })
    void whatMayMeanAnotherNumberIsRefused(String lines, String message) {
        assertRefused(message, lines, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "1;USD 1,5¶2;USD 2,5¶3;USD 3,5 | --no-header --column-index=1 | the fields may be separated by ',' or by ';': say --separator",
                "1;1,5¶2;2,5¶3;3,5 | --no-header --column-index=1 | the fields may be separated by ',' or by ';': say --separator",
                "a~b,c¶1~1,5¶1~2,5¶1~3,5 | --column-index=1 | the fields may be separated by ',' or by tabs: say --separator",
            })
    void whatTwoSeparatorsFitIsRefused(String lines, String options, String message) {
        assertRefused(message, lines, options);
        String chosen = Cli.runWithInput(text(lines), arguments(options + " --separator=,")).out();
        assertTrue(chosen.contains(",5"), chosen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "\"x|y\"", "a\tb"})
    void aSeparatorThatPutsOnlyWordsInPlaceOfThePricesIsNone(String note) {
        String rows =
                Arrays.stream(PRICES)
                        .mapToObj(price -> "x," + price + "," + note)
                        .collect(Collectors.joining("¶"));
        assertArrayEquals(
                bits(TrendFlex.of(2).compute(PRICES)),
                bits(values(rows, "--no-header --column-index=1")));
    }

    @Test
    void aDecimalCommaInOneColumnPutsThePointsOfAnotherInDoubt() {
        String rows = "x,close¶" + "1,1.234¶".repeat(150) + "\"2,5\",1.235¶";
        assertEquals(
                "trendflex: standard input: line 2, column 'close': '1.234' may be 1.234 or 1234.0,"
                        + " and no price of the column tells which: say --decimal . or --decimal ,\n",
                Cli.runWithInput(
                                text(rows),
                                "compute",
                                "-",
                                "--column=x",
                                "--column=close",
                                "--period=2")
                        .err());
    }

    @Test
    void aSaidSignIsThatOfAllPrices() {
        String lines = "a;close¶1;1,234¶1;2,345¶1;4,456¶1;3,999";
        assertArrayEquals(
                bits(TrendFlex.of(2).compute(new double[] {1.234, 2.345, 4.456, 3.999})),
                bits(values(lines, "--decimal=,")));
        assertArrayEquals(
                bits(TrendFlex.of(2).compute(new double[] {1234, 2345, 4456, 3999})),
                bits(values(lines, "--decimal=.")));
        assertRefused(
                "line 3, column 'close': not a price: '1,5'", "a;close¶1;2¶1;1,5", "--decimal=.");
        assertRefused(
                "line 3, column 'close': not a price: '1.5'", "a;close¶1;2¶1;1.5", "--decimal=,");
    }

    /// What a plain file says stays what it says.
    @Test
    void threeDecimalsBehindAPointAreDecimalsWhereACommaSeparates() {
        double[] prices = {1.234, 2.345, 4.456, 3.999};
        assertArrayEquals(
                bits(TrendFlex.of(2).compute(prices)),
                bits(values("a,close¶1,1.234¶1,2.345¶1,4.456¶1,3.999", "")));
        assertArrayEquals(
                bits(TrendFlex.of(2).compute(prices)),
                bits(values("1.234¶2.345¶4.456¶3.999", "--no-header")));
    }

    @Test
    void aResultIsWrittenAsItsInput() {
        double[] values = TrendFlex.of(2).compute(PRICES);
        String third = Double.toString(values[2]).replace('.', ',');
        String fourth = Double.toString(values[3]).replace('.', ',');
        String lines = "Datum;Close¶2.1.;1.234,50¶3.1.;1.236,25¶4.1.;1.233,00¶5.1.;1.237,75¶";
        assertEquals(
                text("Datum;Close;trendflex_2¶2.1.;1.234,50;¶3.1.;1.236,25;¶4.1.;1.233,00;%s¶5.1.;1.237,75;%s¶")
                        .formatted(third, fourth),
                compute(lines, "").out());
        assertEquals(
                "trendflex_2\n\n\n%s\n%s\n".formatted(third, fourth),
                Cli.runWithInput(text(lines), "batch", "-", "--periods=2").out());
        assertEquals(
                "2;;;%s;%s\n".formatted(third, fourth),
                Cli.runWithInput(text(lines), "batch", "-", "--periods=2", "--transposed").out());
    }

    @ParameterizedTest
    @CsvSource({"-999, x, X", "0, --, -999"})
    void aWordMayBeSaidToStandForAMissingPrice(String first, String second, String other) {
        String lines = "close¶%s¶%s¶1234.5¶1236.25¶1233¶1237.75".formatted(first, second);
        double[] all = values(lines, "--missing=x --missing=-999 --missing=0");
        assertArrayEquals(
                bits(TrendFlex.of(2).compute(PRICES)), bits(Arrays.copyOfRange(all, 2, 6)));
        if (other.equals("X")) {
            assertRefused("line 3, column 'close': not a price: 'x'", "close¶1¶x¶2", "");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                // Lines before the header.
                "https://www.example.com¶a,b,close¶ | 1 | ``",
                "#made up¶#and, more, with fields¶a,b,close¶ | 2 | ``",
                "Name,Value¶Bars,4¶¶a,b,close¶ | 3 | ``",
                "Bob's \"data¶a,b,close¶ | 1 | ``",
                "x,y,z¶a,b,close¶ | 1 | --skip-lines=1",
                "#a,b,close¶ | 0 | ``",
                "a,<Close>, b¶ | 0 | --column-index=2",
                // Lines between the header and the first row.
                "Price,High,Close¶Ticker,ES=F,ES=F¶Date,,¶ | 0 | ``",
                "a,b,close¶-,-,USD¶ | 0 | ``",
            })
    void linesAroundTheHeaderAreKept(String head, int before, String options) {
        String rows = "x,1,1234.5¶x,1,1236.25¶x,1,1233¶x,1,1237.75¶";
        Cli.Result result = compute(head.replace("//", "~~").replace("~~", "//") + rows, options);
        assertEquals("", result.err());
        double[] values = TrendFlex.of(2).compute(PRICES);
        List<String> lines = text(head).lines().toList();
        List<String> out = result.out().lines().toList();
        assertEquals(lines.subList(0, before), out.subList(0, before));
        assertEquals(lines.get(before) + ",trendflex_2", out.get(before).replace("\"", ""));
        assertEquals(lines.size() + 4, out.size());
        for (int i = before + 1; i < lines.size(); i++) {
            assertEquals(lines.get(i) + ",", out.get(i));
        }
        assertEquals("x,1,1237.75," + values[3], out.getLast());
        assertEquals("x,1,1233," + values[2], out.get(out.size() - 2));
        // A result is an input again.
        String column = options.startsWith("--skip") ? "" : " " + options;
        String second = "compute - --period=1" + column;
        assertEquals("", Cli.runWithInput(result.out(), second.strip().split(" ")).err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "close¶1O0.5¶101¶102 | `` | line 2, column 'close': not a price: '1O0.5'",
                "close¶BRK-3¶101¶102 | `` | line 2, column 'close': not a price: 'BRK-3'",
                "date,close¶2024-01-01,USD¶2024-01-02,1¶2024-01-03,2 | `` | line 2, column 'close': not a price: 'USD'",
                "a,close¶x,1¶y,USD¶z,3 | `` | line 3, column 'close': not a price: 'USD'",
                "a,close¶x,USD¶y,EUR | `` | line 2, column 'close': not a price: 'USD'",
                "1¶2,3¶4,5 | --column-index=1 | --column-index 1: the last index is 0",
                "1¶2,3¶4,5 | --no-header --column-index=1 | --column-index 1: the last index is 0",
                "a,close¶1,2,3¶a,close,b¶1,2,3 | `` | line 2: 3 fields, but 2 in the first line",
                "x,y¶a,close¶1,2 | --skip-lines=3 | --skip-lines 3: the text has 3 lines",
                "x,y¶a,close¶1,2 | --skip-lines=2 --column=close | there is no column 'close': say --column NAME, one of [1, 2]",
                "a,< close >,<Close>¶1,2,3 | `` | columns [1, 2] are all named 'close': say --column-index N",
                "a, close ,CLOSE¶1,2,3 | --column=Close | columns [1, 2] are all named 'Close': say --column-index N",
            })
    void whatMayBeARowOrAnotherHeaderIsRefused(String lines, String options, String message) {
        assertRefused(message, lines, options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--separator=x", "--separator=", "--decimal=;", "--skip-lines=-1"})
    void whatAnOptionCannotBeIsWrongUsage(String option) {
        assertEquals(2, compute("close¶1¶2¶3", option).exitCode());
    }

    private static void assertRefused(String message, String lines, String options) {
        assertEquals(
                new Cli.Result(1, "", "trendflex: standard input: " + message + "\n"),
                compute(lines, options));
    }

    private static Cli.Result compute(String lines, @Nullable String options) {
        return Cli.runWithInput(text(lines), arguments(options == null ? "" : options));
    }

    private static String[] arguments(String options) {
        Stream<String> given = Stream.of(options.split(" ", -1)).filter(it -> !it.isEmpty());
        return Stream.concat(Stream.of("compute", "-", "--period=2"), given).toArray(String[]::new);
    }

    private static String text(String lines) {
        return lines.replace('¶', '\n').replace('~', '\t');
    }

    /// The values that an array has as the result.
    private double[] values(String lines, String options) {
        Path out = folder.resolve("out.npy");
        Cli.Result result = compute(lines, options + " -o " + out);
        assertEquals(Cli.Result.SILENT_SUCCESS, result);
        return Npy.read(out).values();
    }
}
