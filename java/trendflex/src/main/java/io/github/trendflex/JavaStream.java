package io.github.trendflex;

import java.lang.foreign.MemorySegment;

/// Is a stream that owns its state, whatever the engine: a call of native code would take longer
/// than the step. Only many prices at once go to the engine.
final class JavaStream implements StreamState {
    private final Step step;

    JavaStream(Step step) {
        this.step = step;
    }

    @Override
    public int period() {
        return step.period();
    }

    @Override
    public Definition definition() {
        return step.definition();
    }

    @Override
    public NanPolicy nanPolicy() {
        return step.nanPolicy();
    }

    @Override
    public long count() {
        return step.count();
    }

    @Override
    public double update(double price) {
        try {
            return step.update(price);
        } catch (OutOfMemoryError e) {
            throw noMemory(e);
        }
    }

    @Override
    public double peek(double price) {
        return step.peek(price);
    }

    @Override
    public void updateInto(MemorySegment prices, MemorySegment out) {
        Engine engine = Engine.forPrices(Segments.doubles(prices), period());
        try {
            engine.update(step, prices, out);
        } catch (OutOfMemoryError e) {
            throw noMemory(e);
        }
    }

    /// Computes the same for arrays. Where Java computes it needs no segment, whose first use in a
    /// program takes milliseconds.
    void updateInto(double[] prices, double[] out) {
        if (Engine.forPrices(prices.length, period()) instanceof JavaEngine) {
            try {
                step.update(prices, 0, prices.length, out, 0);
            } catch (OutOfMemoryError e) {
                throw noMemory(e);
            }
        } else {
            updateInto(MemorySegment.ofArray(prices), MemorySegment.ofArray(out));
        }
    }

    @Override
    public double updateAll(MemorySegment history) {
        makeRoom(Segments.doubles(history));
        return StreamState.super.updateAll(history);
    }

    /// Takes all prices of an array, and returns the output of the last one, or NaN if there is
    /// none.
    double updateAll(double[] history) {
        if (!(Engine.forPrices(history.length, period()) instanceof JavaEngine)) {
            return updateAll(MemorySegment.ofArray(history));
        }
        makeRoom(history.length);
        double output = Double.NaN;
        double[] outputs = new double[Math.min(history.length, JavaPieces.MOST)];
        for (int from = 0; from < history.length; ) {
            int count = Math.min(outputs.length, history.length - from);
            step.update(history, from, from + count, outputs, 0);
            output = outputs[count - 1];
            from += count;
        }
        return output;
    }

    private void makeRoom(long prices) {
        try {
            step.makeRoom(prices);
        } catch (OutOfMemoryError e) {
            throw noMemory(e);
        }
    }

    private TrendFlexException noMemory(OutOfMemoryError error) {
        return Checks.noMemory(StreamState.name(period()), (long) period() * Double.BYTES, error);
    }

    @Override
    public void reset() {
        step.reset();
    }

    @Override
    public StreamState with(Definition definition, NanPolicy nanPolicy) {
        return new JavaStream(new Step(period(), definition, nanPolicy));
    }

    @Override
    public JavaStream copy() {
        try {
            return new JavaStream(step.copy());
        } catch (OutOfMemoryError e) {
            throw noMemory(e);
        }
    }

    @Override
    public byte[] snapshot() {
        return Snapshots.ofStream(step);
    }

    @Override
    public MemorySegment memory() {
        return MemorySegment.NULL;
    }
}
