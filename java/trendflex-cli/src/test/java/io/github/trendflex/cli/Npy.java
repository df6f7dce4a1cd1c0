package io.github.trendflex.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/// NumPy files as the tests write and read them, without the code under test.
public final class Npy {
    private final String header;
    private final double[] values;

    private Npy(String header, double[] values) {
        this.header = header;
        this.values = values;
    }

    /// The file that NumPy itself writes for an array of one dimension.
    public static byte[] of(double... values) {
        String dictionary =
                "{'descr': '<f8', 'fortran_order': False, 'shape': (%d,), }"
                        .formatted(values.length);
        return of(1, dictionary + " ".repeat(117 - dictionary.length()) + "\n", values);
    }

    /// A file with a header of one's own.
    public static byte[] of(int version, String header, double... values) {
        ByteBuffer file =
                ByteBuffer.allocate(12 + header.length() + values.length * Double.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            file.putShort((short) header.length());
        } else {
            file.putInt(header.length());
        }
        file.put(header.getBytes(StandardCharsets.ISO_8859_1));
        for (double value : values) {
            file.putDouble(value);
        }
        byte[] bytes = new byte[file.position()];
        file.flip().get(bytes);
        return bytes;
    }

    /// A file of version 1.
    public static Npy read(Path path) {
        try {
            ByteBuffer file =
                    ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
            int headerLength = file.getShort(8);
            String header = new String(file.array(), 10, headerLength, StandardCharsets.ISO_8859_1);
            int start = 10 + headerLength;
            double[] values =
                    IntStream.range(0, (file.capacity() - start) / Double.BYTES)
                            .mapToDouble(i -> file.getDouble(start + i * Double.BYTES))
                            .toArray();
            return new Npy(header, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The dictionary, with what pads it.
    public String header() {
        return header;
    }

    public double[] values() {
        return values;
    }

    /// The values of one row of a matrix.
    public double[] row(int row, int columns) {
        return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }
}
