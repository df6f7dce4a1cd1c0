package io.github.trendflex.cli.commands;

import io.github.trendflex.TrendFlexLibrary;
import picocli.CommandLine.IVersionProvider;

/// What `--version` shows.
public final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "trendflex %s, kernel %s".formatted(number(), Choice.name(TrendFlexLibrary.kernel()))
        };
    }

    /// The version that the jar states, or that of the native library where there is no jar.
    static String number() {
        String stated = ProgramVersion.class.getPackage().getImplementationVersion();
        return stated == null ? TrendFlexLibrary.version() : stated;
    }
}
