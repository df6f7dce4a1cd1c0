package io.github.trendflex.cli.output;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A program that begins to write a file and does not end by itself.
public final class HoldsOutputFile {
    private HoldsOutputFile() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (OutputFile file = new OutputFile(Path.of(args[0]))) {
            file.channel();
            System.out.println("holding");
            new CountDownLatch(1).await(); // what ends the process closes its input too
        }
    }
}
