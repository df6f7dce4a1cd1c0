package io.github.trendflex;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Computes one series, a price at a time: the arithmetic of `docs/explanation/numerics.md`, whose
/// letters the comments here give. The state is in fields, so that a step takes a few nanoseconds.
///
/// A step costs the same for every period. The ring of smoothed prices grows with the prices taken,
/// up to the period.
///
/// Two threads at once get wrong numbers, or [Checks#corruptState()]; nothing else is harmed.
final class Step {
    /// A mean square below this one is 0.
    private static final double SMALLEST_MEAN_SQUARE = 0x1p-960;

    /// The steps from one renormalisation of a sum to the next, a power of 2.
    private static final int BEAT = 8;

    /// The length of the ring that the first price makes, unless the period is shorter.
    private static final int FIRST_PLACES = 32;

    private static final double[] NO_PLACES = {};

    /// The bit of the count in a snapshot that says that the series has ended.
    static final long ENDED = Long.MIN_VALUE;

    private final int period;
    private final Definition definition;
    private final NanPolicy nanPolicy;

    // The coefficients.
    private final double k;
    private final double a2;
    private final double length;
    private final double reciprocal;

    /// F, the last smoothed price.
    private double smoothed;

    /// D, the difference of F from the smoothed price before.
    private double slope;

    /// The last price.
    private double price;

    // W, the sum of the last smoothed prices, as many as the period, is hi + lo.
    private double hi;
    private double lo;

    /// M, the weighted mean square.
    private double meanSquare;

    // The sum that the next rebuild gives W. Its making begins a period before that, so that a step
    // with a rebuild takes no longer than any other.
    private double shadowHi;
    private double shadowLo;

    /// j, the prices taken.
    private long count;

    /// The count at which W is rebuilt next.
    private long rebuildAt;

    /// The count up to which every price takes a plain step: a whole period precedes it, and W is
    /// not rebuilt. 0 if the next one does not.
    private long plainUntil;

    /// Whether a missing value has ended the series, whose outputs are NaN from there on.
    private boolean ended;

    /// The last smoothed prices; 0 in each place that has had none.
    private double[] ring = NO_PLACES;

    /// The place in the ring of the oldest smoothed price, and of the next one.
    private int position;

    Step(int period, Definition definition, NanPolicy nanPolicy) {
        this(definition, nanPolicy, Coefficients.of(period, definition));
    }

    /// Begins a series whose coefficients are known.
    Step(Definition definition, NanPolicy nanPolicy, Coefficients coefficients) {
        this.definition = definition;
        this.nanPolicy = nanPolicy;
        period = (int) coefficients.length();
        k = coefficients.k();
        a2 = coefficients.a2();
        length = coefficients.length();
        reciprocal = coefficients.reciprocal();
    }

    /// Makes a copy without a ring.
    private Step(Step other) {
        period = other.period;
        definition = other.definition;
        nanPolicy = other.nanPolicy;
        k = other.k;
        a2 = other.a2;
        length = other.length;
        reciprocal = other.reciprocal;
        assign(other);
    }

    /// Takes over all that a step changes, except the ring.
    private void assign(Step other) {
        smoothed = other.smoothed;
        slope = other.slope;
        price = other.price;
        hi = other.hi;
        lo = other.lo;
        meanSquare = other.meanSquare;
        shadowHi = other.shadowHi;
        shadowLo = other.shadowLo;
        count = other.count;
        rebuildAt = other.rebuildAt;
        plainUntil = other.plainUntil;
        ended = other.ended;
        position = other.position;
    }

    /// Takes a value, and returns its output: NaN during the warm-up, and if it is missing.
    double update(double value) {
        if (count >= plainUntil || !Price.isPrice(value)) {
            return updateWithCare(value);
        }
        double[] places = ring;
        int at = position;
        double out = plainStep(value, valueAt(places, at));
        places[at] = smoothed;
        moveOn();
        growShadow(1);
        return out;
    }

    private double updateWithCare(double value) {
        if (ended) {
            return Double.NaN;
        }
        if (!Price.isPrice(value)) {
            if (count > 0 && nanPolicy != NanPolicy.SKIP) {
                ended = true;
                plainUntil = 0;
            }
            return Double.NaN;
        }
        double[] places = makeRoom(1);
        int at = position;
        double out = carefulStep(value, valueAt(places, at));
        places[at] = smoothed;
        moveOn();
        plainUntil = isWarmingUp() ? 0 : rebuildAt;
        return out;
    }

    private boolean isWarmingUp() {
        return count < Math.max(period, 2);
    }

    /// Returns what [#update] would return, and takes nothing. The JVM keeps the copy in registers.
    double peek(double value) {
        if (count >= plainUntil || !Price.isPrice(value)) {
            return peekWithCare(value);
        }
        return new Step(this).plainStep(value, valueAt(ring, position));
    }

    private double peekWithCare(double value) {
        if (ended || !Price.isPrice(value)) {
            return Double.NaN;
        }
        return new Step(this).carefulStep(value, valueOrZeroAt(ring, position));
    }

    /// Takes the values of an array from `from` to `to`, and writes their outputs to another one,
    /// from `outFrom` on. The arrays may be the same one, if the places are.
    void update(double[] values, int from, int to, double[] out, int outFrom) {
        makeRoom(to - from);
        int shift = outFrom - from;
        int at = from;
        while (at < to) {
            at = plainSteps(values, at, to, out, shift);
            if (at < to) {
                out[at + shift] = updateWithCare(values[at]);
                at++;
            }
        }
    }

    /// Takes plain steps until a rebuild is due, a value is missing, or there are no more. Returns
    /// the index of the next value. It works on a copy, which the JVM keeps in registers, and makes
    /// the shadow afterwards.
    private int plainSteps(double[] values, int from, int to, double[] out, int shift) {
        if (plainUntil == 0) {
            return from;
        }
        Step now = new Step(this);
        double[] places = ring;
        int at = from;
        int end = Math.clamp(from + (rebuildAt - count), from, to);
        while (at < end) {
            double value = values[at];
            if (!Price.isPrice(value)) {
                break;
            }
            int place = now.position;
            out[at + shift] = now.plainStep(value, valueAt(places, place));
            places[place] = now.smoothed;
            now.moveOn();
            at++;
        }
        // No call that might not be inlined: the copy would be an object again.
        smoothed = now.smoothed;
        slope = now.slope;
        price = now.price;
        hi = now.hi;
        lo = now.lo;
        meanSquare = now.meanSquare;
        count = now.count;
        position = now.position;
        growShadow(at - from);
        return at;
    }

    /// Takes a price that a whole period precedes, unless a rebuild is due. Returns its output.
    private double plainStep(double next, double oldest) {
        smooth(next);
        if (isBeat(count)) {
            renormalise();
        }
        double out = output();
        slide(oldest);
        return out;
    }

    /// Takes any price. Returns its output.
    private double carefulStep(double next, double oldest) {
        if (count >= 2) {
            smooth(next);
        } else {
            slope = count == 0 ? 0 : next - price;
            smoothed = next;
            price = next;
        }
        if (count == rebuildAt) {
            rebuild();
        } else if (isBeat(count)) {
            renormalise();
        }
        double out = count < period ? Double.NaN : output();
        slide(oldest);
        return out;
    }

    private void smooth(double next) {
        slope = Math.fma(k, Math.fma(0.5, next + price, -smoothed), a2 * slope);
        smoothed += slope;
        price = next;
    }

    private double output() {
        double s = (Math.fma(length, smoothed, -hi) - lo) * reciprocal;
        double m = Math.fma(0.04, s * s, 0.96 * meanSquare);
        if (m < SMALLEST_MEAN_SQUARE) {
            meanSquare = 0;
            return 0;
        }
        meanSquare = m;
        return s / Math.sqrt(m);
    }

    /// Moves the window on: the price last smoothed enters it, and the oldest one leaves it.
    private void slide(double oldest) {
        double entered = hi + smoothed;
        double gained = lostOfSum(hi, smoothed, entered);
        double left = entered - oldest;
        hi = left;
        lo = (lo + gained) + lostOfSum(entered, -oldest, left);
    }

    private void renormalise() {
        double sum = hi + lo;
        lo -= sum - hi;
        hi = sum;
    }

    /// Gives W the sum that has been made beside it.
    private void rebuild() {
        hi = shadowHi;
        lo = shadowLo;
        renormalise();
        shadowHi = 0;
        shadowLo = 0;
        rebuildAt += stepsBetweenRebuilds(period);
    }

    /// Adds to the shadow what the last `steps` have smoothed: as far as they are among the last
    /// period before the rebuild.
    private void growShadow(long steps) {
        long begun = count - (rebuildAt - period);
        long missing = Math.min(steps, begun);
        if (missing <= 0) {
            return;
        }
        double high = shadowHi;
        double low = shadowLo;
        int place = position - (int) missing;
        place = place < 0 ? place + period : place;
        for (long added = begun - missing; added < begun; added++) {
            double value = valueAt(ring, place);
            double sum = high + value;
            low += lostOfSum(high, value, sum);
            high = sum;
            if (isBeat(added + 1)) {
                sum = high + low;
                low -= sum - high;
                high = sum;
            }
            place = place + 1 == period ? 0 : place + 1;
        }
        shadowHi = high;
        shadowLo = low;
    }

    /// Returns a smoothed price from the ring. There is no such place only if another thread has
    /// changed the state meanwhile.
    private static double valueAt(double[] places, int place) {
        if (place < 0 || place >= places.length) {
            throw Checks.corruptState();
        }
        return places[place];
    }

    /// Returns a smoothed price from a ring that may still grow.
    private static double valueOrZeroAt(double[] places, int place) {
        return place < places.length ? places[place] : 0;
    }

    /// Returns whether a sum is renormalised after so many steps.
    private static boolean isBeat(long steps) {
        return (steps & (BEAT - 1)) == 0;
    }

    private void moveOn() {
        count++;
        int next = position + 1;
        position = next == period ? 0 : next;
    }

    /// Returns what `a + b` lost when it was rounded to `sum`, as Knuth's TwoSum does.
    private static double lostOfSum(double a, double b, double sum) {
        double partOfB = sum - a;
        return (a - (sum - partOfB)) + (b - partOfB);
    }

    /// Returns R, the smallest of 1000, 2000, 4000, ... that is at least four periods.
    private static long stepsBetweenRebuilds(int period) {
        long steps = 1000;
        while (steps < 4L * period) {
            steps *= 2;
        }
        return steps;
    }

    /// Makes the ring long enough for so many more prices, if the period is, and returns it.
    ///
    /// @throws OutOfMemoryError if there is no memory for that; nothing has changed then
    double[] makeRoom(long prices) {
        double[] places = ring;
        long wanted = Math.min(count + Math.min(prices, period), period);
        if (places.length < wanted) {
            long more = Math.max(wanted, Math.max(2L * places.length, FIRST_PLACES));
            more = Math.min(more, period);
            // A JVM may be told to end at the first error of its own, so do not provoke one, as far
            // as can be known: the old places are there until they have been copied.
            if ((places.length + more) * Double.BYTES > Runtime.getRuntime().maxMemory()) {
                throw new OutOfMemoryError("the heap has no room for " + more + " doubles");
            }
            places = Arrays.copyOf(places, (int) more);
            ring = places;
        }
        return places;
    }

    int period() {
        return period;
    }

    Definition definition() {
        return definition;
    }

    NanPolicy nanPolicy() {
        return nanPolicy;
    }

    /// Returns the number of prices taken, missing values not counted.
    long count() {
        return count;
    }

    /// Returns a step that goes on from here, with a ring of its own.
    Step copy() {
        Step copy = new Step(this);
        copy.ring = ring.clone();
        return copy;
    }

    /// Begins anew.
    void reset() {
        assign(new Step(definition, nanPolicy, new Coefficients(k, a2, length, reciprocal)));
        Arrays.fill(ring, 0);
    }

    /// Writes the words of a snapshot: the prices taken, the numbers of the state, and the last
    /// smoothed prices, oldest first. Everything else follows from them.
    void save(ByteBuffer words) {
        words.putLong(count | (ended ? ENDED : 0));
        words.putDouble(smoothed).putDouble(slope).putDouble(price);
        words.putDouble(hi).putDouble(lo).putDouble(meanSquare);
        for (int i = 0, place = position; i < period; i++) {
            words.putDouble(valueOrZeroAt(ring, place));
            place = place + 1 == period ? 0 : place + 1;
        }
    }

    /// Goes on from the words of a snapshot.
    void load(ByteBuffer words) {
        double[] places = makeRoom(period);
        long saved = words.getLong();
        ended = (saved & ENDED) != 0;
        count = saved & ~ENDED;
        smoothed = words.getDouble();
        slope = words.getDouble();
        price = words.getDouble();
        hi = words.getDouble();
        lo = words.getDouble();
        meanSquare = words.getDouble();
        for (int i = 0, place = position; i < period; i++) {
            places[place] = words.getDouble();
            place = place + 1 == period ? 0 : place + 1;
        }
        long steps = stepsBetweenRebuilds(period);
        rebuildAt = Math.ceilDiv(count, steps) * steps;
        shadowHi = 0;
        shadowLo = 0;
        growShadow(period);
        plainUntil = ended || isWarmingUp() ? 0 : rebuildAt;
    }
}
