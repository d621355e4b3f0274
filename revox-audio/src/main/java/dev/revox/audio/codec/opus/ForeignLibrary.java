package dev.revox.audio.codec.opus;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Functions of a shared library, by the Foreign Function API that JDK 22 and later have.
 *
 * <p>This code is compiled for Java 21, where {@code java.lang.foreign} is a preview. So its types are looked up by name while a
 * library is opened and memory is reserved; a call itself is a method handle of numbers alone, a pointer being a {@code long},
 * which every 64-bit calling convention passes like one.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class ForeignLibrary {

    private static final int FIRST_JDK = 22;
    private static final String PACKAGE = "java.lang.foreign.";
    private static final long TEXT_BYTES = 256;

    private final Object symbols;
    private final MethodHandles.Lookup lookup = MethodHandles.lookup();

    private ForeignLibrary(Object symbols) {
        this.symbols = symbols;
    }

    /** Memory outside the heap; freed with {@link #close()}, after which the buffer refuses every access. */
    record Memory(AutoCloseable arena, long address, ByteBuffer buffer) {

        void close() {
            try {
                arena.close();
            } catch (Exception e) {
                throw new IllegalStateException("native memory could not be freed", e);
            }
        }
    }

    /**
     * Opens the first of these libraries that is there.
     *
     * @throws Refused with the reason where this JVM or this machine cannot
     */
    static ForeignLibrary open(List<String> names) throws Refused {
        if (Runtime.version().feature() < FIRST_JDK) {
            throw new Refused("Java " + FIRST_JDK + " or later is needed for native code", null);
        }
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            Object address = type("ValueLayout").getField("ADDRESS").get(null);
            MethodHandle size = lookup.findVirtual(type("MemoryLayout"), "byteSize", MethodType.methodType(long.class));
            if ((long) size.invoke(address) != Long.BYTES) {
                throw new Refused("this JVM's pointers are not of 64 bits", null);
            }
            MethodHandle global = lookup.findStatic(type("Arena"), "global", MethodType.methodType(type("Arena")));
            Object arena = global.invoke();
            MethodHandle load = lookup.findStatic(
                    type("SymbolLookup"),
                    "libraryLookup",
                    MethodType.methodType(type("SymbolLookup"), String.class, type("Arena")));
            for (String name : names) {
                try {
                    return new ForeignLibrary(load.invoke(name, arena));
                } catch (IllegalArgumentException absent) {
                    // The next name may be there.
                }
            }
            throw new Refused(String.join(" or ", names) + " is not on this machine", null);
        } catch (Refused refused) {
            throw refused;
        } catch (Throwable e) {
            throw refused(e);
        }
    }

    /**
     * A function of this library.
     *
     * @param type of {@code int} and {@code long} alone; pointers are {@code long}
     * @param firstVariadic the first argument that C declares as {@code ...}, -1 when there is none
     */
    MethodHandle function(String name, MethodType type, int firstVariadic) throws Refused {
        try {
            MethodHandle find = lookup.findVirtual(
                    type("SymbolLookup"), "find", MethodType.methodType(Optional.class, String.class));
            Optional<?> symbol = (Optional<?>) find.invoke(symbols, name);
            if (symbol.isEmpty()) {
                throw new Refused("it has no " + name, null);
            }
            Object linker = lookup.findStatic(type("Linker"), "nativeLinker", MethodType.methodType(type("Linker")))
                    .invoke();
            Class<?> options = type("Linker$Option").arrayType();
            MethodHandle downcall = lookup.findVirtual(
                            type("Linker"),
                            "downcallHandle",
                            MethodType.methodType(
                                    MethodHandle.class, type("MemorySegment"), type("FunctionDescriptor"), options))
                    .asFixedArity();
            return (MethodHandle) downcall.invoke(linker, symbol.get(), descriptor(type), options(firstVariadic));
        } catch (Refused refused) {
            throw refused;
        } catch (Throwable e) {
            throw refused(e);
        }
    }

    /** Zeroed memory in the machine's byte order. */
    static Memory reserve(int bytes) {
        try {
            Object arena = Reserve.SHARED_ARENA.invoke();
            Object segment = Reserve.ALLOCATE.invoke(arena, (long) bytes, 16L);
            ByteBuffer buffer = (ByteBuffer) Reserve.AS_BUFFER.invoke(segment);
            return new Memory(
                    (AutoCloseable) arena,
                    (long) Reserve.ADDRESS.invoke(segment),
                    buffer.order(ByteOrder.nativeOrder()));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("native memory cannot be reserved", e);
        }
    }

    /** The text that a function returned. */
    String text(long address) throws Refused {
        Class<?> segment = type("MemorySegment");
        try {
            Object place = lookup.findStatic(segment, "ofAddress", MethodType.methodType(segment, long.class))
                    .invoke(address);
            Object readable = lookup.findVirtual(segment, "reinterpret", MethodType.methodType(segment, long.class))
                    .invoke(place, TEXT_BYTES);
            return (String) lookup.findVirtual(segment, "getString", MethodType.methodType(String.class, long.class))
                    .invoke(readable, 0L);
        } catch (Throwable e) {
            throw refused(e);
        }
    }

    private Object descriptor(MethodType type) throws Throwable {
        Class<?> layouts = type("MemoryLayout").arrayType();
        Object arguments = Array.newInstance(type("MemoryLayout"), type.parameterCount());
        for (int i = 0; i < type.parameterCount(); i++) {
            Array.set(arguments, i, layout(type.parameterType(i)));
        }
        return lookup.findStatic(
                        type("FunctionDescriptor"),
                        "of",
                        MethodType.methodType(type("FunctionDescriptor"), type("MemoryLayout"), layouts))
                .asFixedArity()
                .invoke(layout(type.returnType()), arguments);
    }

    private Object options(int firstVariadic) throws Throwable {
        Class<?> option = type("Linker$Option");
        Object options = Array.newInstance(option, firstVariadic < 0 ? 0 : 1);
        if (firstVariadic >= 0) {
            MethodHandle variadic =
                    lookup.findStatic(option, "firstVariadicArg", MethodType.methodType(option, int.class));
            Array.set(options, 0, variadic.invoke(firstVariadic));
        }
        return options;
    }

    private static Object layout(Class<?> number) throws ReflectiveOperationException {
        return type("ValueLayout")
                .getField(number == int.class ? "JAVA_INT" : "JAVA_LONG")
                .get(null);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(PACKAGE + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this JVM has no " + PACKAGE + name, e);
        }
    }

    private static Refused refused(Throwable cause) {
        // A host may forbid native code: IllegalCallerException from JDK 24 on.
        return new Refused("native code cannot be called: " + cause, cause);
    }

    /** What a call's codec needs at its start, looked up once. */
    private static final class Reserve {
        static final MethodHandle SHARED_ARENA;
        static final MethodHandle ALLOCATE;
        static final MethodHandle ADDRESS;
        static final MethodHandle AS_BUFFER;

        static {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Class<?> segment = type("MemorySegment");
            try {
                SHARED_ARENA = lookup.findStatic(type("Arena"), "ofShared", MethodType.methodType(type("Arena")));
                ALLOCATE = lookup.findVirtual(
                        type("Arena"), "allocate", MethodType.methodType(segment, long.class, long.class));
                ADDRESS = lookup.findVirtual(segment, "address", MethodType.methodType(long.class));
                AS_BUFFER = lookup.findVirtual(segment, "asByteBuffer", MethodType.methodType(ByteBuffer.class));
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    /** Native code is not to be had here; the message says why. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String why, @Nullable Throwable cause) {
            super(why, cause);
        }
    }
}
