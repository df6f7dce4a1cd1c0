package io.github.trendflex;

import java.lang.foreign.MemorySegment;

/// Is a bank in Java: a step for each symbol, with a ring that is as long as it will ever be, so
/// that no price has to wait for memory.
final class JavaBank implements BankState {
    private final BankInfo info;
    private final Step[] symbols;

    private JavaBank(BankInfo info, Step[] symbols) {
        this.info = info;
        this.symbols = symbols;
    }

    /// Begins a bank.
    JavaBank(BankInfo info) {
        this(info, begin(info));
    }

    private static Step[] begin(BankInfo info) {
        long bytes = size(info);
        StateMemory.requireHeap(info.toString(), bytes);
        Coefficients coefficients = Coefficients.of(info.period(), info.definition());
        try {
            Step[] symbols = new Step[(int) info.symbols()];
            for (int i = 0; i < symbols.length; i++) {
                symbols[i] = new Step(info.definition(), info.nanPolicy(), coefficients);
                symbols[i].makeRoom(info.period());
            }
            return symbols;
        } catch (OutOfMemoryError e) {
            throw Checks.noMemory(info.toString(), bytes, e);
        }
    }

    /// Returns the bytes that the native library would take, so that every engine refuses the same.
    private static long size(BankInfo info) {
        try {
            long symbols = Math.multiplyExact(Math.ceilDiv(info.symbols(), 8L), 8);
            long words = Math.multiplyExact(symbols, 11L + info.period());
            return Math.multiplyExact(Math.addExact(words, 8), Long.BYTES);
        } catch (ArithmeticException e) {
            throw Checks.bankTooLarge(info.period(), info.symbols());
        }
    }

    static JavaBank restore(byte[] snapshot) {
        Step[] symbols = Snapshots.bank(snapshot);
        Step first = symbols[0];
        return new JavaBank(
                new BankInfo(first.period(), first.definition(), first.nanPolicy(), symbols.length),
                symbols);
    }

    @Override
    public BankInfo info() {
        return info;
    }

    @Override
    public void update(MemorySegment prices, MemorySegment out) {
        JavaPieces.forEach(
                prices,
                out,
                (values, count, from) -> {
                    for (int i = 0; i < count; i++) {
                        values[i] = symbols[(int) from + i].update(values[i]);
                    }
                });
    }

    @Override
    public void update(double[] prices, double[] out) {
        for (int i = 0; i < symbols.length; i++) {
            out[i] = symbols[i].update(prices[i]);
        }
    }

    @Override
    public void peek(MemorySegment prices, MemorySegment out) {
        JavaPieces.forEach(
                prices,
                out,
                (values, count, from) -> {
                    for (int i = 0; i < count; i++) {
                        values[i] = symbols[(int) from + i].peek(values[i]);
                    }
                });
    }

    @Override
    public void peek(double[] prices, double[] out) {
        for (int i = 0; i < symbols.length; i++) {
            out[i] = symbols[i].peek(prices[i]);
        }
    }

    @Override
    public void reset() {
        for (Step step : symbols) {
            step.reset();
        }
    }

    @Override
    public void reset(long symbol) {
        symbols[(int) symbol].reset();
    }

    @Override
    public boolean isNew() {
        for (Step step : symbols) {
            if (step.count() > 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public JavaStream stream(long symbol) {
        return new JavaStream(symbols[(int) symbol]);
    }

    @Override
    public BankState copy() {
        Step[] copies = symbols.clone();
        for (int i = 0; i < copies.length; i++) {
            copies[i] = copies[i].copy();
        }
        return new JavaBank(info, copies);
    }

    @Override
    public byte[] snapshot() {
        return Snapshots.ofBank(info, symbols);
    }
}
