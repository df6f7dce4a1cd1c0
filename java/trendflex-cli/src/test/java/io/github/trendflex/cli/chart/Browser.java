package io.github.trendflex.cli.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Chromium without a window, in which a page is read by a script. Without a Chromium on the path
/// such a test is skipped.
final class Browser implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");
    private static final String LISTENING = "DevTools listening on ";
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final List<String> events = new ArrayList<>();
    private final WebSocket socket;
    private String session = "";
    private int sent;

    private Browser(String program, Path profile) throws IOException {
        process =
                new ProcessBuilder(
                                program,
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectErrorStream(true)
                        .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.startsWith(LISTENING)) {
            line = output.readLine();
        }
        assertNotNull(line, "Chromium ended");
        socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(URI.create(line.substring(LISTENING.length())), new Receiver())
                        .join();
    }

    /// Opens a page and does what the script says; returns what it says. Fails if the console does
    /// not stay empty, or if anything is requested but the page.
    ///
    /// @param width that of the window in pixels
    /// @param script the body of a function whose parameters are the charts of the page
    static List<String> read(Path page, int width, String script)
            throws IOException, InterruptedException {
        String program = find();
        assumeTrue(program != null, "no Chromium found: install the package chromium");
        try (Browser browser =
                new Browser(
                        Objects.requireNonNull(program), page.resolveSibling("chromium-profile"))) {
            return browser.open(page, width, script);
        }
    }

    private List<String> open(Path page, int width, String script)
            throws IOException, InterruptedException {
        String target = field("targetId", send("Target.createTarget", "\"url\": \"about:blank\""));
        session =
                field(
                        "sessionId",
                        send(
                                "Target.attachToTarget",
                                "\"flatten\": true, \"targetId\": \"%s\"".formatted(target)));
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            send(domain + ".enable", "");
        }
        send(
                "Emulation.setDeviceMetricsOverride",
                "\"width\": %d, \"height\": 800, \"deviceScaleFactor\": 1, \"mobile\": false"
                        .formatted(width));
        send("Page.navigate", "\"url\": \"%s\"".formatted(page.toUri()));
        while (events.stream().noneMatch(event -> event.contains("\"Page.loadEventFired\""))) {
            events.add(receive());
        }
        String program =
                "(async () => {%s\nreturn read(async (one, two) => {%s\n});})()"
                        .formatted(resource("reader.js"), script);
        String answer =
                send(
                        "Runtime.evaluate",
                        "\"awaitPromise\": true, \"returnByValue\": true, \"expression\": \""
                                + quoted(program)
                                + "\"");
        assertFalse(answer.contains("exceptionDetails"), answer);
        assertEquals(
                List.of(), events.stream().filter(Browser::isComplaint).toList(), "on the console");
        assertEquals(
                List.of(page.toUri().toString()),
                events.stream()
                        .filter(event -> event.contains("\"Network.requestWillBeSent\""))
                        .map(event -> field("documentURL", event))
                        .toList());
        String said =
                new String(
                        Base64.getDecoder().decode(field("value", answer)), StandardCharsets.UTF_8);
        return said.lines().toList();
    }

    private static boolean isComplaint(String event) {
        return event.contains("\"Runtime.exceptionThrown\"")
                || event.contains("\"Runtime.consoleAPICalled\"")
                || (event.contains("\"Log.entryAdded\"") && event.contains("\"level\":\"error\""));
    }

    /// Sends a command of the DevTools protocol and waits for the answer.
    private String send(String method, String parameters) throws InterruptedException {
        sent++;
        String to = session.isEmpty() ? "" : "\"sessionId\": \"%s\", ".formatted(session);
        socket.sendText(
                        "{\"id\": %d, %s\"method\": \"%s\", \"params\": {%s}}"
                                .formatted(sent, to, method, parameters),
                        true)
                .join();
        String message = receive();
        while (!message.startsWith("{\"id\":%d,".formatted(sent))) {
            events.add(message);
            message = receive();
        }
        return message;
    }

    private String receive() throws InterruptedException {
        String message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(message, () -> "no answer; before: " + events);
        return message;
    }

    private static String field(String name, String message) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(message);
        assertEquals(true, matcher.find(), message);
        return matcher.group(1);
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static @Nullable String find() {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(Browser.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        session = "";
        socket.sendText("{\"id\": 0, \"method\": \"Browser.close\"}", true).join();
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        process.onExit().join();
    }

    /// Puts the parts of messages together.
    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket webSocket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                received.add(message.toString());
                message.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }
}
