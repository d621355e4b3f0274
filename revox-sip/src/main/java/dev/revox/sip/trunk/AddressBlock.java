package dev.revox.sip.trunk;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** An IP address or a CIDR block. Never looks a name up. <b>Thread:</b> Immutable. */
public record AddressBlock(InetAddress network, int prefixBits) {

    private static final Pattern LITERAL =
            Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)(?:/([0-9]{1,3}))?");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static AddressBlock parse(String text) {
        var matcher = LITERAL.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "allowInboundFrom: \"" + text + "\" is not an IP address or block such as 203.0.113.0/24");
        }
        try {
            InetAddress address = InetAddress.getByName(matcher.group(1));
            int all = address.getAddress().length * 8;
            int bits = matcher.group(2) == null ? all : Integer.parseInt(matcher.group(2));
            if (bits > all) {
                throw new IllegalArgumentException("allowInboundFrom: \"" + text + "\" has a prefix over " + all);
            }
            return new AddressBlock(address, bits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("allowInboundFrom: \"" + text + "\" is not an IP address", e);
        }
    }

    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((mine[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
