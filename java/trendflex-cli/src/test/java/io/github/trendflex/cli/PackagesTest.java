package io.github.trendflex.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// Which packages of the program use which.
class PackagesTest {
    private static final String ROOT = "io/github/trendflex/cli";

    /// The packages in layers. A package uses only layers behind its own, so there is no cycle.
    private static final List<Set<String>> LAYERS =
            List.of(
                    Set.of(ROOT),
                    Set.of(ROOT + "/commands"),
                    Set.of(ROOT + "/input", ROOT + "/output", ROOT + "/chart"),
                    Set.of(ROOT + "/format"),
                    Set.of(ROOT + "/terminal"));

    /// The name of a class, alone or within a descriptor, a signature or an annotation.
    private static final Pattern CLASS = Pattern.compile("(" + ROOT + "(?:/[a-z]+)*)/[A-Z]\\w*");

    @Test
    void everyPackageHasItsLayer() throws IOException {
        assertEquals(
                LAYERS.stream().flatMap(Set::stream).collect(Collectors.toSet()),
                classes().stream().map(PackagesTest::packageOf).collect(Collectors.toSet()));
    }

    @Test
    void aPackageUsesOnlyLayersBehindItsOwn() throws IOException {
        Set<String> upwards = new TreeSet<>();
        for (ClassModel user : classes()) {
            String from = packageOf(user);
            used(user)
                    .filter(used -> !used.group(1).equals(from))
                    .filter(used -> layer(used.group(1)) <= layer(from))
                    .forEach(used ->
                            upwards.add(user.thisClass().asInternalName() + " -> " + used.group()));
        }
        assertEquals(Set.of(), upwards);
    }

    /// The program's classes that the constant pool of a class names: all that it uses, except
    /// where the compiler copied a constant.
    private static Stream<MatchResult> used(ClassModel user) {
        return StreamSupport.stream(user.constantPool().spliterator(), false)
                .filter(Utf8Entry.class::isInstance)
                .flatMap(text -> CLASS.matcher(((Utf8Entry) text).stringValue()).results());
    }

    private static int layer(String name) {
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            if (LAYERS.get(layer).contains(name)) {
                return layer;
            }
        }
        throw new AssertionError(name + " has no layer");
    }

    private static String packageOf(ClassModel model) {
        return model.thisClass().asSymbol().packageName().replace('.', '/');
    }

    private static List<ClassModel> classes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target/classes", ROOT))) {
            List<Path> classFiles =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            List<ClassModel> models = new ArrayList<>();
            for (Path file : classFiles) {
                models.add(ClassFile.of().parse(file));
            }
            return models;
        }
    }
}
