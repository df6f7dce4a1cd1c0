package io.github.trendflex.cli;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which column of a CSV file holds the prices.
///
/// @param name its name, or null
/// @param index its index from 0, or null
/// @param header whether the first line holds the columns' names
record CsvColumn(@Nullable String name, @Nullable Integer index, boolean header) {
    private static final String DEFAULT_NAME = "close";

    CsvColumn {
        if (name != null && index != null) {
            throw CommandException.usage("--column and --column-index exclude each other");
        }
        if (name != null && !header) {
            throw CommandException.usage(
                    "--column needs a header: with --no-header use --column-index");
        }
        if (index != null && index < 0) {
            throw CommandException.usage("--column-index " + index + ": columns count from 0");
        }
    }

    /// The index of the column in the file of the given name and first line.
    int find(String file, List<String> first) {
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
        String wanted = name == null ? DEFAULT_NAME : name;
        List<Integer> found = indexesOf(wanted, first, String::equals);
        if (found.isEmpty()) {
            found = indexesOf(wanted, first, String::equalsIgnoreCase);
        }
        return switch (found.size()) {
            case 0 ->
                    throw CommandException.data(
                            file,
                            "there is no column '%s': say --column NAME, one of %s"
                                    .formatted(wanted, first));
            case 1 -> found.getFirst();
            default ->
                    throw CommandException.data(
                            file,
                            "columns %s are all named '%s': say --column-index N"
                                    .formatted(found, wanted));
        };
    }

    private static List<Integer> indexesOf(
            String name, List<String> names, BiPredicate<String, String> matches) {
        return IntStream.range(0, names.size())
                .filter(i -> matches.test(names.get(i).strip(), name))
                .boxed()
                .toList();
    }
}
