package io.github.trendflex.arrow;

import static java.util.Objects.requireNonNull;

import io.github.trendflex.BatchResult;
import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.TrendFlexLibraryException;
import io.github.trendflex.TrendFlexStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.util.AutoCloseables;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.util.TransferPair;

/// Computes TrendFlex of Arrow's vectors, which are read and written where they are.
///
/// {@snippet :
/// try (Float8Vector trend =
///         TrendFlexVectors.compute(TrendFlex.of(20), closes, "trend", allocator)) {
/// }
/// }
///
/// ### Prices of other types
///
/// [#prices] makes prices of a column of floats, decimals, integers or indices of a dictionary:
///
/// {@snippet :
/// try (Float8Vector prices = TrendFlexVectors.prices(table.getVector("close"), reader, allocator);
///         Float8Vector trend =
///                 TrendFlexVectors.compute(TrendFlex.of(20), prices, "trend", allocator)) {
/// }
/// }
///
/// ### Nulls
///
/// A null among the prices is a missing value, as NaN is: the
/// [NanPolicy][io.github.trendflex.NanPolicy] of the calculator or the stream says what follows.
/// The value under a null does not matter. An output without a number, of the warm-up or of a
/// missing price, is null; the value under it is the NaN of the library.
///
/// ### Memory
///
/// Prices without a null are read in the vector's own buffer, also if the vector is a slice. Prices
/// with nulls, or at an address that is no multiple of 8, are copied once, to a buffer of the same
/// allocator that is freed before the method returns. Outputs are written to the buffer of their
/// vector. All buffers are retained during a call, so a vector of prices may be closed during it;
/// an output vector must not be.
///
/// ### Order
///
/// Prices are taken as they stand, oldest first. Before a call, sort a table by time and remove
/// rows that are there twice.
///
/// ### Errors and threads
///
/// A calculator fails as [TrendFlex] and [TrendFlexBatch] say, and an output vector then keeps its
/// values. No other code may write to the vectors during a call, as always in Arrow.
public final class TrendFlexVectors {
    private TrendFlexVectors() {}

    /// Returns the numbers of a column as prices.
    ///
    /// Doubles are not copied: the result has the memory of the column. Floats of 16 and 32 bits,
    /// integers, and decimals are copied, each rounded to the nearest double. In a column of the
    /// type null all prices are missing. The column must not be closed during the call.
    ///
    /// @param column a column of numbers
    /// @param allocator the allocator of a copy
    /// @return as many prices as the column has values, null where it is; the caller closes them
    /// @throws IllegalArgumentException if the column has no numbers, or has them in a dictionary
    public static Float8Vector prices(FieldVector column, BufferAllocator allocator) {
        return prices(column, new MapDictionaryProvider(), allocator);
    }

    /// Returns the numbers of a column as prices, also of a column of indices of a dictionary.
    ///
    /// A new record batch may come with new values of a dictionary, so the prices of each batch are
    /// to be made anew.
    ///
    /// @param column a column of numbers, or of indices of numbers
    /// @param dictionaries the dictionaries, which a reader of a file is
    /// @param allocator the allocator of a copy
    /// @return as [#prices(FieldVector, BufferAllocator)]
    /// @throws IllegalArgumentException if the column has no numbers, its dictionary is not there,
    ///   or an index is outside it
    public static Float8Vector prices(
            FieldVector column, DictionaryProvider dictionaries, BufferAllocator allocator) {
        requireNonNull(dictionaries, "dictionaries");
        requireNonNull(allocator, "allocator");
        int count = requireNonNull(column, "column").getValueCount();
        if (column instanceof Float8Vector) {
            TransferPair pair = column.getTransferPair(column.getAllocator());
            pair.splitAndTransfer(0, count);
            return (Float8Vector) pair.getTo();
        }
        DictionaryEncoding encoding = column.getField().getDictionary();
        Dictionary dictionary = encoding == null ? null : dictionaries.lookup(encoding.getId());
        return dictionary == null
                ? Numbers.copy(column, 0, count, allocator)
                : Numbers.decode(column, dictionary, allocator);
    }

    /// Computes into a new vector.
    ///
    /// @param calculator what computes, with its options
    /// @param prices the prices, oldest first
    /// @param name the name of the result
    /// @param allocator the allocator of the result, which the caller closes
    /// @return an output for each price
    /// @throws TrendFlexException as [TrendFlex#compute(double\[\])] for the data
    /// @throws TrendFlexLibraryException as
    ///   [engine()][io.github.trendflex.TrendFlexLibrary#engine()]
    public static Float8Vector compute(
            TrendFlex calculator, Float8Vector prices, String name, BufferAllocator allocator) {
        Float8Vector out =
                new Float8Vector(
                        requireNonNull(name, "name"), requireNonNull(allocator, "allocator"));
        try {
            computeInto(calculator, prices, out);
            return out;
        } catch (RuntimeException e) {
            out.close();
            throw e;
        }
    }

    /// Computes into a vector, which grows if it is too small for an output for each price.
    ///
    /// @param calculator what computes, with its options
    /// @param prices the prices, oldest first
    /// @param out the outputs; it has as many values as `prices` afterwards
    /// @throws TrendFlexException as [#compute], or [OVERLAP][Refusal#OVERLAP] if values or
    ///   validity share memory
    /// @throws IllegalStateException if `out` was closed or changed during the call
    /// @throws TrendFlexLibraryException as
    ///   [engine()][io.github.trendflex.TrendFlexLibrary#engine()]
    public static void computeInto(TrendFlex calculator, Float8Vector prices, Float8Vector out) {
        computeInto(prices, out, requireNonNull(calculator, "calculator")::computeInto);
    }

    /// Takes the next prices of a stream, for a column that comes in several record batches.
    ///
    /// @param stream what takes the prices
    /// @param prices the next prices
    /// @param out the outputs; it has as many values as `prices` afterwards
    /// @throws TrendFlexException [OVERLAP][Refusal#OVERLAP] if values or validity share memory; no
    ///   price is taken then
    /// @throws IllegalStateException if `out` was closed or changed during the call; the stream has
    ///   taken the prices
    public static void updateInto(TrendFlexStream stream, Float8Vector prices, Float8Vector out) {
        computeInto(prices, out, requireNonNull(stream, "stream")::updateInto);
    }

    private static void computeInto(
            Float8Vector prices,
            Float8Vector out,
            BiConsumer<MemorySegment, MemorySegment> computation) {
        requireNonNull(out, "out");
        int count = requireNonNull(prices, "prices").getValueCount();
        try (Lease original = Lease.of(prices, 0, count)) {
            reserve(out, count);
            try (Lease output = Lease.of(out, 0, count)) {
                // The calculator cannot check this: it may see a copy, and does not see the
                // validity.
                if (original.overlaps(output)) {
                    throw new TrendFlexException(
                            Refusal.OVERLAP,
                            "prices and out share memory: out must be memory of its own");
                }
                try (Lease input = original.prices(prices.getAllocator(), new BitSet())) {
                    computation.accept(input.doubles(), output.doubles());
                }
                if (!output.isOf(out)) {
                    throw new IllegalStateException("out was closed or changed during the call");
                }
                out.setValueCount(count);
                writeValidity(output.doubles(), output.validity());
            }
        }
    }

    private static void reserve(Float8Vector out, int count) {
        if (out.getValueCapacity() == 0 && count > 0) {
            out.allocateNew(count);
        }
        while (out.getValueCapacity() < count) {
            out.reAlloc();
        }
    }

    /// Computes a batch into new vectors, one for each period, named `trendflex_20` and so on.
    ///
    /// The vectors are slices of the same memory, which is freed when the last one is closed.
    ///
    /// @param calculator what computes, with its options
    /// @param prices the prices, oldest first
    /// @param allocator the allocator of the result, which the caller closes
    /// @return a vector for each period, in the order of the periods, with an output for each price
    /// @throws TrendFlexException as [TrendFlexBatch#compute(MemorySegment, SegmentAllocator)]
    /// @throws TrendFlexLibraryException as
    ///   [engine()][io.github.trendflex.TrendFlexLibrary#engine()]
    public static VectorSchemaRoot compute(
            TrendFlexBatch calculator, Float8Vector prices, BufferAllocator allocator) {
        requireNonNull(calculator, "calculator");
        requireNonNull(allocator, "allocator");
        List<ArrowBuf> blocks = new ArrayList<>();
        List<FieldVector> vectors = new ArrayList<>();
        try (Lease original =
                        Lease.of(prices, 0, requireNonNull(prices, "prices").getValueCount());
                Lease input = original.prices(prices.getAllocator(), new BitSet())) {
            BatchResult result =
                    calculator.compute(
                            input.doubles(),
                            (bytes, _) -> {
                                ArrowBuf block = allocator.buffer(bytes);
                                blocks.add(block);
                                return Lease.memory(block, 0, bytes);
                            });
            int[] periods = result.periods();
            for (int row = 0; row < periods.length; row++) {
                vectors.add(
                        vector(periods[row], result.rowAt(row), row, blocks.getFirst(), allocator));
            }
            return new VectorSchemaRoot(vectors);
        } catch (RuntimeException e) {
            AutoCloseables.close(e, vectors);
            throw e;
        } finally {
            // Each vector has a reference of its own.
            blocks.forEach(ArrowBuf::close);
        }
    }

    private static Float8Vector vector(
            int period, MemorySegment outputs, int row, ArrowBuf block, BufferAllocator allocator) {
        int count = (int) (outputs.byteSize() / Double.BYTES);
        Float8Vector vector = new Float8Vector("trendflex_" + period, allocator);
        try (ArrowBuf validity =
                allocator.buffer(BitVectorHelper.getValidityBufferSizeFromCount(count))) {
            validity.setZero(0, validity.capacity());
            int nulls = writeValidity(outputs, validity);
            ArrowBuf data = block.slice(row * outputs.byteSize(), outputs.byteSize());
            vector.loadFieldBuffers(new ArrowFieldNode(count, nulls), List.of(validity, data));
        }
        return vector;
    }

    /// Computes a series in each list into a new vector of lists of the same lengths.
    ///
    /// A list with too few prices gets nulls and does not fail the call; a list that is null stays
    /// null. The lists are computed on several cores, unless [TrendFlex#withThreads(int)] limits
    /// them.
    ///
    /// @param calculator what computes, with its options
    /// @param prices the lists of numbers; others than doubles are copied as by [#prices]
    /// @param name the name of the result
    /// @param allocator the allocator of the result, which the caller closes
    /// @return a list for each list of prices, with an output for each price
    /// @throws TrendFlexException as [TrendFlex#computePanelInto] for the data
    /// @throws IllegalArgumentException if the lists are not of numbers, or their offsets are
    ///   outside the vector of these or fall
    /// @throws TrendFlexLibraryException as
    ///   [engine()][io.github.trendflex.TrendFlexLibrary#engine()]
    public static ListVector compute(
            TrendFlex calculator, ListVector prices, String name, BufferAllocator allocator) {
        requireNonNull(calculator, "calculator");
        requireNonNull(name, "name");
        requireNonNull(allocator, "allocator");
        FieldVector values = requireNonNull(prices, "prices").getDataVector();
        int lists = prices.getValueCount();
        ListVector out = ListVector.empty(name, allocator);
        try (Arena arena = Arena.ofConfined();
                ArrowBuf bounds = Lease.retain(prices.getOffsetBuffer());
                ArrowBuf validity = Lease.retain(prices.getValidityBuffer())) {
            Lease.checkHolds(bounds, 0, lists, lists == 0 ? 0 : offsetAt(lists + 1));
            Lease.checkHolds(
                    validity, 0, lists, BitVectorHelper.getValidityBufferSizeFromCount(lists));
            int from = lists == 0 ? 0 : bounds.getInt(0);
            int to = lists == 0 ? 0 : bounds.getInt(offsetAt(lists));
            if (from < 0 || to < from || to > values.getValueCount()) {
                throw new IllegalArgumentException(
                        "the lists go from %s to %s in %s values"
                                .formatted(from, to, values.getValueCount()));
            }
            try (Lease original = Lease.ofNumbers(values, from, to - from, allocator)) {
                Float8Vector outputs =
                        (Float8Vector)
                                out.addOrGetVector(FieldType.nullable(MinorType.FLOAT8.getType()))
                                        .getVector();
                out.setInitialTotalCapacity(lists, to - from);
                out.allocateNew();
                // Arrow counts in 32 bits.
                MemorySegment offsets = arena.allocate(ValueLayout.JAVA_LONG, lists + 1L);
                BitSet ofNullLists = new BitSet();
                int begin = from;
                for (int list = 0; list < lists; list++) {
                    int end = bounds.getInt(offsetAt(list + 1));
                    if (end < begin || end > to) {
                        throw new IllegalArgumentException(
                                "list %s goes from %s to %s, but the last one to %s"
                                        .formatted(list, begin, end, to));
                    }
                    int valid = BitVectorHelper.get(validity, list);
                    if (valid == 0) {
                        ofNullLists.set(begin - from, end - from);
                    }
                    offsets.setAtIndex(ValueLayout.JAVA_LONG, list + 1L, (long) end - from);
                    out.getOffsetBuffer().setInt(offsetAt(list + 1), end - from);
                    BitVectorHelper.setValidityBit(out.getValidityBuffer(), list, valid);
                    begin = end;
                }
                // A vector of the type null has no allocator.
                BufferAllocator ofPrices =
                        values instanceof Float8Vector ? values.getAllocator() : allocator;
                // Prices of a list that is null mean nothing.
                try (Lease input = original.prices(ofPrices, ofNullLists);
                        Lease output = Lease.of(outputs, 0, to - from)) {
                    if (to > from) {
                        calculator.computePanelInto(input.doubles(), offsets, output.doubles());
                    }
                    out.setLastSet(lists - 1);
                    out.setValueCount(lists);
                    writeValidity(output.doubles(), outputs.getValidityBuffer());
                }
            }
            return out;
        } catch (RuntimeException e) {
            out.close();
            throw e;
        }
    }

    private static long offsetAt(int list) {
        return (long) list * ListVector.OFFSET_WIDTH;
    }

    /// Marks outputs that are no numbers as null, and returns how many there are. Bits beyond the
    /// outputs stay as they are: they may belong to a vector that this one is a slice of.
    private static int writeValidity(MemorySegment outputs, ArrowBuf validity) {
        long count = outputs.byteSize() / Double.BYTES;
        int nulls = 0;
        for (long i = 0; i < count; i += Byte.SIZE) {
            int width = (int) Math.min(Byte.SIZE, count - i);
            int bits = validity.getByte(i / Byte.SIZE) & (-1 << width);
            for (int k = 0; k < width; k++) {
                if (Double.isNaN(outputs.getAtIndex(ValueLayout.JAVA_DOUBLE, i + k))) {
                    nulls++;
                } else {
                    bits |= 1 << k;
                }
            }
            validity.setByte(i / Byte.SIZE, bits);
        }
        return nulls;
    }
}
