package dev.revox.sip.signaling.syntax;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules on the bytes of a message that the library's parser does not know. One pass, no recursion, no repeated groups: the text
 * may be hostile and up to 64 KiB long.
 *
 * <p><b>Thread:</b> Confined to one call of {@link #flaw}. <b>Spec:</b> RFC 3261 §7.1, §7.3, §8.1.1.7, §20, §25.1; RFC 4475.
 */
final class MessageSyntax {

    /** The status of a flaw that makes it not worth parsing. */
    static final int UNREADABLE = 0;

    /** Values of lists and lines together; the library needs a second and a half for 20 000. */
    private static final int MAX_VALUES = 500;

    private static final Pattern VERSION = Pattern.compile("(?i)SIP/([0-9]{1,9})\\.([0-9]{1,9})");
    private static final Pattern EMPTY_BRANCH = Pattern.compile("(?i);\\s*branch\\s*=\\s*z9hG4bK\\s*(?:[;,]|$)");
    private static final Set<String> ONCE =
            Set.of("call-id", "cseq", "from", "to", "max-forwards", "content-length", "content-type");

    private final Set<String> seen = new HashSet<>();
    private int values;
    private boolean response;
    private int vias;
    private Optional<Flaw> found = Optional.empty();

    private MessageSyntax() {}

    /** The first flaw, empty when there is none that we know of. */
    static Optional<Flaw> flaw(byte[] message) {
        // One character per byte: nothing here depends on more than ASCII.
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int start = 0;
        while (start < text.length() && (text.charAt(start) == '\r' || text.charAt(start) == '\n')) {
            start++;
        }
        if (start == text.length()) {
            return Optional.empty(); // a keep-alive (RFC 5626 §3.5.1)
        }
        return new MessageSyntax().read(text, start);
    }

    private Optional<Flaw> read(String text, int from) {
        int start = from;
        StringBuilder line = new StringBuilder();
        boolean first = true;
        while (start < text.length() && found.isEmpty()) {
            int end = text.indexOf('\n', start);
            int next = end < 0 ? text.length() : end + 1;
            int stop = end < 0 ? text.length() : end;
            if (stop > start && text.charAt(stop - 1) == '\r') {
                stop--;
            }
            int bare = text.indexOf('\r', start);
            if (bare >= 0 && bare < stop) {
                return Optional.of(new Flaw(400, "Bare CR"));
            }
            boolean continued = stop > start && (text.charAt(start) == ' ' || text.charAt(start) == '\t');
            if (!continued || first) {
                if (!line.isEmpty()) {
                    header(line);
                }
                line.setLength(0);
            }
            if (stop == start) {
                break;
            }
            if (first) {
                startLine(text.substring(start, stop));
                first = false;
            } else {
                line.append(text, start, stop);
            }
            start = next;
        }
        if (!line.isEmpty() && found.isEmpty()) {
            header(line);
        }
        return found;
    }

    private void found(int status, String reason) {
        if (found.isEmpty()) {
            // A bad response must not even end our transaction: a good one may follow.
            found = Optional.of(new Flaw(response ? UNREADABLE : status, reason));
        }
    }

    private void startLine(String line) {
        if (line.regionMatches(true, 0, "SIP/", 0, 4)) {
            response = true;
            statusLine(line);
            return;
        }
        String plain = line.strip();
        int uriFrom = plain.indexOf(' ') + 1;
        int uriTo = plain.lastIndexOf(' ');
        boolean usual = uriFrom > 0
                && plain.indexOf(' ', uriFrom) == uriTo
                && plain.startsWith("SIP/2.0", uriTo + 1)
                && plain.length() == uriTo + 8;
        if (usual) {
            requestUri(plain.substring(uriFrom, uriTo));
            return;
        }
        String[] parts = plain.split(" +", -1);
        Matcher version = VERSION.matcher(parts[parts.length - 1]);
        if (version.matches()
                && !(version.group(1).equals("2") && version.group(2).equals("0"))) {
            found(505, "Version Not Supported");
        } else if (parts.length == 3) {
            requestUri(parts[1]);
        }
    }

    private void requestUri(String uri) {
        if (hasHeaders(uri)) {
            // RFC 3261 §19.1.1: a Request-URI carries no headers.
            found(400, "Headers in Request-URI");
        }
    }

    private static boolean hasHeaders(String uri) {
        boolean sip = uri.regionMatches(true, 0, "sip:", 0, 4) || uri.regionMatches(true, 0, "sips:", 0, 5);
        int userEnd = uri.lastIndexOf('@');
        return sip && uri.indexOf('?', Math.max(0, userEnd)) >= 0;
    }

    private void statusLine(String line) {
        String[] parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[1].matches("[1-6][0-9]{2}")) {
            found(UNREADABLE, "bad status line");
        }
    }

    private void header(CharSequence unfolded) {
        String text = unfolded.toString();
        int colon = text.indexOf(':');
        if (colon < 0) {
            return; // the library's parser decides
        }
        String name = longName(text.substring(0, colon).strip().toLowerCase(Locale.ROOT));
        String value = text.substring(colon + 1).strip();
        if (ONCE.contains(name) && !seen.add(name)) {
            found(400, "More than one " + name);
        }
        switch (name) {
            case "via" -> {
                values += 1 + commas(value);
                if (vias == 0 && EMPTY_BRANCH.matcher(value).find()) {
                    // RFC 4475 §3.2.1: the cookie alone names no transaction.
                    found(400, "Empty branch");
                }
                vias += 1 + commas(value);
                if (response && vias > 1) {
                    // RFC 3261 §8.1.3.3: it is not for us.
                    found(UNREADABLE, "more than one Via");
                }
            }
            case "contact" -> {
                values += 1 + commas(value);
                if (value.indexOf('<') < 0 && value.indexOf('?') >= 0) {
                    // RFC 3261 §20.10: a URI with a question mark stands in angle brackets.
                    found(400, "Contact without brackets");
                }
            }
            case "max-forwards" -> {
                if (!hops(value)) {
                    found(400, "Bad Max-Forwards");
                }
            }
            default -> values += 1 + commas(value);
        }
        if (values > MAX_VALUES) {
            found = Optional.of(new Flaw(UNREADABLE, "too many header values"));
        }
    }

    private static boolean hops(String value) {
        if (value.isEmpty() || value.length() > 6) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return Integer.parseInt(value) <= 255;
    }

    // Outside quoted strings.
    private static int commas(String value) {
        int count = 0;
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                count++;
            }
        }
        return count;
    }

    private static String longName(String name) {
        return switch (name) {
            case "i" -> "call-id";
            case "f" -> "from";
            case "t" -> "to";
            case "l" -> "content-length";
            case "c" -> "content-type";
            case "v" -> "via";
            case "m" -> "contact";
            default -> name;
        };
    }
}
