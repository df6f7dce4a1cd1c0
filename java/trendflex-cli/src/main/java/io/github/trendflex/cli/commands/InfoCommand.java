package io.github.trendflex.cli.commands;

import io.github.trendflex.Kernel;
import io.github.trendflex.TrendFlexEngine;
import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.cli.terminal.CommandException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `trendflex info`: the facts about program and machine that belong into a support ticket.
@Command(
        name = "info",
        sortOptions = false,
        header =
                "Shows what runs here: versions, the engine, the native library and its kernels, the system.")
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class InfoCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Mixin
    @SuppressWarnings("unused") // picocli acts on it
    private EngineOption engine;

    @Option(
            names = "--verify",
            description =
                    "Computes a built-in case with each kernel that this CPU runs, or with Java, and says whether the "
                            + "bits are right. The exit code is 1 if they are not.")
    private boolean verify;

    @Override
    public void run() {
        boolean inJava = TrendFlexLibrary.engine() == TrendFlexEngine.JAVA;
        List<Kernel> kernels =
                Arrays.stream(Kernel.values())
                        .filter(kernel -> kernel != Kernel.AUTO && kernel.isSupported())
                        .toList();
        print("program  %s\n".formatted(ProgramVersion.number()));
        print("engine   %s\n".formatted(Choice.name(TrendFlexLibrary.engine())));
        if (!inJava) {
            showLibrary(kernels);
        }
        showSystem();
        if (verify && inJava) {
            verify(Kernel.AUTO, "java", "engine java");
        } else if (verify) {
            String file = TrendFlexLibrary.path().toString();
            kernels.forEach(
                    kernel -> verify(kernel, file, "kernel %s".formatted(Choice.name(kernel))));
        }
    }

    private void verify(Kernel kernel, String name, String what) {
        if (!Verification.isRight(kernel)) {
            throw CommandException.data(
                    name, "%s gives wrong bits: please report this".formatted(what));
        }
        print("verify   %s: the bits are right\n".formatted(what.substring(what.indexOf(' ') + 1)));
    }

    private void showLibrary(List<Kernel> kernels) {
        print(
                """
                library  %s, ABI %d
                file     %s
                kernel   %s of %s
                """
                        .formatted(
                                TrendFlexLibrary.version(),
                                TrendFlexLibrary.abiVersion(),
                                TrendFlexLibrary.path(),
                                Choice.name(TrendFlexLibrary.kernel()),
                                kernels.stream()
                                        .map(Choice::name)
                                        .collect(Collectors.joining(", "))));
    }

    private void showSystem() {
        print(
                """
                system   %s %s, %s, %d processors
                java     %s, %s
                """
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch"),
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.version(),
                                System.getProperty("java.vm.name")));
    }

    private void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
