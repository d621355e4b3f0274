package dev.revox.sip.signaling.dialog;

import dev.revox.phone.DestinationPolicy;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How calls behave towards the other side beyond the plain INVITE.
 *
 * <p><b>Thread:</b> Immutable; each {@code with} method returns a changed copy.
 *
 * @param sessionInterval after which a call without a refresh is over (RFC 4028); zero to ask for none
 * @param minSessionInterval the shortest interval that the other side may ask of us, at least 90 s
 * @param lateOffer the other side makes the offer: our INVITE has none
 * @param digits how {@code sendDtmf} sends; digits in INFO requests are taken when these are not named events, and where named
 *     events were not agreed
 * @param followRedirectsTo hosts other than the trunk's that a 3xx may send a call to
 * @param destinations kinds of numbers that a 3xx or a transfer may lead to
 * @param acceptReplaces whether the trunk may put somebody else into a call that is up (RFC 3891)
 * @param transferTimeout how long a transfer may take until it counts as failed
 */
public record DialogSettings(
        Duration sessionInterval,
        Duration minSessionInterval,
        boolean lateOffer,
        Digits digits,
        Set<String> followRedirectsTo,
        DestinationPolicy destinations,
        boolean acceptReplaces,
        Duration transferTimeout) {

    /** How digits are sent. */
    public enum Digits {
        /** Named events in RTP (RFC 4733), or tones where those were not agreed. */
        NAMED_EVENTS,
        /** INFO requests with {@code application/dtmf-relay}. */
        INFO_RELAY,
        /** INFO requests with {@code application/dtmf}. */
        INFO_PLAIN
    }

    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(90);
    private static final Duration MOST_INTERVAL = Duration.ofDays(1);

    /** Sessions of 1800 s, 90 s at least; our offer first; named events; redirects within the trunk; transfers within 60 s. */
    public static final DialogSettings DEFAULT = new DialogSettings(
            Duration.ofSeconds(1800),
            LEAST_INTERVAL,
            false,
            Digits.NAMED_EVENTS,
            Set.of(),
            DestinationPolicy.STRICT,
            true,
            Duration.ofSeconds(60));

    public DialogSettings {
        Objects.requireNonNull(digits, "digits");
        Objects.requireNonNull(destinations, "destinations");
        followRedirectsTo =
                followRedirectsTo.stream().map(h -> h.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        if (minSessionInterval.compareTo(LEAST_INTERVAL) < 0 || minSessionInterval.compareTo(MOST_INTERVAL) > 0) {
            throw new IllegalArgumentException(
                    "minSessionInterval must be within 90 s..1 day (RFC 4028), was " + minSessionInterval);
        }
        if (!sessionInterval.isZero()
                && (sessionInterval.compareTo(minSessionInterval) < 0
                        || sessionInterval.compareTo(MOST_INTERVAL) > 0)) {
            throw new IllegalArgumentException(
                    "sessionInterval must be zero or within minSessionInterval..1 day, was " + sessionInterval);
        }
        if (transferTimeout.compareTo(Duration.ofSeconds(1)) < 0
                || transferTimeout.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("transferTimeout must be within 1 s..10 min, was " + transferTimeout);
        }
    }

    public DialogSettings withSessionInterval(Duration newInterval) {
        return new DialogSettings(
                newInterval,
                minSessionInterval,
                lateOffer,
                digits,
                followRedirectsTo,
                destinations,
                acceptReplaces,
                transferTimeout);
    }

    public DialogSettings withMinSessionInterval(Duration newMinimum) {
        return new DialogSettings(
                sessionInterval,
                newMinimum,
                lateOffer,
                digits,
                followRedirectsTo,
                destinations,
                acceptReplaces,
                transferTimeout);
    }

    public DialogSettings withLateOffer(boolean late) {
        return new DialogSettings(
                sessionInterval,
                minSessionInterval,
                late,
                digits,
                followRedirectsTo,
                destinations,
                acceptReplaces,
                transferTimeout);
    }

    public DialogSettings withDigits(Digits newDigits) {
        return new DialogSettings(
                sessionInterval,
                minSessionInterval,
                lateOffer,
                newDigits,
                followRedirectsTo,
                destinations,
                acceptReplaces,
                transferTimeout);
    }

    public DialogSettings withFollowRedirectsTo(String... hosts) {
        return new DialogSettings(
                sessionInterval,
                minSessionInterval,
                lateOffer,
                digits,
                Set.of(hosts),
                destinations,
                acceptReplaces,
                transferTimeout);
    }

    public DialogSettings withDestinations(DestinationPolicy newDestinations) {
        return new DialogSettings(
                sessionInterval,
                minSessionInterval,
                lateOffer,
                digits,
                followRedirectsTo,
                newDestinations,
                acceptReplaces,
                transferTimeout);
    }

    public DialogSettings withAcceptReplaces(boolean accept) {
        return new DialogSettings(
                sessionInterval,
                minSessionInterval,
                lateOffer,
                digits,
                followRedirectsTo,
                destinations,
                accept,
                transferTimeout);
    }

    public DialogSettings withTransferTimeout(Duration newTimeout) {
        return new DialogSettings(
                sessionInterval,
                minSessionInterval,
                lateOffer,
                digits,
                followRedirectsTo,
                destinations,
                acceptReplaces,
                newTimeout);
    }
}
