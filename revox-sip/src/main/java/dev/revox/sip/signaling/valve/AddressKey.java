package dev.revox.sip.signaling.valve;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * An address as one number. Of an IPv6 address the first 64 bits count: one host has all that follow, and could else be 2^64
 * strangers. <b>Thread:</b> Thread-safe.
 */
final class AddressKey {

    private static final long IPV4 = 0xffff_0000_0000L;

    private AddressKey() {}

    static long of(InetAddress address) {
        if (address instanceof Inet4Address) {
            // Documented: the hash code of an IPv4 address is its 32 bits. getAddress() would make a copy.
            return IPV4 | Integer.toUnsignedLong(address.hashCode());
        }
        byte[] bytes = address.getAddress();
        long key = 0;
        for (int i = 0; i < 8; i++) {
            key = key << 8 | (bytes[i] & 0xff);
        }
        return key == 0 ? bytes[15] : key;
    }
}
