package dev.revox.sip.sdp;

import dev.revox.sip.sdp.MediaDescription.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a session description: strict about what we use, blind to what we do not know.
 *
 * <p>Line ends may be LF alone, {@code s=} and {@code t=} may be missing, unknown line types and attributes are skipped
 * (RFC 8866 §5). What is malformed in a line that we need is an {@link SdpException}, and nothing else is ever thrown.
 *
 * <p><b>Thread:</b> Confined to one call of {@link #parse}.
 */
final class SdpParser {

    private static final int MAX_CHARS = 65_536;
    private static final int MAX_LINES = 2_000;
    private static final int MAX_MEDIA = 32;
    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");
    private static final Pattern BLANKS = Pattern.compile(" +");

    private final List<MediaDescription> media = new ArrayList<>();
    private final List<Attribute> attributes = new ArrayList<>();
    private Optional<String> sessionConnection = Optional.empty();
    private Direction sessionDirection = Direction.SENDRECV;
    private Optional<String> connection = Optional.empty();
    private Optional<Direction> direction = Optional.empty();
    private String mediaLine = "";
    private boolean originSeen;

    private SdpParser() {}

    /** All {@code m=} sections in order. */
    static List<MediaDescription> parse(String text) throws SdpException {
        if (text.length() > MAX_CHARS) {
            throw new SdpException("session description is longer than " + MAX_CHARS + " characters");
        }
        SdpParser parser = new SdpParser();
        String[] lines = LINE_END.split(text, -1);
        if (lines.length > MAX_LINES) {
            throw new SdpException("session description has more than " + MAX_LINES + " lines");
        }
        boolean first = true;
        for (String line : lines) {
            if (line.isBlank()) {
                continue;
            }
            if (first && !line.stripTrailing().equals("v=0")) {
                throw new SdpException("session description does not begin with v=0");
            }
            first = false;
            parser.line(line);
        }
        return parser.finish();
    }

    private void line(String line) throws SdpException {
        if (line.length() < 2 || line.charAt(1) != '=') {
            throw new SdpException("line is not of the form <letter>=<value>");
        }
        String value = line.substring(2).strip();
        switch (line.charAt(0)) {
            case 'o' -> origin(value);
            case 'c' -> connection(value);
            case 'm' -> {
                closeSection();
                mediaLine = value;
                if (media.size() >= MAX_MEDIA) {
                    throw new SdpException("more than " + MAX_MEDIA + " media sections");
                }
            }
            case 'a' -> attribute(value);
            default -> {} // v, s, t, b, k, i, u, e, p, r, z and what is yet to be invented: not needed
        }
    }

    private void origin(String value) throws SdpException {
        if (BLANKS.split(value, -1).length != 6) {
            throw new SdpException("o= does not have six fields");
        }
        originSeen = true;
    }

    private void connection(String value) throws SdpException {
        String[] fields = BLANKS.split(value, -1);
        if (fields.length != 3 || !fields[0].equals("IN")) {
            throw new SdpException("c= is not an Internet address");
        }
        // A multicast TTL or count ("/127") has no place in a call between two, but the address is still readable.
        int slash = fields[2].indexOf('/');
        connection = Optional.of(slash < 0 ? fields[2] : fields[2].substring(0, slash));
    }

    private void attribute(String value) {
        int colon = value.indexOf(':');
        String name = (colon < 0 ? value : value.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
        attributes.add(
                new Attribute(name, colon < 0 ? "" : value.substring(colon + 1).strip()));
        Direction.of(name).ifPresent(found -> direction = Optional.of(found));
    }

    private void closeSection() throws SdpException {
        if (mediaLine.isEmpty()) {
            sessionConnection = connection;
            sessionDirection = direction.orElse(Direction.SENDRECV);
        } else {
            media.add(section());
        }
        connection = Optional.empty();
        direction = Optional.empty();
        attributes.clear();
    }

    private MediaDescription section() throws SdpException {
        String[] fields = BLANKS.split(mediaLine, -1);
        if (fields.length < 4) {
            throw new SdpException("m= has fewer than four fields");
        }
        int slash = fields[1].indexOf('/');
        int port = MediaDescription.number(slash < 0 ? fields[1] : fields[1].substring(0, slash), 65_535);
        if (port < 0) {
            throw new SdpException("m= names no port within 0..65535");
        }
        return new MediaDescription(
                fields[0],
                port,
                fields[2],
                List.of(fields).subList(3, fields.length),
                connection.or(() -> sessionConnection),
                direction.orElse(sessionDirection),
                List.copyOf(attributes));
    }

    private List<MediaDescription> finish() throws SdpException {
        closeSection();
        if (!originSeen) {
            throw new SdpException("session description has no o= line");
        }
        return List.copyOf(media);
    }
}
