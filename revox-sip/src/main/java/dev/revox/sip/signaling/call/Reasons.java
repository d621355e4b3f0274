package dev.revox.sip.signaling.call;

import dev.revox.line.SipFailure;
import dev.revox.sip.failure.FailureSignal;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.SipFrame;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads why: status line, Reason header (RFC 3326), trunk operators' own headers. <b>Thread:</b> Thread-safe. */
final class Reasons {

    private static final Pattern Q850 = Pattern.compile("(?i)^\\s*Q\\.850\\s*;.*?\\bcause\\s*=\\s*\"?([0-9]{1,3})");
    private static final Pattern USER_LOCATION = Pattern.compile("(?i);\\s*location\\s*=\\s*\"?U\\b");
    private static final Pattern TWILIO_CODE = Pattern.compile("\\b([0-9]{5})\\b");

    private Reasons() {}

    static OptionalInt q850(SipFrame frame) {
        for (String reason : frame.values("Reason")) {
            Matcher matcher = Q850.matcher(reason);
            if (matcher.find()) {
                int cause = Integer.parseInt(matcher.group(1));
                return cause <= 127 ? OptionalInt.of(cause) : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    static FailureSignal signal(IncomingResponse response, boolean rang, boolean abroad) {
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

    static SipFailure raw(IncomingResponse response, String trunk) {
        return new SipFailure(
                OptionalInt.of(response.status()), q850(response.frame()), Optional.of(response.phrase()), trunk);
    }

    /** What a BYE says about itself. */
    static Optional<String> ofBye(SipFrame bye) {
        OptionalInt cause = q850(bye);
        return cause.isPresent() ? Optional.of("Q.850 cause " + cause.getAsInt()) : Optional.empty();
    }
}
