package dev.revox.sip.signaling.header;

import dev.revox.sip.signaling.SipFrame;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a session lasts without a refresh, and which side of this transaction refreshes.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 4028 §4, §5.
 *
 * @param refresher {@code uac} or {@code uas} of the transaction that carries it, empty when left open
 */
public record SessionExpires(int seconds, Optional<String> refresher) {

    private static final int MAX_SECONDS = 7 * 86_400;
    private static final Pattern SECONDS = Pattern.compile("\\s*([0-9]{1,10})\\s*(;.*)?");

    public static Optional<SessionExpires> of(SipFrame frame) {
        Optional<String> value = frame.first("Session-Expires").or(() -> frame.first("x"));
        OptionalInt seconds = seconds(value);
        if (value.isEmpty() || seconds.isEmpty() || seconds.getAsInt() == 0) {
            return Optional.empty();
        }
        Optional<String> refresher = Optional.ofNullable(
                        NameAddr.parameters(value.get().replaceFirst("^[^;]*", ""))
                                .get("refresher"))
                .map(r -> r.toLowerCase(Locale.ROOT))
                .filter(r -> r.equals("uac") || r.equals("uas"));
        return Optional.of(new SessionExpires(seconds.getAsInt(), refresher));
    }

    /** Min-SE in seconds, 0 when there is none. */
    public static int minimum(SipFrame frame) {
        return seconds(frame.first("Min-SE")).orElse(0);
    }

    private static OptionalInt seconds(Optional<String> value) {
        Matcher matcher = SECONDS.matcher(value.orElse(""));
        return matcher.matches()
                ? OptionalInt.of((int) Math.min(Long.parseLong(matcher.group(1)), MAX_SECONDS))
                : OptionalInt.empty();
    }

    public String text() {
        return seconds + refresher.map(r -> ";refresher=" + r).orElse("");
    }
}
