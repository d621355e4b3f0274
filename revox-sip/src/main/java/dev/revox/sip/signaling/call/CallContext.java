package dev.revox.sip.signaling.call;

import dev.revox.sip.digest.DigestClient;
import dev.revox.sip.sdp.AudioNegotiation;
import dev.revox.sip.signaling.SipTransport;
import dev.revox.sip.signaling.dialog.Exchange;
import dev.revox.sip.signaling.dialog.LocalParty;
import dev.revox.sip.signaling.dialog.Mailbox;
import dev.revox.sip.signaling.dialog.SipTimers;
import dev.revox.sip.signaling.dialog.Tokens;
import dev.revox.time.TimeSource;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one call works with.
 *
 * <p><b>Thread:</b> Immutable; {@code audio} and {@code digest} are confined to the mailbox.
 *
 * @param trunk name of the trunk, for {@code SipFailure}
 * @param trustedHop true for a URI of a host that may be shown credentials
 */
public record CallContext(
        SipTransport transport,
        TimeSource time,
        Mailbox mailbox,
        LocalParty local,
        SipTimers timers,
        Tokens tokens,
        Switchboard switchboard,
        AudioNegotiation audio,
        Optional<DigestClient> digest,
        Predicate<String> trustedHop,
        String trunk,
        CallObserver observer) {

    Exchange.Means means() {
        return new Exchange.Means(transport, mailbox, digest, trustedHop);
    }
}
