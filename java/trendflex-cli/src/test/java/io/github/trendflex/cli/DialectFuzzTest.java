package io.github.trendflex.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.TrendFlex;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The same prices written in any way give the same numbers, or are refused: never other numbers.
class DialectFuzzTest {
    private static final List<String> REFUSALS =
            List.of("--decimal", "--separator", "there is no column", "fields, but");

    @Property(tries = 500)
    void noWayOfWritingPricesGivesOtherNumbers(@ForAll long seed) {
        Random random = new Random(seed);
        Dialect dialect = Dialect.any(random);
        List<BigDecimal> prices = prices(random);
        if (dialect.isPlainWithoutDecimals()) {
            prices.add(new BigDecimal("1234.5"));
        }
        double[] plain = prices.stream().mapToDouble(BigDecimal::doubleValue).toArray();
        byte[] text = dialect.text(prices, random).getBytes(dialect.encoding);
        Cli.Result result = Cli.runWithInput(text, dialect.command(random));
        String shown = dialect + "\n" + new String(text, dialect.encoding);
        if (result.exitCode() != 0) {
            assertEquals(1, result.err().lines().count(), shown);
            assertTrue(REFUSALS.stream().anyMatch(result.err()::contains), result.err() + shown);
            return;
        }
        String out = result.out();
        double[] values =
                out.lines()
                        .skip(out.lines().count() - plain.length)
                        .mapToDouble(line -> dialect.value(line))
                        .toArray();
        double[] expected = TrendFlex.of(1).compute(plain);
        assertArrayEquals(Samples.bits(expected), Samples.bits(values), shown);
    }

    /// What is plainly written is not refused either.
    @Property(tries = 100)
    void whatOneValueDecidesIsRead(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 1) int comma) {
        Random random = new Random(seed);
        Dialect dialect =
                new Dialect(
                        ";\t|".charAt(random.nextInt(3)),
                        comma == 1 ? ',' : '.',
                        comma == 1 ? "." : ",",
                        random.nextBoolean(),
                        "",
                        true,
                        StandardCharsets.UTF_8);
        List<BigDecimal> prices = prices(random);
        prices.add(random.nextInt(prices.size()), new BigDecimal("1234.5"));
        String text = dialect.text(prices, random);
        assertEquals(0, Cli.runWithInput(text, dialect.command(random)).exitCode(), text);
    }

    private static List<BigDecimal> prices(Random random) {
        int decimals = random.nextInt(5);
        long most = List.of(100L, 10_000L, 10_000_000L, 10_000_000_000L).get(random.nextInt(4));
        return random.longs(3 + random.nextInt(6), 1, most)
                .mapToObj(units -> BigDecimal.valueOf(units, decimals))
                .map(price -> random.nextInt(4) > 0 ? price : price.stripTrailingZeros())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /// A way of writing prices.
    ///
    /// @param group what stands between thousands
    /// @param quoted whether a price stands in quotes though nothing in it asks for them
    /// @param currency what stands before a price
    /// @param headed whether the columns have names
    private record Dialect(
            char separator,
            char decimal,
            String group,
            boolean quoted,
            String currency,
            boolean headed,
            Charset encoding) {
        static Dialect any(Random random) {
            boolean point = random.nextBoolean();
            List<String> groups = List.of("", point ? "," : ".", " ", "'", "\u00a0");
            return new Dialect(
                    ",;\t|".charAt(random.nextInt(4)),
                    point ? '.' : ',',
                    groups.get(random.nextInt(groups.size())),
                    random.nextBoolean(),
                    List.of("", "", "$", "\u20ac ").get(random.nextInt(4)),
                    random.nextInt(4) > 0,
                    random.nextInt(4) > 0
                            ? StandardCharsets.UTF_8
                            : Charset.forName("windows-1252"));
        }

        /// Where a comma separates, 1.234 is as plain as text can be, whoever means 1234 by it.
        boolean isPlainWithoutDecimals() {
            return separator == ',' && group.equals(".");
        }

        String text(List<BigDecimal> prices, Random random) {
            StringBuilder text = new StringBuilder();
            if (headed) {
                text.append(random.nextInt(4) > 0 ? "" : "# made up\n");
                text.append(String.join("" + separator, "id", "close", "note")).append('\n');
            }
            // Notes are those of another program: they hold whatever separates.
            String notes = random.nextBoolean() ? "" : "a;b|c";
            for (BigDecimal price : prices) {
                String field = written(price);
                boolean quotes = quoted || field.indexOf(separator) >= 0;
                text.append("x")
                        .append(separator)
                        .append(quotes ? '"' + field + '"' : field)
                        .append(separator)
                        .append(notes.indexOf(separator) >= 0 ? '"' + notes + '"' : notes)
                        .append('\n');
            }
            return text.toString();
        }

        String[] command(Random random) {
            List<String> words = new ArrayList<>(List.of("compute", "-", "--period=1"));
            if (!headed) {
                words.addAll(List.of("--no-header", "--column-index=1"));
            } else if (random.nextBoolean()) {
                words.add("--column-index=1");
            }
            return words.toArray(String[]::new);
        }

        private String written(BigDecimal price) {
            String plain = price.toPlainString();
            int point = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
            StringBuilder whole = new StringBuilder(plain.substring(0, point));
            for (int i = point - 3; i > 0; i -= 3) {
                whole.insert(i, group);
            }
            return currency + whole + plain.substring(point).replace('.', decimal);
        }

        /// The value at the end of a line of the result, which has the dialect of the input.
        double value(String line) {
            String field = line.substring(line.lastIndexOf(separator) + 1);
            if (line.endsWith("\"")) {
                field =
                        line.substring(
                                line.lastIndexOf('"', line.length() - 2) + 1, line.length() - 1);
            }
            return Csv.value(field.replace(',', '.'));
        }
    }
}
