package io.github.trendflex.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Builds a page of Markdown.
public final class Markdown {
    private static final int WIDTH = 98;

    private final StringBuilder text = new StringBuilder();

    /// Returns what has been written so far.
    @Override
    public String toString() {
        return text.toString();
    }

    /// Adds Markdown as it stands.
    public void text(String markdown) {
        text.append(markdown);
    }

    /// Adds a heading, which begins with `#`, or a paragraph, which is wrapped.
    public void paragraph(String paragraph) {
        text.append(paragraph.startsWith("#") ? paragraph : wrap(paragraph)).append("\n\n");
    }

    public void picture(String description, String file) {
        text.append("![%s](%s)\n\n".formatted(description, file));
    }

    public void bullets(String... bullets) {
        for (String bullet : bullets) {
            text.append("- ").append(wrap(bullet).replace("\n", "\n  ")).append('\n');
        }
        text.append('\n');
    }

    /// Adds a table whose first column is text and whose others are numbers.
    public void table(List<String> header, List<List<String>> rows) {
        table(
                header,
                IntStream.range(0, header.size())
                        .mapToObj(column -> column == 0 ? "---" : "--:")
                        .collect(Collectors.joining(" | ", "| ", " |")),
                rows);
    }

    /// Adds a table.
    ///
    /// @param rule the line below the header, which aligns the columns
    public void table(List<String> header, String rule, List<List<String>> rows) {
        row(header);
        text.append(rule).append('\n');
        rows.forEach(this::row);
        text.append('\n');
    }

    private void row(List<String> cells) {
        text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /// Returns a paragraph in lines of the width that the pages have.
    public static String wrap(String paragraph) {
        StringBuilder wrapped = new StringBuilder();
        int column = 0;
        for (String word : paragraph.strip().split("\\s+", -1)) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
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
}
