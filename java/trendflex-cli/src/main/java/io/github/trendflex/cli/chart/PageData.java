package io.github.trendflex.cli.chart;

import io.github.trendflex.cli.format.PriceText;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/// The numbers in a page, compressed, for the script in it to read one after the other. Those of
/// neighbouring bars are near each other, so most of them are kept as differences, which need a
/// byte or two: seven bits a byte, the lowest first, with the signs 0, -1, 1, -2, 2 ... as 0, 1, 2,
/// 3, 4 ...
final class PageData {
    /// TrendFlex is kept in steps of this part of one: all that a page shows of it.
    private static final double STEPS = 10_000;

    private final BarAxis axis;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final OutputStream out;

    /// Begins with where the bars stand.
    PageData(BarAxis axis) {
        this.axis = axis;
        try {
            out = new BufferedOutputStream(new GZIPOutputStream(bytes, 1 << 16), 1 << 16);
            long before = 0;
            for (int bar = axis.from(); bar < axis.to(); bar++) {
                long position = (long) axis.position(bar);
                write(zigZag(position - before));
                before = position;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds the prices of the bars, all bits of them.
    ///
    /// @param prices a price for each bar of the series, also those that are not on the axis
    void addPrices(MemorySegment prices) {
        ByteBuffer buffer = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try {
            for (int bar = axis.from(); bar < axis.to(); bar++) {
                double price = at(prices, bar);
                out.write(
                        buffer.putDouble(0, PriceText.isMissing(price) ? Double.NaN : price)
                                .array());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds the values of a period, a missing one as 0 and a difference as one more than it would
    /// be.
    ///
    /// @param values a value for each bar of the series, also those that are not on the axis
    void addValues(MemorySegment values) {
        try {
            long before = 0;
            for (int bar = axis.from(); bar < axis.to(); bar++) {
                double value = at(values, bar);
                if (Double.isNaN(value)) {
                    write(0);
                } else {
                    long steps = Math.round(value * STEPS);
                    write(zigZag(steps - before) + 1);
                    before = steps;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All of the numbers as text. Nothing can be added after that.
    byte[] base64() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encode(bytes.toByteArray());
    }

    private void write(long natural) throws IOException {
        long rest = natural;
        while (rest > 127) {
            out.write((int) ((rest & 127) | 128));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long zigZag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    private static double at(MemorySegment values, int bar) {
        return values.getAtIndex(ValueLayout.JAVA_DOUBLE, bar);
    }
}
