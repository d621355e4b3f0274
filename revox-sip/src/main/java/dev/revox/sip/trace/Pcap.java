package dev.revox.sip.trace;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A capture file in libpcap's format 2.4 with packets of IP (LINKTYPE_RAW), each made for one message.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 791, RFC 8200, RFC 768; draft-ietf-opsawg-pcap.
 */
final class Pcap {

    private static final int MAGIC_MICROSECONDS = 0xA1B2C3D4;
    private static final int LINKTYPE_RAW = 101;
    private static final int SNAP_BYTES = 262_144;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?([0-9A-Fa-f:.]+?)]?:([0-9]{1,5})");

    private Pcap() {}

    private static final class End {

        private final byte[] address;
        private final int port;

        private End(byte[] address, int port) {
            this.address = address;
            this.port = port;
        }

        // Only literals: a name would be looked up.
        static End of(String text) {
            Matcher matcher = HOST_AND_PORT.matcher(text.strip());
            try {
                if (matcher.matches() && Integer.parseInt(matcher.group(2)) <= 0xFFFF) {
                    return new End(
                            InetAddress.getByName(matcher.group(1)).getAddress(), Integer.parseInt(matcher.group(2)));
                }
            } catch (UnknownHostException e) {
                // not an address after all
            }
            return new End(new byte[4], 0);
        }
    }

    static byte[] of(List<TracedMessage> messages) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(24);
        header.putInt(MAGIC_MICROSECONDS).putShort((short) 2).putShort((short) 4);
        header.putInt(0).putInt(0).putInt(SNAP_BYTES).putInt(LINKTYPE_RAW);
        file.writeBytes(header.array());
        for (TracedMessage message : messages) {
            byte[] packet = packet(message);
            Instant at = message.at();
            ByteBuffer record = ByteBuffer.allocate(16);
            record.putInt((int) at.getEpochSecond()).putInt(at.getNano() / 1000);
            record.putInt(packet.length).putInt(packet.length);
            file.writeBytes(record.array());
            file.writeBytes(packet);
        }
        return file.toByteArray();
    }

    private static byte[] packet(TracedMessage message) {
        byte[] payload = message.text().replaceAll("\r?\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        End from = End.of(message.from());
        End to = End.of(message.to());
        boolean six = from.address.length == 16 && to.address.length == 16;
        int udpBytes = Math.min(UDP_HEADER + payload.length, 0xFFFF - IPV4_HEADER);
        ByteBuffer packet = ByteBuffer.allocate((six ? IPV6_HEADER : IPV4_HEADER) + udpBytes);
        if (six) {
            packet.putInt(0x6000_0000)
                    .putShort((short) udpBytes)
                    .put((byte) UDP)
                    .put((byte) 64);
            packet.put(from.address).put(to.address);
        } else {
            packet.put((byte) 0x45).put((byte) 0).putShort((short) (IPV4_HEADER + udpBytes));
            packet.putInt(0).put((byte) 64).put((byte) UDP).putShort((short) 0);
            packet.put(four(from)).put(four(to));
            packet.putShort(10, (short) sum(packet, 0, IPV4_HEADER, 0));
        }
        int udp = packet.position();
        packet.putShort((short) from.port).putShort((short) to.port).putShort((short) udpBytes);
        packet.putShort((short) 0).put(payload, 0, udpBytes - UDP_HEADER);
        if (six) {
            // RFC 8200 §8.1: obligatory, over addresses, length and protocol too.
            int check = sum(packet, 8, packet.capacity() - 8, udpBytes + UDP);
            packet.putShort(udp + 6, (short) (check == 0 ? 0xFFFF : check));
        }
        return packet.array();
    }

    // Of two ends of different families, which no packet has, the one of IPv6 is left out.
    private static byte[] four(End end) {
        return end.address.length == 4 ? end.address : new byte[4];
    }

    /** The Internet checksum (RFC 1071). */
    private static int sum(ByteBuffer bytes, int from, int length, long begin) {
        long sum = begin;
        for (int i = 0; i < length; i++) {
            int octet = bytes.get(from + i) & 0xFF;
            sum += (i & 1) == 0 ? octet << 8 : octet;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }
        return (int) ~sum & 0xFFFF;
    }
}
