package io.github.trendflex.internal.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.internal.ffi.TrendflexCritical;
import io.github.trendflex.internal.ffi.TrendflexH;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Checks that GraalVM is told of exactly the calls that this library makes.
@Tag("once")
class ReachabilityMetadataTest {
    private static final Path FILE =
            Path.of(
                    "src/main/resources/META-INF/native-image/io.github.trendflex/trendflex",
                    "reachability-metadata.json");

    @Test
    void everyDowncallIsRegisteredAndNothingElse() throws IOException {
        // geteuid of the C library, which LibraryCache calls, has the types of another function.
        String expected =
                """
                {
                  "resources": [
                    {"glob": "META-INF/native/**"},
                    {"module": "io.github.trendflex", "glob": "META-INF/native/**"}
                  ],
                  "foreign": {
                    "downcalls": [
                %s
                    ]
                  }
                }
                """
                        .formatted(
                                Stream.of(boundCalls(), criticalCalls(), callOfTheCLibrary())
                                        .flatMap(calls -> calls)
                                        .distinct()
                                        .sorted()
                                        .collect(Collectors.joining(",\n")));
        if (System.getenv("TRENDFLEX_WRITE_METADATA") != null) {
            Files.writeString(FILE, expected);
        }
        assertEquals(
                expected,
                Files.readString(FILE),
                () ->
                        FILE
                                + " is not what the code calls; to refresh it: "
                                + "TRENDFLEX_WRITE_METADATA=1 mvn -pl java/trendflex test "
                                + "-Dtest=ReachabilityMetadataTest");
    }

    private static Stream<String> boundCalls() {
        return Arrays.stream(TrendflexH.class.getMethods())
                .filter(method -> method.getName().endsWith("$descriptor"))
                .map(ReachabilityMetadataTest::descriptor)
                .map(descriptor -> downcall(descriptor.toMethodType(), ""));
    }

    private static Stream<String> criticalCalls() {
        return nested(TrendflexCritical.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> field.getType() == MethodHandle.class)
                .map(ReachabilityMetadataTest::handle)
                .map(handle ->
                        downcall(
                                handle.type(),
                                ", \"options\": " + "{\"critical\": {\"allowHeapAccess\": true}}"));
    }

    private static Stream<String> callOfTheCLibrary() {
        return Stream.of(downcall(MemoryFile.MEMFD_CREATE.toMethodType(), ""));
    }

    private static Stream<Class<?>> nested(Class<?> outer) {
        return Arrays.stream(outer.getDeclaredClasses())
                .flatMap(type -> Stream.concat(Stream.of(type), nested(type)));
    }

    private static String downcall(MethodType type, String options) {
        return "      {\"returnType\": %s, \"parameterTypes\": [%s]%s}"
                .formatted(
                        layout(type.returnType()),
                        type.parameterList().stream()
                                .map(ReachabilityMetadataTest::layout)
                                .collect(Collectors.joining(", ")),
                        options);
    }

    /// Returns GraalVM's name for a type: the one that means the same on every system.
    private static String layout(Class<?> carrier) {
        return carrier == MemorySegment.class ? "\"void*\"" : "\"j" + carrier.getName() + '"';
    }

    private static FunctionDescriptor descriptor(Method getter) {
        try {
            return (FunctionDescriptor) getter.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static MethodHandle handle(Field field) {
        try {
            field.setAccessible(true);
            return (MethodHandle) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
