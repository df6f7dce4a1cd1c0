package io.github.trendflex.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A page of Markdown in the making.
abstract class Markdown {
    private final StringBuilder text = new StringBuilder();

    /// What has been written so far.
    @Override
    public String toString() {
        return text.toString();
    }

    final void paragraph(String paragraph) {
        text.append(paragraph.startsWith("#") ? paragraph : wrap(paragraph)).append("\n\n");
    }

    final void picture(String description, String file) {
        text.append("![%s](%s)\n\n".formatted(description, file));
    }

    final void bullets(String... bullets) {
        for (String bullet : bullets) {
            text.append("- ").append(wrap(bullet).replace("\n", "\n  ")).append('\n');
        }
        text.append('\n');
    }

    final void table(List<String> header, List<List<String>> rows) {
        row(header);
        row(
                IntStream.range(0, header.size())
                        .mapToObj(column -> column == 0 ? "---" : "--:")
                        .toList());
        rows.forEach(this::row);
        text.append('\n');
    }

    private void row(List<String> cells) {
        text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    static String wrap(String paragraph) {
        StringBuilder wrapped = new StringBuilder();
        int column = 0;
        for (String word : paragraph.split("\\s+")) {
            if (column > 0 && column + 1 + word.length() > 98) {
                wrapped.append('\n');
                column = 0;
            } else if (column > 0) {
                wrapped.append(' ');
                column++;
            }
            wrapped.append(word);
            column += word.length();
        }
        return wrapped.toString();
    }

    static String ns(double value) {
        return value < 10 ? fixed(2, value) : value < 100 ? fixed(1, value) : fixed(0, value);
    }

    static String fixed(int decimals, double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
