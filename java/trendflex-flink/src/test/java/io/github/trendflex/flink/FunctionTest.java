package io.github.trendflex.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.TrendFlexStream;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class FunctionTest {
    private static final TypeInformation<Tick> TICKS = TypeInformation.of(Tick.class);

    @Test
    void whatNoStreamCanBeIsRefusedWhereTheJobIsMade() {
        assertRefused(Refusal.INVALID_PERIOD, 0, NanPolicy.SKIP);
        assertRefused(Refusal.REJECT_IN_STREAM, 20, NanPolicy.REJECT);
    }

    private static void assertRefused(Refusal error, int period, NanPolicy nanPolicy) {
        TrendFlexException refused =
                assertThrows(
                        TrendFlexException.class,
                        () ->
                                new TrendFlexFunction<String, Tick>(
                                        TICKS,
                                        Tick::price,
                                        period,
                                        Definition.VECTOR_TA,
                                        nanPolicy));
        assertEquals(error, refused.reason());
    }

    @Test
    void functionsTravelAndTakeNoMemoryAlong() throws Exception {
        for (Serializable function :
                List.of(
                        new TrendFlexFunction<String, Tick>(TICKS, Tick::price, 20),
                        new EventTimeOrder<String, Tick>(TICKS))) {
            InstantiationUtil.clone(function, getClass().getClassLoader());
            for (Field field : function.getClass().getDeclaredFields()) {
                if (!Modifier.isTransient(field.getModifiers())) {
                    for (Class<?> memory :
                            List.of(MemorySegment.class, Arena.class, TrendFlexStream.class)) {
                        assertFalse(memory.isAssignableFrom(field.getType()), field.toString());
                    }
                }
            }
        }
    }
}
