package io.github.trendflex;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.trendflex.internal.ffi.TrendflexFunctions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Checks who may use whom: the API is on top, with an [Engine] below it. Only the native engine
/// knows the bindings and the loader.
@Tag("once")
class ArchitectureTest {
    private static final String API = "io.github.trendflex";
    private static final String BINDINGS = API + ".internal.ffi";
    private static final String LOADER = API + ".internal.load";
    private static final JavaClasses CLASSES = classes();

    private static final DescribedPredicate<JavaClass> NATIVE_CALLS =
            describe(
                    "the native calls",
                    type ->
                            type.getPackageName().equals(API)
                                    && outermost(type).getSimpleName().startsWith("Native"));

    /// The seam, the class that chooses the engine, and the one that tells about the library.
    private static final Set<String> USERS_OF_NATIVE_CALLS =
            Set.of(
                    API + ".Engine",
                    API + ".StreamState",
                    API + ".BankState",
                    API + ".EngineChoice",
                    API + ".TrendFlexLibrary");

    private static JavaClasses classes() {
        // The JDK's classes do not matter here, and take seconds to read.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter().importPath(Path.of("target/classes"));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.github.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void internalPackagesDoNotKnowTheApi() {
        noClasses()
                .that()
                .resideInAPackage(API + ".internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(API)
                .check(CLASSES);
    }

    @Test
    void onlyTheNativeCallsTouchTheBindings() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BINDINGS)
                .and(DescribedPredicate.not(NATIVE_CALLS))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BINDINGS)
                .check(CLASSES);
    }

    @Test
    void onlyTheNativeCallsAndTheBindingsLoadTheLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackages(BINDINGS, LOADER)
                .and(DescribedPredicate.not(NATIVE_CALLS))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LOADER)
                .check(CLASSES);
    }

    @Test
    void theFunctionsAreCalled() {
        Set<String> called =
                CLASSES.that(NATIVE_CALLS).stream()
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().getPackageName().equals(BINDINGS))
                        .map(JavaAccess::getName)
                        .collect(Collectors.toSet());
        assertEquals(
                // Java counts rows and bytes without a call.
                List.of(
                        "trendflex_bank_save_size",
                        "trendflex_batch_rows",
                        "trendflex_stream_load_size",
                        "trendflex_stream_save_size"),
                TrendflexFunctions.NAMES.stream().filter(name -> !called.contains(name)).toList());
    }

    @Test
    void nativeCallsDoNotKnowWhatIsAboveTheEngine() {
        noClasses()
                .that(NATIVE_CALLS)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        TrendFlex.class,
                        TrendFlexBatch.class,
                        TrendFlexStream.class,
                        TrendFlexStreamBank.class,
                        BatchCall.class,
                        ManySeries.class)
                .check(CLASSES);
    }

    @Test
    void nativeCallsAreBehindTheEngine() {
        noClasses()
                .that(DescribedPredicate.not(NATIVE_CALLS))
                .and(
                        describe(
                                "are not of " + USERS_OF_NATIVE_CALLS,
                                type -> !USERS_OF_NATIVE_CALLS.contains(outermost(type).getName())))
                .should()
                .dependOnClassesThat(NATIVE_CALLS)
                .check(CLASSES);
    }

    @Test
    void filesAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        int files = 0;
        try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
            for (Path file : all.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (file.getParent().endsWith("internal/ffi")) {
                    continue; // generated
                }
                files++;
                boolean nativeCalls = file.getFileName().toString().startsWith("Native");
                int most = nativeCalls && file.getParent().endsWith("trendflex") ? 250 : 450;
                long lines = Files.readString(file).lines().count();
                if (lines > most) {
                    tooLong.add("%s has %s lines: at most %s".formatted(file, lines, most));
                }
            }
        }
        assertTrue(files > 20);
        assertEquals(List.of(), tooLong);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }
}
