package io.github.trendflex.cli.commands;

import io.github.trendflex.cli.format.NumberText.Decimal;
import io.github.trendflex.cli.input.CsvColumn;
import io.github.trendflex.cli.input.CsvColumns;
import io.github.trendflex.cli.input.CsvHints;
import io.github.trendflex.cli.terminal.CommandException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options about CSV files that all commands share.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CsvOptions {
    @Option(names = "--no-header", description = "The first CSV line holds no names, but prices.")
    private boolean noHeader;

    @Option(
            names = "--time",
            paramLabel = "NAME",
            description =
                    "The CSV column with the times, by which the rows are put in order: dates, dates with times, or "
                            + "seconds or fractions of them since 1970. No time may be there twice. Without it the "
                            + "rows are computed as they stand in the file.")
    private @Nullable String time;

    @Option(
            names = "--separator",
            paramLabel = "C",
            converter = SeparatorConverter.class,
            description =
                    "What stands between the fields of a CSV line: , ; | or tab. Default: what the first lines "
                            + "show.")
    private @Nullable Character separator;

    @Option(
            names = "--decimal",
            paramLabel = "C",
            converter = DecimalConverter.class,
            description =
                    "What stands before the decimals of a price: a point or a comma. Default: what the prices of the "
                            + "column show.")
    private @Nullable Decimal decimal;

    @Option(
            names = "--skip-lines",
            paramLabel = "N",
            description =
                    "How many lines stand before the CSV header. Default: those with a # or with fewer fields.")
    private @Nullable Integer skipLines;

    @Mixin private FieldOptions fields;

    /// The columns of a file, with those of the prices given.
    CsvColumns columns(
            List<String> priceNames,
            List<Integer> priceIndexes,
            @Nullable String by,
            @Nullable String symbol) {
        if (!priceNames.isEmpty() && !priceIndexes.isEmpty()) {
            throw CommandException.usage("--column and --column-index exclude each other");
        }
        if (!priceNames.isEmpty() && noHeader) {
            throw CommandException.usage(
                    "--column needs a header: with --no-header use --column-index");
        }
        if (symbol != null && by == null) {
            throw CommandException.usage("--symbol needs the column of the symbols: --by NAME");
        }
        if (noHeader && (by != null || time != null)) {
            throw CommandException.usage(
                    "--by and --time need a header: --no-header excludes them");
        }
        List<CsvColumn> prices =
                Stream.concat(
                                priceNames.stream().map(CsvColumn::ofPrices),
                                priceIndexes.stream().map(CsvColumn::ofPrices))
                        .toList();
        return new CsvColumns(
                prices.isEmpty() ? List.of(CsvColumn.USUAL_PRICES) : prices,
                by == null ? null : CsvColumn.named("--by", by),
                symbol == null ? null : symbol.strip(),
                time == null ? null : CsvColumn.named("--time", time),
                !noHeader,
                hints());
    }

    private CsvHints hints() {
        if (skipLines != null && skipLines < 0) {
            throw CommandException.usage("--skip-lines " + skipLines + ": it is 0 at least");
        }
        return new CsvHints(separator, decimal, fields.missing(), skipLines, fields.timeFormat());
    }

    static final class SeparatorConverter implements ITypeConverter<Character> {
        @Override
        public Character convert(String value) {
            return switch (value) {
                case ",", ";", "|", "\t" -> value.charAt(0);
                case "tab", "\\t" -> '\t';
                default ->
                        throw new TypeConversionException("'" + value + "' is none of , ; | tab");
            };
        }
    }

    static final class DecimalConverter implements ITypeConverter<Decimal> {
        @Override
        public Decimal convert(String value) {
            return switch (value) {
                case "." -> Decimal.POINT;
                case "," -> Decimal.COMMA;
                default -> throw new TypeConversionException("'" + value + "' is none of . ,");
            };
        }
    }
}
