package dev.revox.sip.signaling.call;

import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipInbox;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.LocalParty;
import dev.revox.sip.signaling.dialog.Tokens;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Brings every message to its call, and keeps strangers out.
 *
 * <p>Who is not on a trunk's list and in no call gets the same stateless 403 whatever he asks, so that nothing can be
 * learned from the answer. A call stays listed for 64*T1 after its end: repeated 2xx still get their ACK.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class Switchboard implements SipInbox {

    /** Takes new incoming calls. <b>Thread:</b> called on the stack's threads; only posts. */
    @FunctionalInterface
    public interface Reception {
        void invited(IncomingRequest invite, ServerTransaction transaction);
    }

    private final Predicate<InetAddress> trusted;
    private final Reception reception;
    private final Tokens tokens;
    private final Map<String, CallParty> parties = new ConcurrentHashMap<>();

    /**
     * Opens.
     *
     * @param trusted true for an address that may call us
     */
    public Switchboard(Predicate<InetAddress> trusted, Reception reception, Tokens tokens) {
        this.trusted = trusted;
        this.reception = reception;
        this.tokens = tokens;
    }

    void enter(String callId, CallParty party) {
        parties.put(callId, party);
    }

    void leave(String callId) {
        parties.remove(callId);
    }

    /** Calls that are up, being set up, or still remembered for their ACKs. */
    public int size() {
        return parties.size();
    }

    @Override
    public Optional<SipReply> refusal(IncomingRequest request) {
        SipFrame frame = request.frame();
        CallParty party = parties.get(frame.callId());
        boolean cancel = frame.method().equals("CANCEL");
        if (party != null && !frame.toTag().isEmpty() && frame.toTag().equals(party.localTag())) {
            return Optional.empty();
        }
        if (party != null && cancel && party.begunBy(request) && frame.branch().equals(party.inviteBranch())) {
            return Optional.empty();
        }
        if (!trusted.test(frame.source().getAddress())) {
            return Optional.of(SipReply.of(403).tagged(tokens.next()));
        }
        if (cancel || !frame.toTag().isEmpty()) {
            return Optional.of(SipReply.of(481).tagged(tokens.next()));
        }
        if (party != null && !frame.branch().equals(party.inviteBranch())) {
            // The same request by another way (RFC 3261 §8.2.2.2), or a Call-ID that is taken.
            return Optional.of(SipReply.of(482).tagged(tokens.next()));
        }
        return Optional.empty();
    }

    @Override
    public void onRequest(IncomingRequest request, ServerTransaction transaction) {
        SipFrame frame = request.frame();
        CallParty party = parties.get(frame.callId());
        if (party != null) {
            party.onRequest(request, transaction);
            return;
        }
        Optional<SipReply> objection = objection(request);
        if (objection.isPresent()) {
            transaction.reply(objection.get().tagged(tokens.next()));
            return;
        }
        switch (frame.method()) {
            case "INVITE" -> reception.invited(request, transaction);
            case "OPTIONS" -> transaction.reply(capabilities().tagged(tokens.next()));
            default -> transaction.reply(notAllowed().tagged(tokens.next()));
        }
    }

    @Override
    public void onAck(IncomingRequest ack) {
        CallParty party = parties.get(ack.frame().callId());
        if (party != null && party.localTag().equals(ack.frame().toTag())) {
            party.onAck(ack);
        }
    }

    @Override
    public void onStrayResponse(IncomingResponse response) {
        CallParty party = parties.get(response.frame().callId());
        if (party != null && party.localTag().equals(response.frame().fromTag())) {
            party.onStrayResponse(response);
        }
    }

    /** 420 for an extension that is required of us, 415 for a body that we cannot read (RFC 3261 §8.2.2.3, §8.2.3). */
    static Optional<SipReply> objection(IncomingRequest request) {
        SipFrame frame = request.frame();
        if (!frame.method().equals("CANCEL") && !frame.values("Require").isEmpty()) {
            return Optional.of(SipReply.of(420).with("Unsupported", String.join(", ", frame.values("Require"))));
        }
        if (frame.method().equals("INVITE") && !Accepted.sdp(frame.values("Accept"))) {
            return Optional.of(SipReply.of(406).with("Accept", LocalParty.ACCEPT));
        }
        boolean sessionMethod =
                frame.method().equals("INVITE") || frame.method().equals("UPDATE");
        if (sessionMethod && frame.body().isPresent() && frame.sdp().isEmpty()) {
            return Optional.of(SipReply.of(415).with("Accept", LocalParty.ACCEPT));
        }
        return Optional.empty();
    }

    static SipReply capabilities() {
        return SipReply.of(200)
                .with("Allow", LocalParty.ALLOW)
                .with("Accept", LocalParty.ACCEPT)
                .with("Supported", LocalParty.SUPPORTED);
    }

    static SipReply notAllowed() {
        return SipReply.of(405).with("Allow", LocalParty.ALLOW);
    }
}
