package io.github.trendflex.cli.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A page that holds all it needs: its style, its scripts, the charting library uPlot and the
/// numbers.
final class Page {
    private static final Pattern SLOT = Pattern.compile("\\{\\{(\\w+)}}");

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final String title;
    private final String script;

    /// A page in which the script of that name draws.
    Page(String title, String script, BarAxis axis) {
        this.title = title;
        this.script = script;
        set("bars", axis.bars());
        set("end", axis.end());
        if (axis.isTimed()) {
            set("timed", "");
        }
    }

    /// Tells the script something.
    void set(String name, Object value) {
        settings.put(name, value.toString());
    }

    /// Writes the page with these numbers.
    void write(PageData data, OutputStream out) throws IOException {
        Properties uplot = new Properties();
        uplot.load(stream("/META-INF/maven/org.webjars.npm/uplot/pom.properties"));
        String library =
                "/META-INF/resources/webjars/uplot/%s/".formatted(uplot.getProperty("version"));
        Map<String, byte[]> slots =
                Map.of(
                        "title", bytes(escaped(title)),
                        "settings", bytes(attributes()),
                        "style", resource("page.css"),
                        "script", bytes(text("page.js") + text(script)),
                        "uplot", resource(library + "dist/uPlot.iife.min.js"),
                        "uplotStyle", resource(library + "dist/uPlot.min.css"),
                        "uplotLicence", resource(library + "LICENSE"),
                        "data", data.base64());
        String template = text("page.html");
        int written = 0;
        for (MatchResult slot : SLOT.matcher(template).results().toList()) {
            out.write(bytes(template.substring(written, slot.start())));
            out.write(Objects.requireNonNull(slots.get(slot.group(1))));
            written = slot.end();
        }
        out.write(bytes(template.substring(written)));
    }

    private String attributes() {
        return settings.entrySet().stream()
                .map(entry ->
                        " data-%s=\"%s\"".formatted(entry.getKey(), escaped(entry.getValue())))
                .collect(Collectors.joining());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String text(String resource) {
        return new String(resource(resource), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream stream = stream(name)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream stream(String resource) {
        return Objects.requireNonNull(Page.class.getResourceAsStream(resource), resource);
    }
}
