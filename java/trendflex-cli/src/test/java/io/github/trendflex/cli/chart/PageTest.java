package io.github.trendflex.cli.chart;

import static io.github.trendflex.cli.Cli.Result.SILENT_SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Csv;
import io.github.trendflex.cli.Npy;
import io.github.trendflex.cli.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is in the pages of `plot` and `batch --heatmap`.
class PageTest {
    @TempDir private Path folder;

    private Path out = Path.of("");

    @BeforeEach
    void nameThePage() {
        out = folder.resolve("out.html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plot IN --period=20 -o OUT", "batch IN --periods=5:9 --heatmap OUT"})
    void aPageNeedsNothingElse(String command) throws IOException {
        String page = page(command, Samples.walk(100));
        assertTrue(page.contains("default-src 'none'"), page);
        assertFalse(page.matches("(?s).* src=.*"), page);
        assertFalse(page.matches("(?s).*@import.*"), page);
        assertEquals(
                List.of("href=\"data:,\""),
                page.lines()
                        .filter(line -> line.startsWith("<link"))
                        .map(line -> line.replaceFirst(".*(href=\"[^\"]*\").*", "$1"))
                        .toList());
        assertTrue(page.contains("The MIT License (MIT)"), page);
        assertTrue(page.contains("Copyright (c) 2022 Leon Sorokin"), page);
        assertEquals(List.of("in.npy", "out.html"), Samples.names(folder));
    }

    @Test
    void namesAreNoMarkup() throws IOException {
        String in =
                Samples.write(folder.resolve("a&b.csv"), "\"</script>\"\"<b>\"\n1\n2\n4\n3\n5\n");
        assertEquals(SILENT_SUCCESS, Cli.run("plot", in, "--period=2", "-o", out.toString()));
        String page = Files.readString(out);
        assertTrue(page.contains("<title>a&amp;b.csv</title>"), page);
        assertTrue(page.contains("data-price-name=\"&lt;/script&gt;&quot;&lt;b&gt;\""), page);
        assertFalse(page.contains("<b>\""), page);
    }

    @Test
    void pricesKeepAllTheirBits() throws IOException {
        double[] prices = Samples.walk(50);
        prices[7] = 0.1 + 0.2;
        prices[8] = 0x1p500;
        prices[9] = -0.0;
        prices[20] = Double.POSITIVE_INFINITY;
        String page = page("plot IN --period=5 --nan-policy=skip -o OUT --last=45", prices);
        ByteBuffer numbers = ByteBuffer.wrap(numbers(page)).order(ByteOrder.LITTLE_ENDIAN);
        // The number of the first bar and 44 steps of one.
        byte[] places = new byte[45];
        numbers.get(places);
        assertEquals(2 * 5, places[0]);
        for (int bar = 1; bar < places.length; bar++) {
            assertEquals(2, places[bar]);
        }
        prices[20] = Double.NaN;
        for (int bar = 5; bar < prices.length; bar++) {
            assertEquals(
                    Double.doubleToRawLongBits(prices[bar]),
                    Double.doubleToRawLongBits(numbers.getDouble()));
        }
    }

    @Test
    void valuesAreKeptAsDifferencesInTenThousandths() {
        double[] values = {Double.NaN, 5, 4.99995, -0.00004, Double.NaN, -1.2345};
        PageData data = new PageData(BarAxis.numbered(values.length).part(0, values.length));
        data.addValues(MemorySegment.ofArray(values));
        byte[] numbers = unpacked(data.base64());
        ByteBuffer rest = ByteBuffer.wrap(numbers).position(values.length);
        // 0 is a missing value, and n + 1 the difference that n stands for: 0, -1, 1, -2, 2 ...
        assertEquals(0, natural(rest));
        assertEquals(2 * 50_000 + 1, natural(rest));
        assertEquals(1, natural(rest));
        assertEquals(2 * 50_000, natural(rest));
        assertEquals(0, natural(rest));
        assertEquals(2 * 12_345, natural(rest));
        assertFalse(rest.hasRemaining());
    }

    @Test
    void manyBarsAreASmallPage() throws IOException {
        page("plot IN --period=20,50 -o OUT", Samples.walk(100_000));
        assertTrue(Files.size(out) < 1_000_000, () -> out.toFile().length() + " bytes");
    }

    @Test
    void aPageThatWouldBeTooLargeIsRefused() {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(new double[200_001]));
        String message =
                "trendflex: %s: 200001 bars with 100 values each are too much for a page, which holds 20000000: --last, --from and --to choose bars, and a .png file holds any number\n"
                        .formatted(out);
        assertEquals(
                new Cli.Result(2, "", message),
                Cli.run("batch", in, "--periods=1:100", "--heatmap", out.toString()));
        assertEquals(List.of("in.npy"), Samples.names(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plot - --period=9 -o", "batch - --periods=1:9 --heatmap"})
    void pricesThatAreTooFewLeaveNoPage(String command) {
        String[] arguments = (command + " " + out).split(" ", -1);
        Cli.Result result = Cli.runWithInput(Csv.of(Samples.walk(9)), arguments);
        assertEquals(1, result.exitCode(), result.err());
        assertEquals(List.of(), Samples.names(folder));
    }

    private String page(String command, double... prices) throws IOException {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(prices));
        String[] arguments =
                Arrays.stream(command.split(" ", -1))
                        .map(word -> word.equals("IN") ? in : word)
                        .map(word -> word.equals("OUT") ? out.toString() : word)
                        .toArray(String[]::new);
        assertEquals(0, Cli.run(arguments).exitCode());
        return Files.readString(out);
    }

    private static byte[] numbers(String page) {
        String data =
                page.lines()
                        .filter(line -> line.startsWith("<script id=\"data\""))
                        .findFirst()
                        .orElseThrow();
        return unpacked(data.replaceAll("<[^>]*>", "").getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] unpacked(byte[] base64) {
        try (GZIPInputStream stream =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(base64)))) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long natural(ByteBuffer bytes) {
        long value = 0;
        int next;
        int shift = 0;
        do {
            next = bytes.get();
            value |= (long) (next & 127) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }
}
