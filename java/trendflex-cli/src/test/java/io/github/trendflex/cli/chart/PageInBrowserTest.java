package io.github.trendflex.cli.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Npy;
import io.github.trendflex.cli.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a person sees in the pages of `plot` and `batch --heatmap`. [Browser] checks besides that
/// the console stays empty and nothing is requested.
class PageInBrowserTest {
    private static final int WIDTH = 1400;
    private static final int PHONE = 400;
    private static final int BARS = 300;
    private static final String MINUS = "\u2212";

    @TempDir private Path folder;

    private final double[] prices = Samples.walk(BARS);

    @Test
    void valuesUnderThePointerAreThoseOfTheFile() throws Exception {
        prices[200] = Double.NaN;
        String script =
                """
                for (const chart of [one, two]) {
                  for (const bar of [0, 19, 20, 77, 199, 200, 201, 299]) {
                    mouse("mousemove", chart, axis.places[bar]);
                    say(told());
                  }
                }
                say(colorsOf(one) > 2 && colorsOf(two) > 4);
                """;
        List<String> said = plot("--period=20,50 --nan-policy=skip", script);
        List<List<String>> rows = rows("compute IN --period=20,50 --nan-policy=skip");
        int[] bars = {0, 19, 20, 77, 199, 200, 201, 299};
        for (int i = 0; i < 16; i++) {
            List<String> row = rows.get(bars[i % 8]);
            String price = row.get(1).isEmpty() ? "\u2013" : plain(row.get(1));
            assertEquals(
                    "%s | close %s | %s | %s"
                            .formatted(row.get(0), price, shown(row.get(2)), shown(row.get(3))),
                    said.get(i));
        }
        assertEquals("true", said.get(16));
    }

    @Test
    void aReaderZoomsMovesAndGoesBack() throws Exception {
        String script =
                """
                const range = async () => {
                  await drawn();
                  for (const { scales } of [one, two]) {
                    say(`${axis.nearest(scales.x.min)} ${axis.nearest(scales.x.max)}`);
                  }
                };
                await range();
                mouse("mousemove", one, axis.places[100]);
                mouse("mousedown", one, axis.places[100]);
                mouse("mousemove", one, axis.places[200]);
                mouse("mouseup", one, axis.places[200], undefined, document);
                await range();
                key("ArrowRight");
                await range();
                key("Escape");
                await range();
                const area = two.over.getBoundingClientRect();
                for (let i = 0; i < 5; i++) {
                  two.over.dispatchEvent(new WheelEvent("wheel", { deltaY: -120, cancelable: true,
                      clientX: area.left + two.valToPos(axis.places[150], "x"), clientY: area.top + 5 }));
                  await drawn();
                }
                say(axis.max - axis.min < 0.3 * (axis.end - axis.begin));
                say(axis.min < axis.places[150] && axis.places[150] < axis.max);
                document.getElementById("all").click();
                await range();
                """;
        assertEquals(
                List.of(
                        "0 299", "0 299", "100 200", "100 200", "110 210", "110 210", "0 299",
                        "0 299", "true", "true", "0 299", "0 299"),
                plot("--period=20", script));
    }

    @Test
    void periodsAreSwitchedOffAndOn() throws Exception {
        String script =
                """
                const all = colorsOf(two);
                const [, second] = document.querySelectorAll("input");
                second.click();
                await drawn();
                say(`${two.series.map((line) => line.show)} ${colorsOf(two) < all}`);
                second.click();
                await drawn();
                say(`${two.series.map((line) => line.show)} ${colorsOf(two) === all}`);
                """;
        assertEquals(
                List.of("true,true,false true", "true,true,true true"),
                plot("--period=20,50", script));
    }

    @Test
    void ofManyBarsTheExtremesAreDrawn() throws Exception {
        double[] many = Samples.walk(300_000);
        many[123_456] = 1000;
        many[234_567] = -1000;
        Path page = folder.resolve("page.html");
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(many));
        assertEquals(0, Cli.run("plot", in, "--period=20", "-o", page.toString()).exitCode());
        String script =
                """
                const [places, line] = one.data;
                say(places.length <= 2 * one.bbox.width);
                say(line.includes(1000) && line.includes(-1000));
                axis.show(123400, 123500);
                await drawn();
                say(one.data[1][one.data[0].indexOf(123456)]);
                say(one.data[0].length);
                """;
        assertEquals(List.of("true", "true", "1000", "102"), Browser.read(page, WIDTH, script));
    }

    @Test
    void thePageFitsAPhone() throws Exception {
        Path page = folder.resolve("page.html");
        run("plot IN --period=10,20,30,40,50,60,70,80,90,100,110,120 -o " + page);
        String script =
                """
                say(document.documentElement.scrollWidth);
                say([...document.querySelectorAll("body *")]
                    .filter((part) => part.getBoundingClientRect().right > 400).length);
                mouse("mousemove", one, axis.places[77]);
                say(told().slice(0, 9));
                """;
        assertEquals(List.of("400", "0", "1970-03-1"), Browser.read(page, PHONE, script));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10:50:2", "50:10:2"})
    void aHeatMapTellsItsValues(String periods) throws Exception {
        Path page = folder.resolve("page.html");
        run("batch IN --periods=" + periods + " --heatmap " + page);
        String script =
                """
                const late = (bar) => axis.places[bar] + 0.7 * 86400000; // in the cell of a bar
                for (const [bar, period] of [[5, 10], [9, 10], [10, 10], [60, 24], [299, 50], [150, 48]]) {
                  mouse("mousemove", one, late(bar), period);
                  say(told());
                }
                say(colorsOf(one) > 20);
                axis.show(axis.places[100], axis.places[110]);
                await drawn();
                mouse("mousemove", one, late(105), 30);
                say(told());
                """;
        List<String> said = Browser.read(page, WIDTH, script);
        List<List<String>> rows = rows("compute IN --period=10,24,50,48,30");
        assertEquals(
                List.of(
                        heat(rows, 5, 10, 2),
                        heat(rows, 9, 10, 2),
                        heat(rows, 10, 10, 2),
                        heat(rows, 60, 24, 3),
                        heat(rows, 299, 50, 4),
                        heat(rows, 150, 48, 5),
                        "true",
                        heat(rows, 105, 30, 6)),
                said);
    }

    private static String heat(List<List<String>> rows, int bar, int period, int column) {
        String value = rows.get(bar).get(column);
        return "%s | period %d | %s"
                .formatted(
                        rows.get(bar).get(0), period, value.isEmpty() ? "no value" : shown(value));
    }

    private List<String> plot(String options, String script)
            throws IOException, InterruptedException {
        Path page = folder.resolve("page.html");
        run("plot IN " + options + " -o " + page);
        return Browser.read(page, WIDTH, script);
    }

    /// The rows of a result, field by field.
    private List<List<String>> rows(String command) {
        return run(command).lines().skip(1).map(line -> List.of(line.split(",", -1))).toList();
    }

    private String run(String command) {
        String text =
                IntStream.range(0, BARS)
                        .mapToObj(bar ->
                                "%s,%s\n"
                                        .formatted(
                                                LocalDate.EPOCH.plusDays(bar),
                                                Double.isNaN(prices[bar]) ? "" : prices[bar]))
                        .collect(Collectors.joining("", "time,close\n", ""));
        String in = Samples.write(folder.resolve("in.csv"), text);
        Cli.Result result = Cli.run(command.replace("IN", in).split(" ", -1));
        assertEquals(0, result.exitCode(), result.err());
        return result.out();
    }

    /// A price as a browser writes it.
    private static String plain(String price) {
        return price.replaceFirst("\\.0$", "");
    }

    private static String shown(String value) {
        return value.isEmpty()
                ? "\u2013"
                : String.format(Locale.ROOT, "%.4f", Double.parseDouble(value)).replace("-", MINUS);
    }
}
