package io.github.trendflex.arrow;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.memory.RootAllocator;

/// Allocates memory in which all bits are set, as if it had been used before.
final class UsedMemory extends AllocationManager {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;

    private UsedMemory(BufferAllocator allocator, long size) {
        super(allocator);
        memory = arena.allocate(size, Long.BYTES).fill((byte) -1);
    }

    static BufferAllocator allocator() {
        return new RootAllocator(
                RootAllocator.configBuilder().allocationManagerFactory(new Source()).build());
    }

    @Override
    public long getSize() {
        return memory.byteSize();
    }

    @Override
    protected long memoryAddress() {
        return memory.address();
    }

    @Override
    protected void release0() {
        arena.close();
    }

    private static final class Source implements Factory {
        @Override
        public AllocationManager create(BufferAllocator allocator, long size) {
            return new UsedMemory(allocator, size);
        }

        @Override
        public ArrowBuf empty() {
            return new ArrowBuf(ReferenceManager.NO_OP, null, 0, 0);
        }
    }
}
