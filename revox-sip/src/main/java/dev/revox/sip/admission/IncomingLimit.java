package dev.revox.sip.admission;

import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipInbox;
import dev.revox.sip.signaling.SipReply;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Turns new calls away with 503 and Retry-After, before anything is made for them, when there are as many as we carry, or when the line is behind
 * with those that it has.
 *
 * <p>Strangers never get here: what is refused anyway is refused as ever, so that nobody learns from the answer how busy we are.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 3261 §21.5.4, RFC 5390.
 */
public final class IncomingLimit implements SipInbox {

    private static final String RETRY_AFTER_SECONDS = "10";

    private final SipInbox inbox;
    private final Predicate<String> liveCall;
    private final IntSupplier calls;
    private final int most;
    private final BooleanSupplier behind;
    private final Supplier<String> tags;

    /**
     * In front of an inbox.
     *
     * @param liveCall true for a Call-ID that is one of them
     * @param calls how many there are now
     * @param most 0 for no limit
     * @param behind whether the line is behind with its work
     */
    public IncomingLimit(
            SipInbox inbox,
            Predicate<String> liveCall,
            IntSupplier calls,
            int most,
            BooleanSupplier behind,
            Supplier<String> tags) {
        this.inbox = inbox;
        this.liveCall = liveCall;
        this.calls = calls;
        this.most = most;
        this.behind = behind;
        this.tags = tags;
    }

    @Override
    public Optional<SipReply> refusal(IncomingRequest request) {
        Optional<SipReply> refusal = inbox.refusal(request);
        boolean newCall = request.frame().method().equals("INVITE")
                && request.frame().toTag().isEmpty()
                && !liveCall.test(request.frame().callId());
        if (refusal.isEmpty() && newCall && full()) {
            return Optional.of(
                    SipReply.of(503).with("Retry-After", RETRY_AFTER_SECONDS).tagged(tags.get()));
        }
        return refusal;
    }

    private boolean full() {
        return (most > 0 && calls.getAsInt() >= most) || behind.getAsBoolean();
    }

    @Override
    public void onRequest(IncomingRequest request, ServerTransaction transaction) {
        inbox.onRequest(request, transaction);
    }

    @Override
    public void onAck(IncomingRequest ack) {
        inbox.onAck(ack);
    }

    @Override
    public void onStrayResponse(IncomingResponse response) {
        inbox.onStrayResponse(response);
    }
}
