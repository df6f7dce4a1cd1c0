package io.github.trendflex.cli.commands;

import io.github.trendflex.cli.format.MissingWords;
import io.github.trendflex.cli.input.TimeFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// How the fields of CSV are written, in files and in what comes line by line.
final class FieldOptions {
    @Option(
            names = "--missing",
            paramLabel = "WORD",
            description =
                    "A word in the place of a missing price, beside NaN, null, NA, N/A, #N/A, None, nil, ., - and --; "
                            + "may be said several times.")
    private List<String> missing = List.of();

    @Option(
            names = "--time-format",
            paramLabel = "F",
            converter = TimeFormatConverter.class,
            description =
                    "How the times of CSV are written, where they do not show it: dmy or mdy for the day or the month "
                            + "first, or a pattern of Java, such as 'd MMM yyyy HH:mm'.")
    private @Nullable TimeFormat timeFormat;

    /// The words for a missing price, with those that are said.
    MissingWords missing() {
        return missing.isEmpty() ? MissingWords.USUAL : MissingWords.USUAL.with(missing);
    }

    @Nullable TimeFormat timeFormat() {
        return timeFormat;
    }

    static final class TimeFormatConverter implements ITypeConverter<TimeFormat> {
        @Override
        public TimeFormat convert(String value) {
            try {
                return TimeFormat.of(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'%s' is neither dmy nor mdy nor a pattern: %s"
                                .formatted(value, e.getMessage()));
            }
        }
    }
}
