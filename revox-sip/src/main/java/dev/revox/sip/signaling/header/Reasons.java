package dev.revox.sip.signaling.header;

import dev.revox.line.LegEnd;
import dev.revox.line.SipFailure;
import dev.revox.sip.failure.FailureSignal;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.SipFrame;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads why: status line, Reason header (RFC 3326), trunk operators' own headers. <b>Thread:</b> Thread-safe. */
public final class Reasons {

    private static final Pattern Q850 = Pattern.compile("(?i)^\\s*Q\\.850\\s*;.*?\\bcause\\s*=\\s*\"?([0-9]{1,3})");
    private static final Pattern SIP = Pattern.compile("(?i)^\\s*SIP\\s*;.*?\\bcause\\s*=\\s*\"?([0-9]{3})");
    private static final Pattern USER_LOCATION = Pattern.compile("(?i);\\s*location\\s*=\\s*\"?U\\b");
    private static final Pattern TWILIO_CODE = Pattern.compile("\\b([0-9]{5})\\b");

    private Reasons() {}

    public static OptionalInt q850(SipFrame frame) {
        for (String reason : frame.values("Reason")) {
            Matcher matcher = Q850.matcher(reason);
            if (matcher.find()) {
                int cause = Integer.parseInt(matcher.group(1));
                return cause <= 127 ? OptionalInt.of(cause) : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    public static FailureSignal signal(IncomingResponse response, boolean rang, boolean abroad) {
        boolean user = response.frame().values("Reason").stream()
                .anyMatch(r -> USER_LOCATION.matcher(r).find());
        Optional<String> twilio = response.frame()
                .first("X-Twilio-Error")
                .map(TWILIO_CODE::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1));
        return new FailureSignal(
                response.status(), q850(response.frame()), user, response.phrase(), twilio, rang, abroad);
    }

    public static SipFailure raw(IncomingResponse response, String trunk) {
        return new SipFailure(
                OptionalInt.of(response.status()), q850(response.frame()), Optional.of(response.phrase()), trunk);
    }

    /** What a BYE or CANCEL says about itself. */
    public static Optional<String> of(SipFrame goodbye) {
        OptionalInt cause = q850(goodbye);
        if (cause.isPresent()) {
            return Optional.of("Q.850 cause " + cause.getAsInt());
        }
        for (String reason : goodbye.values("Reason")) {
            Matcher matcher = SIP.matcher(reason);
            if (matcher.find()) {
                return Optional.of("SIP cause " + matcher.group(1));
            }
        }
        return Optional.empty();
    }

    /** What our own BYE says (RFC 3326, Q.850). */
    public static String forBye(LegEnd cause) {
        return switch (cause) {
            case LOCAL_HANGUP, REMOTE_HANGUP, TRANSFERRED -> "Q.850;cause=16;text=\"Normal call clearing\"";
            case MEDIA_TIMEOUT, SESSION_EXPIRED -> "Q.850;cause=102;text=\"Recovery on timer expiry\"";
            case INTERNAL_ERROR -> "Q.850;cause=31;text=\"Normal, unspecified\"";
        };
    }
}
