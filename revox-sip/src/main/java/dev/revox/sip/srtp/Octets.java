package dev.revox.sip.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network order in byte arrays. <b>Thread:</b> Immutable. */
final class Octets {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Octets() {}

    static int getInt(byte[] from, int at) {
        return (int) INT.get(from, at);
    }

    static void putInt(byte[] into, int at, int value) {
        INT.set(into, at, value);
    }

    static long getLong(byte[] from, int at) {
        return (long) LONG.get(from, at);
    }

    static void putLong(byte[] into, int at, long value) {
        LONG.set(into, at, value);
    }

    static void xor(byte[] into, int offset, byte[] mask, int length) {
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            putLong(into, offset + i, getLong(into, offset + i) ^ getLong(mask, i));
        }
        for (; i < length; i++) {
            into[offset + i] ^= mask[i];
        }
    }
}
