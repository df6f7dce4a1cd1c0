package io.github.trendflex.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    private static final String LONG = "word ".repeat(30).strip();

    private final Markdown page = new Markdown();

    @Test
    void paragraphsAreWrappedAndHeadingsAreNot() {
        page.paragraph("# " + LONG);
        page.paragraph(LONG.replace(" ", "\n"));
        String line = "word ".repeat(19).strip();
        assertEquals(
                "# " + LONG + "\n\n" + line + "\n" + "word ".repeat(11).strip() + "\n\n",
                page.toString());
    }

    @Test
    void aLineHoldsAsMuchAsItsWidth() {
        String first = "x".repeat(96);
        assertEquals(first + " y", Markdown.wrap(first + " y"));
        assertEquals(first + "\nyy", Markdown.wrap(first + " yy"));
        assertEquals("z".repeat(120), Markdown.wrap("z".repeat(120)));
    }

    @Test
    void bulletsAreIndented() {
        page.bullets("one", LONG);
        assertEquals(
                "- one\n- "
                        + "word ".repeat(19).strip()
                        + "\n  "
                        + "word ".repeat(11).strip()
                        + "\n\n",
                page.toString());
    }

    @Test
    void tablesAlignTheirColumns() {
        page.table(List.of("", "ns", "times"), List.of(List.of("array", "1.5", "2")));
        page.table(List.of("a", "b"), "|---|---|", List.of(List.of("c")));
        assertEquals(
                """
                |  | ns | times |
                | --- | --: | --: |
                | array | 1.5 | 2 |

                | a | b |
                |---|---|
                | c |

                """,
                page.toString());
    }

    @Test
    void picturesAndTextStandAsTheyAre() {
        page.picture("by size", "sizes.png");
        page.text("```\na  b\n```\n");
        assertEquals("![by size](sizes.png)\n\n```\na  b\n```\n", page.toString());
    }
}
