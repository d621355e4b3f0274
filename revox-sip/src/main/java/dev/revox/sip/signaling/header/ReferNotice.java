package dev.revox.sip.signaling.header;

import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipFrame;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a NOTIFY tells of a transfer.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3515 §2.4.4 to §2.4.6, RFC 6665 §4.1.3, RFC 3420.
 *
 * @param referCseq the REFER's number when the event names it
 * @param status of the new call so far, empty when the body tells none
 * @param terminated no further NOTIFY will come
 */
public record ReferNotice(OptionalLong referCseq, OptionalInt status, boolean terminated) {

    private static final Pattern STATUS = Pattern.compile("\\s*SIP/2\\.0\\s+([1-6][0-9]{2})\\b");
    private static final Pattern CSEQ = Pattern.compile("[0-9]{1,10}");

    /** Empty when the NOTIFY is about something else. */
    public static Optional<ReferNotice> of(SipFrame notify) {
        String event = notify.first("Event").or(() -> notify.first("o")).orElse("");
        String name = event.replaceFirst(";.*", "").strip();
        if (!name.equalsIgnoreCase("refer")) {
            return Optional.empty();
        }
        String id = NameAddr.parameters(event.replaceFirst("^[^;]*", "")).getOrDefault("id", "");
        OptionalLong cseq = CSEQ.matcher(id).matches() ? OptionalLong.of(Long.parseLong(id)) : OptionalLong.empty();
        boolean terminated = notify.first("Subscription-State")
                .map(s -> s.strip().toLowerCase(Locale.ROOT).startsWith("terminated"))
                .orElse(false);
        return Optional.of(new ReferNotice(cseq, status(notify.body()), terminated));
    }

    private static OptionalInt status(Optional<SipBody> body) {
        if (body.isEmpty() || !body.get().contentType().toLowerCase(Locale.ROOT).startsWith("message/sipfrag")) {
            return OptionalInt.empty();
        }
        Matcher matcher = STATUS.matcher(body.get().content());
        return matcher.lookingAt() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
