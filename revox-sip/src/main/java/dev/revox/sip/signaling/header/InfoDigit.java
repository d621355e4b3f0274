package dev.revox.sip.signaling.header;

import dev.revox.sip.signaling.SipBody;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key press in an INFO request, in either of the two forms that PBXs speak; no RFC defines them.
 *
 * <p><b>Thread:</b> Immutable. Its {@code toString} does not show the digit.
 *
 * @param digit 0-9 * # A-D
 * @param durationMs as told, or 160
 */
public record InfoDigit(char digit, int durationMs) {

    /** {@code Signal=5} and {@code Duration=160} on lines of their own. */
    public static final String RELAY = "application/dtmf-relay";

    /** The digit and nothing else. */
    public static final String PLAIN = "application/dtmf";

    private static final int DEFAULT_MS = 160;
    private static final int MAX_MS = 5_000;
    private static final Pattern SIGNAL = Pattern.compile("(?im)^\\s*Signal\\s*=\\s*([0-9*#A-D]|1[0-5])\\s*$");
    private static final Pattern DURATION = Pattern.compile("(?im)^\\s*Duration\\s*=\\s*([0-9]{1,6})\\s*$");
    private static final Pattern BARE = Pattern.compile("(?i)\\s*([0-9*#A-D]|1[0-5])\\s*");
    private static final String EVENTS = "0123456789*#ABCD";

    /** True for a body of these types, readable or not. */
    public static boolean isDigit(SipBody body) {
        String type = type(body);
        return type.equals(RELAY) || type.equals(PLAIN);
    }

    public static Optional<InfoDigit> parse(SipBody body) {
        if (!isDigit(body)) {
            return Optional.empty();
        }
        Matcher relay = SIGNAL.matcher(body.content());
        if (relay.find()) {
            Matcher duration = DURATION.matcher(body.content());
            int ms = duration.find() ? Math.min(Integer.parseInt(duration.group(1)), MAX_MS) : DEFAULT_MS;
            return Optional.of(new InfoDigit(digit(relay.group(1)), ms));
        }
        Matcher bare = BARE.matcher(body.content());
        return bare.matches() ? Optional.of(new InfoDigit(digit(bare.group(1)), DEFAULT_MS)) : Optional.empty();
    }

    private static String type(SipBody body) {
        return body.contentType().replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    // Some gateways write star and hash, and A to D, as the event numbers of RFC 4733.
    private static char digit(String signal) {
        return signal.length() == 2 ? EVENTS.charAt(Integer.parseInt(signal)) : Character.toUpperCase(signal.charAt(0));
    }

    public SipBody relay() {
        return new SipBody(RELAY, "Signal=" + digit + "\r\nDuration=" + durationMs + "\r\n");
    }

    public SipBody plain() {
        return new SipBody(PLAIN, Character.toString(digit));
    }

    @Override
    public String toString() {
        return "InfoDigit(durationMs=" + durationMs + ")";
    }
}
