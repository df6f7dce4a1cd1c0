package io.github.trendflex.cli.commands;

import io.github.trendflex.TrendFlexLibrary;
import picocli.CommandLine.IVersionProvider;

/// What `--version` shows.
public final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String computes =
                switch (TrendFlexLibrary.engine()) {
                    case NATIVE -> "kernel " + Choice.name(TrendFlexLibrary.kernel());
                    case JAVA -> "engine java";
                };
        return new String[] {"trendflex %s, %s".formatted(number(), computes)};
    }

    /// The version that the jar states, or that of the native library where there is no jar.
    static String number() {
        String stated = ProgramVersion.class.getPackage().getImplementationVersion();
        if (stated != null) {
            return stated;
        }
        return switch (TrendFlexLibrary.engine()) {
            case NATIVE -> TrendFlexLibrary.version();
            case JAVA -> "unknown";
        };
    }
}
