package dev.revox.sip.signaling.switchboard;

import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipInbox;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.Tokens;
import dev.revox.sip.signaling.header.Replaces;
import dev.revox.sip.signaling.transaction.EqualWaits;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings every message to its call, and keeps strangers out.
 *
 * <p>Who is not let in by the door and in no call gets the same stateless refusal whatever he asks, so that nothing can be
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

    /** Decides about what belongs to no call. <b>Thread:</b> called on the stack's threads; makes no state for who is refused. */
    @FunctionalInterface
    public interface Door {

        /** The answer to who may not come in, without a tag. */
        Optional<SipReply> refusal(IncomingRequest request);
    }

    private final Door door;
    private final Reception reception;
    private final Tokens tokens;
    private final Map<String, CallParty> parties = new ConcurrentHashMap<>();
    private final EqualWaits<String> over;

    /**
     * Opens.
     *
     * @param door lets callers in
     * @param memory how long what comes late of a call still finds it: 64*T1
     */
    public Switchboard(Door door, Reception reception, Tokens tokens, TimeSource time, Duration memory) {
        this.door = door;
        this.reception = reception;
        this.tokens = tokens;
        this.over = new EqualWaits<>(time, memory, this::leave);
    }

    /** Lists a call under a Call-ID. */
    public void enter(String callId, CallParty party) {
        parties.put(callId, party);
    }

    /** Forgets a call. */
    public void leave(String callId) {
        parties.remove(callId);
    }

    /** Forgets a call that is over when nothing of it can come any more. */
    public void leaveLater(String callId) {
        over.add(callId);
    }

    /** True for the Call-ID of a call that is up, being set up, or still remembered for its ACKs. */
    public boolean isLive(String callId) {
        return parties.containsKey(callId);
    }

    /** True for the Call-ID of a call that is up or being set up; one that was refused or is over may be remembered and is not. */
    public boolean isUp(String callId) {
        CallParty party = parties.get(callId);
        return party != null && !(party instanceof EndedCall);
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
        Optional<SipReply> shut = door.refusal(request);
        if (shut.isPresent()) {
            return shut.map(reply -> reply.tagged(tokens.next()));
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
        Optional<SipReply> objection = Objections.to(request);
        if (objection.isPresent()) {
            transaction.reply(objection.get().tagged(tokens.next()));
        } else if (!frame.method().equals("INVITE")) {
            transaction.reply(Objections.outOfPlace(frame).tagged(tokens.next()));
        } else if (Replaces.present(frame)) {
            replacing(request, transaction);
        } else {
            reception.invited(request, transaction);
        }
    }

    /** A new call that wants the place of one that is known here (RFC 3891 §3). */
    private void replacing(IncomingRequest invite, ServerTransaction transaction) {
        Optional<Replaces> wanted = Replaces.of(invite.frame());
        if (wanted.isEmpty()) {
            transaction.reply(SipReply.of(400).tagged(tokens.next()));
            return;
        }
        CallParty party = parties.get(wanted.get().callId());
        if (party == null || !party.localTag().equals(wanted.get().toTag())) {
            transaction.reply(SipReply.of(481).tagged(tokens.next()));
        } else {
            party.onReplacement(invite, transaction);
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
}
