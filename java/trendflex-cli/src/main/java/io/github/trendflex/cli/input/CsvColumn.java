package io.github.trendflex.cli.input;

import io.github.trendflex.cli.terminal.CommandException;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A column of a CSV file, as it is asked for.
///
/// @param option the option that asks by name
/// @param name its name, or null
/// @param index its index from 0, or null
public record CsvColumn(String option, @Nullable String name, @Nullable Integer index) {
    /// The prices where nothing is said: the only column, or the one with the usual name.
    public static final CsvColumn USUAL_PRICES = new CsvColumn("--column", null, null);

    private static final String USUAL_NAME = "close";

    public CsvColumn {
        if (index != null && index < 0) {
            throw CommandException.usage("--column-index " + index + ": columns count from 0");
        }
    }

    public static CsvColumn named(String option, String name) {
        return new CsvColumn(option, name, null);
    }

    public static CsvColumn ofPrices(String name) {
        return named("--column", name);
    }

    public static CsvColumn ofPrices(int index) {
        return new CsvColumn("--column", null, index);
    }

    /// The index of the column in the file of the given name and first line.
    public int find(String file, List<String> first, boolean header) {
        if (index != null && index >= first.size()) {
            throw CommandException.data(
                    file,
                    "--column-index %d: the last index is %d".formatted(index, first.size() - 1));
        }
        if (index != null) {
            return index;
        }
        if (name == null && first.size() == 1) {
            return 0;
        }
        if (!header) {
            throw CommandException.data(
                    file, "there are %d columns: say --column-index N".formatted(first.size()));
        }
        String wanted = name == null ? USUAL_NAME : name;
        List<Integer> found = indexesOf(wanted, first, String::equals);
        if (found.isEmpty()) {
            found = indexesOf(wanted, first, (name, other) -> bare(name).equals(bare(other)));
        }
        return switch (found.size()) {
            case 0 ->
                    throw CommandException.data(
                            file,
                            "there is no column '%s': say %s NAME, one of %s"
                                    .formatted(wanted, option, first));
            case 1 -> found.getFirst();
            default ->
                    throw CommandException.data(
                            file,
                            "columns %s are all named '%s'%s"
                                    .formatted(
                                            found,
                                            wanted,
                                            option.equals(USUAL_PRICES.option)
                                                    ? ": say --column-index N"
                                                    : ""));
        };
    }

    /// A name without regard to case and to what stands around it, as in `<CLOSE>`.
    static String bare(String name) {
        String text = name.strip();
        boolean bracketed = text.startsWith("<") && text.endsWith(">") && text.length() > 1;
        return (bracketed ? text.substring(1, text.length() - 1).strip() : text)
                .toLowerCase(Locale.ROOT);
    }

    private static List<Integer> indexesOf(
            String name, List<String> names, BiPredicate<String, String> matches) {
        return IntStream.range(0, names.size())
                .filter(i -> matches.test(names.get(i).strip(), name))
                .boxed()
                .toList();
    }
}
