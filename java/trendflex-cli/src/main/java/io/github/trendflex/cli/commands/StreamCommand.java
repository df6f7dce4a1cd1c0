package io.github.trendflex.cli.commands;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.cli.format.CsvStyle;
import io.github.trendflex.cli.format.NumberText.Decimal;
import io.github.trendflex.cli.input.CsvColumn;
import io.github.trendflex.cli.input.CsvColumns;
import io.github.trendflex.cli.input.CsvHints;
import io.github.trendflex.cli.input.CsvTable;
import io.github.trendflex.cli.input.SampleBars;
import io.github.trendflex.cli.terminal.CommandException;
import io.github.trendflex.cli.terminal.StandardStreams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trendflex stream`: a price comes in, and its value goes out before the next price is read.
@Command(
        name = "stream",
        sortOptions = false,
        header = "Computes the TrendFlex of prices as they come.",
        description =
                "Reads a price a line from standard input and writes its value to standard output at once, as a "
                        + "line that is empty where there is none. An empty line or NaN is a missing price. Lines "
                        + "of CSV with a header come out as they are, with the value in a column trendflex_PERIOD.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StreamCommand implements Runnable {
    private static final String INPUT = "standard input";

    /// Each of its bytes is read as one character.
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private final StandardStreams streams;

    @Option(
            names = "--sample",
            description =
                    "Takes the built-in sample in place of standard input: made-up bars, which the command sample "
                            + "writes. Without --column and --time, their closes alone.")
    private boolean sample;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The CSV column with the prices. Default: close, or the only one.")
    private @Nullable String column;

    @Option(
            names = "--time",
            paramLabel = "NAME",
            description =
                    "The CSV column with the times, which must not descend. Default: the one called time, date, "
                            + "datetime or timestamp.")
    private @Nullable String time;

    @Option(
            names = "--separator",
            paramLabel = "C",
            converter = CsvOptions.SeparatorConverter.class,
            description =
                    "What stands between the fields of a CSV line: , ; | or tab. Default: a comma, or ; with "
                            + "--decimal ,")
    private @Nullable Character separator;

    @Option(
            names = "--decimal",
            paramLabel = "C",
            converter = CsvOptions.DecimalConverter.class,
            description =
                    "What stands before the decimals of a price: a point or a comma. Default: a point, for no later "
                            + "price can tell.")
    private @Nullable Decimal decimal;

    @Mixin private FieldOptions fields;

    @Mixin private PeriodOption period;

    @Mixin private DefinitionOption definition;

    @Option(
            names = "--nan-policy",
            paramLabel = "P",
            defaultValue = "skip",
            converter = Choice.OfNanPolicy.class,
            description =
                    "What a missing price after the first price does: propagate or skip. "
                            + "Default: ${DEFAULT-VALUE}.")
    private NanPolicy nanPolicy;

    StreamCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        TrendFlexStream stream = stream();
        CsvColumns columns =
                new CsvColumns(
                        List.of(
                                column == null
                                        ? CsvColumn.USUAL_PRICES
                                        : CsvColumn.ofPrices(column)),
                        null,
                        null,
                        time == null ? null : CsvColumn.named("--time", time),
                        true,
                        new CsvHints(
                                separator(), decimal, fields.missing(), null, fields.timeFormat()));
        PriceLines answers =
                new PriceLines(
                        INPUT,
                        columns,
                        new CsvStyle(
                                separator(), decimal == null ? Decimal.POINT : decimal, List.of()),
                        "trendflex_" + period.value,
                        stream::update,
                        streams.out(),
                        streams::say);
        try (CsvReader<CsvRecord> lines = CsvTable.reader(input(columns), separator())) {
            boolean begun = false;
            for (CsvRecord line : lines) {
                if (begun) {
                    answers.next(line.getFields(), line.getStartingLineNumber());
                } else {
                    answers.first(withoutMark(line.getFields()));
                    begun = true;
                }
            }
        } catch (CsvParseException e) {
            throw CommandException.data(INPUT, String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw CommandException.io(INPUT, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw CommandException.io(INPUT, e);
        }
    }

    private char separator() {
        if (separator != null) {
            return separator;
        }
        return decimal == Decimal.COMMA ? ';' : ',';
    }

    private InputStream input(CsvColumns columns) {
        if (!sample) {
            return streams.in();
        }
        String text = columns.areUsual() ? SampleBars.closes() : SampleBars.csv();
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static List<String> withoutMark(List<String> fields) {
        List<String> rest = new ArrayList<>(fields);
        if (rest.getFirst().startsWith(BYTE_ORDER_MARK)) {
            rest.set(0, rest.getFirst().substring(BYTE_ORDER_MARK.length()));
        }
        return rest;
    }

    private TrendFlexStream stream() {
        try {
            return TrendFlex.of(period.value)
                    .withDefinition(definition.value)
                    .withNanPolicy(nanPolicy)
                    .stream();
        } catch (TrendFlexException e) {
            throw CommandException.refused(INPUT, e);
        }
    }
}
