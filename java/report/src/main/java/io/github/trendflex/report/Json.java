package io.github.trendflex.report;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategy;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reads and writes records as JSON files, with every double in full: a record that is read equals
/// the one that was written.
public final class Json {
    /// Members are named as a record's components.
    public static final Json CAMEL_CASE = new Json(PropertyNamingStrategies.LOWER_CAMEL_CASE);

    /// Members are named as a record's components, `in_snake_case`.
    public static final Json SNAKE_CASE = new Json(PropertyNamingStrategies.SNAKE_CASE);

    private final JsonMapper mapper;

    private Json(PropertyNamingStrategy naming) {
        mapper =
                JsonMapper.builder()
                        .propertyNamingStrategy(naming)
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                        .build();
    }

    /// Reads a record, and throws if the file lacks a member of it.
    public <T> T read(Path file, Class<T> type) {
        return mapper.readValue(file, type);
    }

    public void write(Path file, Record value) throws IOException {
        WholeFile.write(file, path -> mapper.writeValue(path, value));
    }
}
