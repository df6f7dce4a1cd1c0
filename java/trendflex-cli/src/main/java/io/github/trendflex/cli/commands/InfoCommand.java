package io.github.trendflex.cli.commands;

import io.github.trendflex.Kernel;
import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.cli.terminal.CommandException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `trendflex info`: the facts about program and machine that belong into a support ticket.
@Command(
        name = "info",
        sortOptions = false,
        header = "Shows what runs here: versions, the native library, the system and the kernels.")
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class InfoCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
            names = "--verify",
            description =
                    "Computes a built-in case with each kernel that this CPU runs, and says whether the bits are "
                            + "right. The exit code is 1 if they are not.")
    private boolean verify;

    @Override
    public void run() {
        List<Kernel> kernels =
                Arrays.stream(Kernel.values())
                        .filter(kernel -> kernel != Kernel.AUTO && kernel.isSupported())
                        .toList();
        show(kernels);
        if (verify) {
            kernels.forEach(this::verify);
        }
    }

    private void verify(Kernel kernel) {
        if (!Verification.isRight(kernel)) {
            throw CommandException.data(
                    TrendFlexLibrary.path().toString(),
                    "kernel %s gives wrong bits: please report this"
                            .formatted(Choice.name(kernel)));
        }
        spec.commandLine()
                .getOut()
                .printf("verify   %s: the bits are right%n", Choice.name(kernel))
                .flush();
    }

    private void show(List<Kernel> kernels) {
        spec.commandLine()
                .getOut()
                .printf(
                        """
                        program  %s
                        library  %s, ABI %d
                        file     %s
                        kernel   %s of %s
                        system   %s %s, %s, %d processors
                        java     %s, %s
                        """,
                        ProgramVersion.number(),
                        TrendFlexLibrary.version(),
                        TrendFlexLibrary.abiVersion(),
                        TrendFlexLibrary.path(),
                        Choice.name(TrendFlexLibrary.kernel()),
                        kernels.stream().map(Choice::name).collect(Collectors.joining(", ")),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version(),
                        System.getProperty("java.vm.name"))
                .flush();
    }
}
