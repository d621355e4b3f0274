package dev.revox.testkit.phone.sip;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a session description says about its one stream of audio, as far as this telephone cares.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 8866, RFC 3264.
 *
 * @param codecs names in upper case with their payload types, in the order of preference
 * @param direction sendrecv, sendonly, recvonly or inactive
 */
public record PhoneSdp(InetSocketAddress address, List<Codec> codecs, int keyEvents, String direction) {

    public record Codec(String name, int payloadType) {}

    public static Optional<PhoneSdp> parse(String sdp) {
        String host = "";
        int port = -1;
        int keyEvents = -1;
        String direction = "sendrecv";
        List<Codec> codecs = new ArrayList<>();
        for (String line : sdp.split("\r?\n")) {
            if (line.startsWith("c=IN IP4 ")) {
                host = line.substring(9).trim();
            } else if (line.startsWith("m=audio ")) {
                String[] fields = line.substring(8).trim().split(" ");
                port = Integer.parseInt(fields[0]);
                for (int i = 2; i < fields.length; i++) {
                    int type = Integer.parseInt(fields[i]);
                    codecs.add(new Codec(named(sdp, type), type));
                }
            } else if (line.matches("a=(sendrecv|sendonly|recvonly|inactive)\\s*")) {
                direction = line.substring(2).trim();
            }
        }
        for (Codec codec : codecs) {
            if (codec.name().equals("TELEPHONE-EVENT") && keyEvents < 0) {
                keyEvents = codec.payloadType();
            }
        }
        return port < 0
                ? Optional.empty()
                : Optional.of(
                        new PhoneSdp(new InetSocketAddress(host, port), List.copyOf(codecs), keyEvents, direction));
    }

    /** Static types need no rtpmap (RFC 3551 §6). */
    private static String named(String sdp, int type) {
        return switch (type) {
            case 0 -> "PCMU";
            case 8 -> "PCMA";
            case 9 -> "G722";
            default -> rtpmap(sdp, type);
        };
    }

    // Of telephone-event only the 8 kHz one is of use beside G.711.
    private static String rtpmap(String sdp, int type) {
        for (String line : sdp.split("\r?\n")) {
            if (line.startsWith("a=rtpmap:" + type + " ")) {
                String map = line.substring(line.indexOf(' ') + 1).trim().toUpperCase(Locale.ROOT);
                String name = map.substring(0, map.indexOf('/'));
                return name.equals("TELEPHONE-EVENT") && !map.endsWith("/8000") ? "OTHER" : name;
            }
        }
        return "UNKNOWN";
    }

    /** The first codec of theirs that is also one of ours. */
    public Optional<Codec> common(List<String> ours) {
        return codecs.stream().filter(codec -> ours.contains(codec.name())).findFirst();
    }

    public static String write(int rtpPort, List<Codec> codecs, int keyEvents, String direction) {
        StringBuilder types = new StringBuilder();
        StringBuilder maps = new StringBuilder();
        for (Codec codec : codecs) {
            types.append(' ').append(codec.payloadType());
            maps.append("a=rtpmap:%d %s/8000\r\n".formatted(codec.payloadType(), codec.name()));
        }
        if (keyEvents >= 0) {
            types.append(' ').append(keyEvents);
            maps.append("a=rtpmap:%d telephone-event/8000\r\na=fmtp:%d 0-15\r\n".formatted(keyEvents, keyEvents));
        }
        return "v=0\r\no=phone 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + rtpPort
                + " RTP/AVP" + types + "\r\n" + maps + "a=ptime:20\r\na=" + direction + "\r\n";
    }
}
