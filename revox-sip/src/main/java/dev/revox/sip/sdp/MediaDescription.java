package dev.revox.sip.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code m=} section.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 8866 §5.14.
 *
 * @param connection the address this section's media goes to: its own {@code c=} or the session's
 * @param direction its own attribute or the session's, {@code sendrecv} when there is none
 */
record MediaDescription(
        String kind,
        int port,
        String protocol,
        List<String> formats,
        Optional<String> connection,
        Direction direction,
        List<Attribute> attributes) {

    /** An {@code a=} line; the value is empty for a property attribute. */
    record Attribute(String name, String value) {}

    Optional<String> attribute(String name) {
        for (Attribute attribute : attributes) {
            if (attribute.name().equals(name)) {
                return Optional.of(attribute.value());
            }
        }
        return Optional.empty();
    }

    List<String> attributeValues(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .map(Attribute::value)
                .toList();
    }

    boolean has(String name) {
        return attribute(name).isPresent();
    }

    /** The payload types in order of preference; those that nothing explains are left out. */
    List<PayloadFormat> payloadFormats() {
        Map<String, String> maps = valuesByPayloadType("rtpmap");
        Map<String, String> parameters = valuesByPayloadType("fmtp");
        List<PayloadFormat> result = new ArrayList<>();
        for (String format : formats) {
            int payloadType = number(format, 127);
            String map = maps.getOrDefault(format, staticMap(payloadType));
            if (payloadType < 0 || map.isEmpty()) {
                continue;
            }
            String[] parts = map.trim().split("/", -1);
            int clockRateHz = parts.length > 1 ? number(parts[1].trim(), 384_000) : -1;
            int channels = parts.length > 2 ? number(parts[2].trim(), 8) : 1;
            if (clockRateHz > 0 && channels > 0) {
                result.add(new PayloadFormat(
                        payloadType,
                        parts[0].trim(),
                        clockRateHz,
                        channels,
                        parseParameters(parameters.getOrDefault(format, ""))));
            }
        }
        return result;
    }

    private Map<String, String> valuesByPayloadType(String name) {
        Map<String, String> result = new HashMap<>();
        for (Attribute attribute : attributes) {
            int space = attribute.value().indexOf(' ');
            if (attribute.name().equals(name) && space > 0) {
                result.putIfAbsent(
                        attribute.value().substring(0, space),
                        attribute.value().substring(space + 1).trim());
            }
        }
        return result;
    }

    // RFC 3551 §6: these need no rtpmap line.
    private static String staticMap(int payloadType) {
        return switch (payloadType) {
            case 0 -> AudioCodec.PCMU.rtpmap();
            case 8 -> AudioCodec.PCMA.rtpmap();
            case 9 -> AudioCodec.G722.rtpmap();
            case PayloadFormat.COMFORT_NOISE -> "CN/8000";
            default -> "";
        };
    }

    private static Map<String, String> parseParameters(String line) {
        Map<String, String> result = new HashMap<>();
        for (String part : line.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                result.putIfAbsent(
                        part.substring(0, equals).trim().toLowerCase(Locale.ROOT),
                        part.substring(equals + 1).trim());
            }
        }
        return result;
    }

    /** A decimal number within 0..max, or -1. */
    static int number(String digits, int max) {
        if (digits.isEmpty() || digits.length() > 6) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value <= max ? value : -1;
    }
}
