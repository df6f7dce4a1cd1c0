package io.github.trendflex.internal.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares the committed bindings with the committed header, for which no jextract is needed.
@Tag("once")
class BindingsMatchHeaderTest {
    private static final String HEADER =
            read("../../headers/trendflex.h").replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
    private static final String BINDINGS =
            read("src/main/java/io/github/trendflex/internal/ffi/TrendflexH.java");
    private static final String CRITICAL_BINDINGS =
            read("src/main/java/io/github/trendflex/internal/ffi/TrendflexCritical.java");

    @Test
    void functionsAndConstantsAreBoundAndNothingElse() {
        Stream<String> declared =
                Stream.concat(
                        prototypes().map(prototype -> prototype.function().name()),
                        constants().map(Constant::name));
        Stream<String> bound =
                Arrays.stream(TrendflexH.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(method -> method.getName().replaceFirst("\\$.*", ""));
        assertEquals(declared.sorted().toList(), bound.distinct().sorted().toList());
    }

    @Test
    void everyFunctionIsNamed() {
        assertEquals(
                prototypes().map(prototype -> prototype.function().name()).sorted().toList(),
                TrendflexFunctions.NAMES);
    }

    /// The comment is the only trace of what a pointer points to: neither the descriptor nor the
    /// method's types have it.
    @ParameterizedTest
    @MethodSource("prototypes")
    void commentQuotesThePrototype(Prototype prototype) {
        assertTrue(BINDINGS.contains(" * " + prototype), () -> "No comment has: " + prototype);
    }

    @ParameterizedTest
    @MethodSource("prototypes")
    void descriptorHasTheLayoutsOfThePrototype(Prototype prototype)
            throws ReflectiveOperationException {
        assertEquals(prototype.descriptor(), call(prototype.function().name() + "$descriptor"));
    }

    @ParameterizedTest
    @MethodSource("prototypes")
    void methodHasTheParametersOfThePrototype(Prototype prototype)
            throws ReflectiveOperationException {
        Method method =
                TrendflexH.class.getMethod(
                        prototype.function().name(),
                        prototype.descriptor().toMethodType().parameterArray());
        assertEquals(
                prototype.parameters().stream().map(Declaration::name).toList(),
                Arrays.stream(method.getParameters()).map(Parameter::getName).toList());
    }

    /// Critical methods exist for the functions that are also called with heap memory.
    @ParameterizedTest
    @MethodSource("criticalMethods")
    void criticalMethodIsAsTheOrdinaryOne(Method critical) throws ReflectiveOperationException {
        Method ordinary =
                TrendflexH.class.getMethod(critical.getName(), critical.getParameterTypes());
        assertEquals(ordinary.getReturnType(), critical.getReturnType());
        assertEquals(
                Arrays.stream(ordinary.getParameters()).map(Parameter::getName).toList(),
                Arrays.stream(critical.getParameters()).map(Parameter::getName).toList());
        String prototype =
                prototypes()
                        .filter(any -> any.function().name().equals(critical.getName()))
                        .findFirst()
                        .orElseThrow()
                        .toString();
        assertTrue(CRITICAL_BINDINGS.contains(" * " + prototype), prototype);
    }

    private static Stream<Method> criticalMethods() {
        return Arrays.stream(TrendflexCritical.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("constants")
    void constantHasTheValueOfTheHeader(Constant constant) throws ReflectiveOperationException {
        assertEquals(constant.value(), call(constant.name()));
    }

    private static Stream<Prototype> prototypes() {
        return Pattern.compile("^(\\w[^;{}()]*)\\(([^)]*)\\)(?=;)", Pattern.MULTILINE)
                .matcher(HEADER)
                .results()
                .map(match ->
                        new Prototype(
                                match.group().replaceAll("\\s+", " "),
                                Declaration.parse(match.group(1)),
                                parameters(match.group(2))));
    }

    private static List<Declaration> parameters(String list) {
        return list.equals("void")
                ? List.of()
                : Pattern.compile(",").splitAsStream(list).map(Declaration::parse).toList();
    }

    /// Enum constants and macros. The header guard has no value and does not count.
    private static Stream<Constant> constants() {
        return Pattern.compile("(\\w+)(?: =)? (\\d+),?\\s*$", Pattern.MULTILINE)
                .matcher(HEADER)
                .results()
                .map(match -> new Constant(match.group(1), Integer.parseInt(match.group(2))));
    }

    private static MemoryLayout layout(String type) {
        if (type.endsWith("*")) {
            return TrendflexH.C_POINTER;
        }
        return switch (type) {
            case "int" -> ValueLayout.JAVA_INT;
            case "double" -> ValueLayout.JAVA_DOUBLE;
            case "unsigned long long" -> ValueLayout.JAVA_LONG;
            default -> layout(find("typedef ([\\w ]+) " + type + ";", HEADER).group(1));
        };
    }

    private static Object call(String method) throws ReflectiveOperationException {
        return TrendflexH.class.getMethod(method).invoke(null);
    }

    private static Matcher find(String regex, String text) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        assertTrue(matcher.find(), () -> regex + " is not in: " + text);
        return matcher;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Constant(String name, int value) {}

    record Declaration(String type, String name) {
        static Declaration parse(String text) {
            Matcher parts = find("^(.*?) ?(\\w+)$", text.strip());
            return new Declaration(parts.group(1), parts.group(2));
        }
    }

    record Prototype(String text, Declaration function, List<Declaration> parameters) {
        FunctionDescriptor descriptor() {
            return FunctionDescriptor.of(
                    layout(function.type()),
                    parameters.stream()
                            .map(parameter -> layout(parameter.type()))
                            .toArray(MemoryLayout[]::new));
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
