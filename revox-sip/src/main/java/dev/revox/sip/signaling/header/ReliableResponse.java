package dev.revox.sip.signaling.header;

import dev.revox.sip.signaling.SipFrame;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which provisional response a PRACK acknowledges.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3262 §7.1, §7.2.
 *
 * @param cseq of the INVITE
 */
public record ReliableResponse(long rseq, long cseq) {

    private static final long MAX = (1L << 32) - 1;
    private static final Pattern NUMBER = Pattern.compile("\\s*([0-9]{1,10})\\s*");
    private static final Pattern RACK = Pattern.compile("\\s*([0-9]{1,10})\\s+([0-9]{1,10})\\s+INVITE\\s*");

    /** What a provisional response says of itself; empty when it is not a reliable one. */
    public static Optional<ReliableResponse> of(SipFrame provisional) {
        Matcher matcher = NUMBER.matcher(provisional.first("RSeq").orElse(""));
        if (!OptionTags.required(provisional, OptionTags.RELIABLE) || !matcher.matches()) {
            return Optional.empty();
        }
        return checked(Long.parseLong(matcher.group(1)), provisional.cseq());
    }

    /** What a PRACK acknowledges. */
    public static Optional<ReliableResponse> acknowledgedBy(SipFrame prack) {
        Matcher matcher = RACK.matcher(prack.first("RAck").orElse(""));
        return matcher.matches()
                ? checked(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)))
                : Optional.empty();
    }

    private static Optional<ReliableResponse> checked(long rseq, long cseq) {
        return rseq >= 1 && rseq <= MAX ? Optional.of(new ReliableResponse(rseq, cseq)) : Optional.empty();
    }

    /** The value of RAck. */
    public String rack() {
        return rseq + " " + cseq + " INVITE";
    }
}
