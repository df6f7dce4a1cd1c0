package io.github.trendflex.cli;

import io.github.trendflex.Kernel;
import io.github.trendflex.TrendFlexLibrary;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `trendflex info`: what runs here, for a support ticket.
@Command(
        name = "info",
        header = "Shows what runs here: versions, the native library, the system and the kernels.")
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class InfoCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        String kernels =
                Arrays.stream(Kernel.values())
                        .filter(kernel -> kernel != Kernel.AUTO && kernel.isSupported())
                        .map(Choice::name)
                        .collect(Collectors.joining(", "));
        spec.commandLine()
                .getOut()
                .printf(
                        """
                        library  %s, ABI %d
                        file     %s
                        kernel   %s of %s
                        system   %s %s, %s, %d processors
                        java     %s, %s
                        """,
                        TrendFlexLibrary.version(),
                        TrendFlexLibrary.abiVersion(),
                        TrendFlexLibrary.path(),
                        Choice.name(TrendFlexLibrary.kernel()),
                        kernels,
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version(),
                        System.getProperty("java.vm.name"))
                .flush();
    }
}
