package io.github.trendflex.cli.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.trendflex.cli.format.CsvField;
import io.github.trendflex.cli.format.NumberText;
import io.github.trendflex.cli.format.NumberText.Decimal;
import io.github.trendflex.cli.terminal.CommandException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds out from the first lines of a CSV text how it is written. A way of reading them fits if
/// the header and the first row have the same number of fields and the columns that are asked for
/// are there. If several separators fit, none is chosen.
final class DialectFinder {
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    /// How many records are looked at, and how many lines may stand before them.
    private static final int MOST = 100;

    /// A label with digits, such as BRK-B or 0700.HK, which is no damaged number.
    private static final Pattern LABEL = Pattern.compile("[A-Za-z^][\\w.=^-]*|\\d+\\.[A-Z]{1,4}");

    private static final Pattern PERCENT = Pattern.compile("\\h*%$");

    private final String file;
    private final CsvColumns columns;
    private final List<String> lines;

    private DialectFinder(String file, CsvColumns columns, String head) {
        this.file = file;
        this.columns = columns;
        lines = head.lines().toList();
        Integer skipped = columns.hints().skipLines();
        if (skipped != null && skipped >= lines.size()) {
            throw CommandException.data(
                    file,
                    "--skip-lines %d: the text has %d lines".formatted(skipped, lines.size()));
        }
    }

    /// @param file names the text in messages
    /// @param head the first lines of the text
    static Dialect find(String file, CsvColumns columns, String head) {
        return new DialectFinder(file, columns, head).find();
    }

    /// A way of reading the text.
    ///
    /// @param start the line on which the first record begins
    /// @param fits whether the columns that are asked for are there
    private record Reading(char separator, int start, List<List<String>> records, boolean fits) {}

    private Dialect find() {
        Character said = columns.hints().separator();
        List<Character> separators =
                said == null ? SEPARATORS.stream().filter(this::isThere).toList() : List.of(said);
        List<Reading> readings =
                separators.stream().map(this::reading).filter(Objects::nonNull).toList();
        List<Reading> fitting = plausible(readings.stream().filter(Reading::fits).toList());
        if (fitting.size() > 1) {
            throw CommandException.data(
                    file,
                    "the fields may be separated by %s: say --separator"
                            .formatted(
                                    fitting.stream()
                                            .map(reading -> name(reading.separator))
                                            .collect(Collectors.joining(" or by "))));
        }
        Reading reading =
                Stream.concat(fitting.stream(), readings.stream())
                        .findFirst()
                        .orElseGet(() -> unfit(separators));
        return new Dialect(
                reading.separator,
                lines.subList(0, reading.start),
                columns.header() ? subheads(reading.records) : 0,
                reading.records.stream()
                        .flatMap(List::stream)
                        .anyMatch(DialectFinder::hasDecimalComma));
    }

    /// The text as several columns, or null if the separator makes none of it.
    private @Nullable Reading reading(char separator) {
        Reading unnamed = null;
        for (int start : starts(separator)) {
            List<List<String>> records = records(separator, start);
            List<String> first = records.isEmpty() ? List.of() : records.getFirst();
            int width = first.size();
            int second = width < 2 ? -1 : secondWidth(records);
            boolean whole = start == 0 || columns.hints().skipLines() != null;
            if (second != width && !(second == 0 && whole)) {
                if (width > 1 && columns.areIn(file, texts(first))) {
                    return unnamed; // these are the columns, and no later line will do
                }
                continue;
            }
            boolean mayBegin =
                    whole || !columns.header() || first.stream().noneMatch(this::isDatum);
            boolean fits = mayBegin && columns.areIn(file, texts(first));
            if (fits && (whole || haveInPlaceOfPrices(records, this::isDatum))) {
                return new Reading(separator, start, records, true);
            }
            if (mayBegin && unnamed == null) {
                unnamed = new Reading(separator, start, records, false);
            }
        }
        return unnamed;
    }

    /// Those with something else than labels where the prices are to be, or all if none has.
    private List<Reading> plausible(List<Reading> fitting) {
        List<Reading> plausible =
                fitting.stream()
                        .filter(it -> haveInPlaceOfPrices(it.records, field -> !isWord(field)))
                        .toList();
        return plausible.isEmpty() ? fitting : plausible;
    }

    private boolean haveInPlaceOfPrices(List<List<String>> records, Predicate<String> what) {
        List<Integer> prices = columns.placesOfPrices(file, texts(records.getFirst()));
        return records.stream()
                .skip(columns.header() ? 1 : 0)
                .anyMatch(row ->
                        prices.stream().allMatch(it -> it < row.size() && what.test(row.get(it))));
    }

    /// The text where no separator makes several columns of it: one column, or rows of several
    /// widths, which reading them will tell.
    private Reading unfit(List<Character> separators) {
        Integer said = columns.hints().skipLines();
        int start = said == null ? 0 : said;
        while (said == null && start < lines.size() && isPassedOver(lines.get(start))) {
            start++;
        }
        int first = start;
        char separator =
                separators.stream()
                        .filter(it -> isSplit(it, first))
                        .findFirst()
                        .orElse(
                                separators.size() == 1 && said != null
                                        ? separators.getFirst()
                                        : ',');
        List<List<String>> records = records(separator, start);
        boolean row = records.isEmpty() || records.getFirst().stream().anyMatch(this::isDatum);
        boolean begins = said != null || !columns.header() || !row;
        return begins
                ? new Reading(separator, start, records, false)
                : new Reading(separator, 0, records(separator, 0), false);
    }

    /// Lines where the first record may begin: those with more fields than all before them. One
    /// with a # is a comment unless no other line will do.
    private List<Integer> starts(char separator) {
        Integer said = columns.hints().skipLines();
        if (said != null) {
            return List.of(said);
        }
        List<Integer> starts = new ArrayList<>();
        List<Integer> comments = new ArrayList<>();
        int widest = 0;
        for (int i = 0; i < Math.min(lines.size(), MOST); i++) {
            if (isComment(lines.get(i))) {
                comments.add(i);
                continue;
            }
            List<String> fields = lines.get(i).isBlank() ? List.of() : fields(separator, i);
            if (fields.size() > widest) {
                widest = fields.size();
                starts.add(i);
            }
            if (!columns.header() && fields.stream().anyMatch(this::isDatum)) {
                break; // a row of prices is not passed over
            }
        }
        starts.addAll(comments);
        return starts;
    }

    /// How many lines between the header and the first row hold neither prices nor times, but
    /// labels in the columns of the prices.
    private int subheads(List<List<String>> records) {
        List<String> header = records.isEmpty() ? List.of() : records.getFirst();
        if (!columns.areIn(file, texts(header))) {
            return 0;
        }
        List<Integer> prices = columns.placesOfPrices(file, texts(header));
        boolean labelled = false;
        for (int i = 1; i < records.size(); i++) {
            List<String> record = records.get(i);
            if (record.stream().anyMatch(this::isDatum)) {
                return labelled ? i - 1 : 0;
            }
            boolean labels =
                    record.size() == header.size()
                            && record.stream().allMatch(it -> isLabel(it, record.size()));
            if (!labels) {
                return 0;
            }
            labelled |= prices.stream().anyMatch(price -> !isMissing(record.get(price)));
        }
        return 0;
    }

    private boolean isThere(char separator) {
        return lines.stream().limit(MOST).anyMatch(line -> line.indexOf(separator) >= 0);
    }

    /// Whether the separator splits that line and another one.
    private boolean isSplit(char separator, int line) {
        return line < lines.size()
                && fields(separator, line).size() > 1
                && lines.stream().skip(line + 1L).anyMatch(it -> it.indexOf(separator) >= 0);
    }

    private boolean isPassedOver(String line) {
        return isComment(line) || (columns.header() && line.isBlank());
    }

    private static boolean isComment(String line) {
        return line.stripLeading().startsWith("#");
    }

    /// The number of fields of the record behind the first one, or 0 if there is none.
    private static int secondWidth(List<List<String>> records) {
        return records.stream()
                .skip(1)
                .filter(record -> !CsvTable.isEmptyLine(record, 2))
                .findFirst()
                .map(List::size)
                .orElse(0);
    }

    private boolean isMissing(String field) {
        return columns.hints().missing().contain(field.strip());
    }

    /// Whether a field is a number or a percentage that can only have a decimal comma.
    private static boolean hasDecimalComma(String field) {
        if (field.indexOf(',') < 0) {
            return false;
        }
        String text = PERCENT.matcher(field.strip()).replaceFirst("");
        return Double.isNaN(NumberText.read(text, Decimal.POINT))
                && !Double.isNaN(NumberText.read(text, Decimal.COMMA));
    }

    /// Whether a field is a number or a date.
    private boolean isDatum(String field) {
        String text = field.strip();
        return !Double.isNaN(NumberText.read(text, Decimal.POINT))
                || !Double.isNaN(NumberText.read(text, Decimal.COMMA))
                || TimeColumn.isDate(text);
    }

    /// Whether a field is missing, or a text that cannot be a damaged number.
    private boolean isLabel(String field, int width) {
        String text = field.strip();
        return isMissing(text) || isWord(text) || (width > 1 && LABEL.matcher(text).matches());
    }

    /// Whether a field is neither missing nor has a digit.
    private boolean isWord(String field) {
        return !isMissing(field) && field.chars().noneMatch(c -> c >= '0' && c <= '9');
    }

    private List<String> fields(char separator, int line) {
        List<List<String>> records = records(separator, lines.get(line), 1);
        return records.isEmpty() ? List.of() : records.getFirst();
    }

    private List<List<String>> records(char separator, int start) {
        int end = Math.min(lines.size(), start + MOST);
        return start >= end
                ? List.of()
                : records(separator, String.join("\n", lines.subList(start, end)), MOST);
    }

    private static List<List<String>> records(char separator, String text, int most) {
        CsvReader<CsvRecord> reader =
                CsvReader.builder()
                        .fieldSeparator(separator)
                        .skipEmptyLines(false)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(text);
        List<List<String>> records = new ArrayList<>();
        try (reader) {
            for (CsvRecord record : reader) {
                if (records.size() == most) {
                    break;
                }
                records.add(record.getFields());
            }
        } catch (CsvParseException | IOException _) {
            // Reading the whole text will tell.
        }
        return records;
    }

    private static List<String> texts(List<String> fields) {
        return fields.stream().map(CsvField::text).map(String::strip).toList();
    }

    private static String name(char separator) {
        return separator == '\t' ? "tabs" : "'" + separator + "'";
    }
}
