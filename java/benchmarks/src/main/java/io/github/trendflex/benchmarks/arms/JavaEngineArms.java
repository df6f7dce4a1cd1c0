package io.github.trendflex.benchmarks.arms;

import static java.lang.invoke.MethodType.methodType;

import io.github.trendflex.SeriesLayout;
import io.github.trendflex.TrendFlex;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;

/// Makes the arms of TrendFlex's engine in Java, on the memory of the native one. The engine is
/// chosen once, so that the library's classes are loaded a second time here, and called through
/// handles.
public final class JavaEngineArms {
    public static final String NAME = "TrendFlex, engine in Java";

    private static final String ENGINE = "trendflex.engine";
    private static final MethodType INTO =
            methodType(void.class, MemorySegment.class, MemorySegment.class);

    private final Class<?> calculator;
    private final Class<?> batch;
    private final Class<?> periodRange;
    private final Class<?> bank;
    private final Class<?> layout;

    public JavaEngineArms() {
        URL library = TrendFlex.class.getProtectionDomain().getCodeSource().getLocation();
        ClassLoader loader =
                new URLClassLoader(new URL[] {library}, ClassLoader.getPlatformClassLoader());
        String before = System.setProperty(ENGINE, "java");
        try {
            calculator = loader.loadClass("io.github.trendflex.TrendFlex");
            batch = loader.loadClass("io.github.trendflex.TrendFlexBatch");
            periodRange = loader.loadClass("io.github.trendflex.PeriodRange");
            bank = loader.loadClass("io.github.trendflex.TrendFlexStreamBank");
            layout = loader.loadClass("io.github.trendflex.SeriesLayout");
            Class<?> facts = loader.loadClass("io.github.trendflex.TrendFlexLibrary");
            String engine = facts.getMethod("engine").invoke(null).toString();
            if (!engine.equals("JAVA")) {
                throw new IllegalStateException("the engine is " + engine);
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        } finally {
            if (before == null) {
                System.clearProperty(ENGINE);
            } else {
                System.setProperty(ENGINE, before);
            }
        }
    }

    public Arm single(Data data) {
        Object it = make(calculator, int.class, data.work.firstPeriod());
        return arm(into(it, "computeInto", INTO), data, Outputs.rows(data.out));
    }

    public Arm batch(Data data) {
        Work work = data.work;
        Object periods =
                call(
                        periodRange,
                        "closed",
                        methodType(periodRange, int.class, int.class),
                        work.firstPeriod(),
                        work.lastPeriod());
        Object it = make(batch, periodRange, periods);
        return arm(into(it, "computeInto", INTO), data, Outputs.rows(data.out));
    }

    public Arm many(Data data) {
        Object it = make(calculator, int.class, data.work.firstPeriod());
        MethodHandle compute =
                into(
                        it,
                        "computeManyInto",
                        methodType(
                                void.class,
                                MemorySegment.class,
                                long.class,
                                layout,
                                MemorySegment.class));
        Object seriesMajor = layout.getEnumConstants()[SeriesLayout.SERIES_MAJOR.ordinal()];
        return arm(
                MethodHandles.insertArguments(compute, 1, (long) data.work.series(), seriesMajor),
                data,
                Outputs.rows(data.out));
    }

    public Arm bank(Data data) {
        Work work = data.work;
        Object it =
                call(
                        bank,
                        "of",
                        methodType(bank, int.class, long.class),
                        work.firstPeriod(),
                        (long) work.series());
        MethodHandle reset = into(it, "reset", methodType(void.class));
        MethodHandle update = into(it, "updateInto", INTO);
        MemorySegment ticks = data.timeMajor();
        long bytes = (long) work.series() * Double.BYTES;
        return Arm.of(
                NAME,
                Agreement.BITS,
                () -> {
                    run(() -> {
                        reset.invokeExact();
                    });
                    for (int tick = 0; tick < work.bars(); tick++) {
                        MemorySegment prices = ticks.asSlice(tick * bytes, bytes);
                        MemorySegment out = data.out.asSlice(tick * bytes, bytes);
                        run(() -> {
                            update.invokeExact(prices, out);
                        });
                    }
                },
                Outputs.columns(data.out, work.series()));
    }

    private static Arm arm(MethodHandle into, Data data, Outputs outputs) {
        return Arm.of(
                NAME,
                Agreement.BITS,
                () ->
                        run(() -> {
                            into.invokeExact(data.prices, data.out);
                        }),
                outputs);
    }

    /// Calls a type's `of`.
    private static Object make(Class<?> type, Class<?> parameter, Object argument) {
        return call(type, "of", methodType(type, parameter), argument);
    }

    private static Object call(
            Class<?> type, String method, MethodType signature, Object... arguments) {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(type, method, signature)
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle into(Object object, String method, MethodType signature) {
        try {
            return MethodHandles.publicLookup().bind(object, method, signature);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /// Is a call through a handle.
    @FunctionalInterface
    private interface Call {
        void run() throws Throwable;
    }

    private static void run(Call call) {
        try {
            call.run();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
