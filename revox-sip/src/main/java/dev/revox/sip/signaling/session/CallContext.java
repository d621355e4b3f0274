package dev.revox.sip.signaling.session;

import dev.revox.line.LegEvent;
import dev.revox.sip.digest.DigestClient;
import dev.revox.sip.sdp.AudioNegotiation;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.SipTransport;
import dev.revox.sip.signaling.dialog.DialogSettings;
import dev.revox.sip.signaling.dialog.Exchange;
import dev.revox.sip.signaling.dialog.LocalParty;
import dev.revox.sip.signaling.dialog.Mailbox;
import dev.revox.sip.signaling.dialog.SipTimers;
import dev.revox.sip.signaling.dialog.Tokens;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * What one call works with.
 *
 * <p><b>Thread:</b> Immutable; {@code audio} and {@code digest} are confined to the mailbox.
 */
public record CallContext(
        SipTransport transport,
        TimeSource time,
        Mailbox mailbox,
        LocalParty local,
        SipTimers timers,
        Tokens tokens,
        AudioNegotiation audio,
        Optional<DigestClient> digest,
        TrunkRules trunk,
        DialogSettings settings,
        CallObserver observer) {

    public Exchange.Means means() {
        return new Exchange.Means(transport, mailbox, digest, trunk::own);
    }

    /** Runs a step in the mailbox later. */
    public Alarm after(Duration delay, Runnable step) {
        return time.schedule(delay, () -> mailbox.execute(step));
    }

    /** Tells the observer of a change that happened now. */
    public void changed(LongFunction<LegEvent> event) {
        observer.changed(event.apply(time.nanoTime()));
    }

    /** A response that tells how we are reached and what we can do. */
    public SipReply contactable(SipReply reply) {
        return reply.with("Contact", local.contact())
                .with("Allow", LocalParty.ALLOW)
                .with("Supported", LocalParty.SUPPORTED);
    }

    /** A refusal that may be tried again soon: 500 or 491 with a pause that nobody can foresee (RFC 3261 §14.2). */
    public SipReply later(int status) {
        return SipReply.of(status).with("Retry-After", Integer.toString(tokens.between(0, 11)));
    }
}
