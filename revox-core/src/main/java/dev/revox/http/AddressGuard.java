package dev.revox.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Knows which addresses are reachable from the whole world. All others belong to somebody's inside: ours, the cloud provider's
 * metadata service, the machine itself.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 6890 and the IANA special-purpose address registries.
 */
final class AddressGuard {

    /** A block of addresses. */
    private static final class Block {

        private final byte[] prefix;
        private final int bits;

        private Block(byte[] prefix, int bits) {
            this.prefix = prefix;
            this.bits = bits;
        }

        static Block of(String cidr) {
            int slash = cidr.indexOf('/');
            try {
                // A literal: never asks a name server.
                return new Block(
                        InetAddress.getByName(cidr.substring(0, slash)).getAddress(),
                        Integer.parseInt(cidr.substring(slash + 1)));
            } catch (UnknownHostException impossible) {
                throw new IllegalStateException(cidr, impossible);
            }
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Block> CLOSED_4 = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** Of global unicast; everything outside 2000::/3 is closed anyway. */
    private static final List<Block> CLOSED_6 = blocks("2001::/23", "2001:db8::/32", "3fff::/20", "2620:4f:8000::/48");

    private static final Block GLOBAL_UNICAST = Block.of("2000::/3");
    private static final Block NAT64 = Block.of("64:ff9b::/96");
    private static final Block SIX_TO_FOUR = Block.of("2002::/16");

    private AddressGuard() {}

    private static List<Block> blocks(String... cidrs) {
        return Arrays.stream(cidrs).map(Block::of).toList();
    }

    static boolean isPublic(InetAddress address) {
        return switch (address) {
            case Inet4Address four -> isPublic4(four.getAddress());
            case Inet6Address six -> isPublic6(six.getAddress());
            default -> false;
        };
    }

    private static boolean isPublic4(byte[] address) {
        return CLOSED_4.stream().noneMatch(block -> block.holds(address));
    }

    private static boolean isPublic6(byte[] address) {
        // Addresses that carry an IPv4 address lead to that one, whatever they look like.
        if (NAT64.holds(address)) {
            return isPublic4(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.holds(address)) {
            return isPublic4(Arrays.copyOfRange(address, 2, 6));
        }
        return GLOBAL_UNICAST.holds(address) && CLOSED_6.stream().noneMatch(block -> block.holds(address));
    }
}
