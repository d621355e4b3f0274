package dev.revox.sip.signaling.early;

import dev.revox.line.LegEvent;
import dev.revox.sip.sdp.AudioNegotiation;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.sdp.SdpException;
import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.Exchange;
import dev.revox.sip.signaling.header.CallerHeaders;
import dev.revox.sip.signaling.header.ReliableResponse;
import dev.revox.sip.signaling.session.CallContext;
import dev.revox.sip.signaling.session.Renegotiation;
import dev.revox.sip.signaling.switchboard.Objections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the telephones that one INVITE has reached have said so far: one early dialog per To tag.
 *
 * <p>One of them at a time is heard: the one whose session description came last. When it is gone (199), the one before.
 * Media that the network has not authorised (P-Early-Media, RFC 5009) is not heard. Reliable responses are taken in their order
 * and acknowledged; a repetition is neither told nor acknowledged again, because the PRACK repeats itself (RFC 3262 §4).
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3261 §12.1, §13.2.2.1, RFC 3262 §4, RFC 3960, RFC 6228.
 */
public final class EarlyDialogs {

    private static final int MAX = 20;

    private static final class Early {
        private final Dialog dialog;
        private long rseq;
        private Optional<String> description = Optional.empty();
        private Optional<NegotiatedMedia> media = Optional.empty();
        private boolean settled;
        private boolean authorised = true;
        private boolean told;

        Early(Dialog dialog) {
            this.dialog = dialog;
        }
    }

    private final CallContext context;
    private final Dialog root;
    private final Map<String, Early> byTag = new LinkedHashMap<>();
    private final Set<Integer> toldStatuses = new HashSet<>();
    private boolean rang;

    public EarlyDialogs(CallContext context, Dialog root) {
        this.context = context;
        this.root = root;
    }

    /** True when some telephone has rung. */
    public boolean rang() {
        return rang;
    }

    /** The INVITE goes elsewhere: these telephones are not asked any more. */
    public void forget() {
        byTag.clear();
    }

    public void onProvisional(IncomingResponse response) {
        int status = response.status();
        String tag = response.frame().toTag();
        if (status == 199) {
            drop(tag);
            return;
        }
        if (status == 100) {
            return;
        }
        rang |= status >= 180;
        if (tag.isEmpty() || (!byTag.containsKey(tag) && byTag.size() >= MAX)) {
            ringing(status);
            return;
        }
        Early early = byTag.get(tag);
        if (early == null) {
            early = new Early(root.forkedBy(response));
            byTag.put(tag, early);
        }
        Optional<ReliableResponse> reliable = ReliableResponse.of(response.frame());
        if (reliable.isPresent() && !inOrder(early, reliable.get())) {
            return;
        }
        early.dialog.refreshTarget(response.frame());
        authorise(early, response.frame());
        boolean described = describe(early, tag, response.frame(), reliable);
        if (early.media.isPresent() && early.authorised && !early.told) {
            early.told = true;
            context.observer().earlyMedia(early.media.get());
        } else if (!described && (status == 180 || status == 183)) {
            ringing(status);
        }
    }

    private void ringing(int status) {
        if ((status == 180 || status == 183) && toldStatuses.add(status)) {
            context.observer().ringing(status);
        }
    }

    private static boolean inOrder(Early early, ReliableResponse response) {
        if (early.rseq != 0 && response.rseq() != early.rseq + 1) {
            return false;
        }
        early.rseq = response.rseq();
        return true;
    }

    private static void authorise(Early early, SipFrame frame) {
        frame.first("P-Early-Media").ifPresent(value -> {
            String direction = value.strip().toLowerCase(Locale.ROOT);
            early.authorised = !direction.startsWith("inactive") && !direction.startsWith("recvonly");
        });
    }

    /** Takes a description and acknowledges a reliable response; true when sound may come by what it brought. */
    private boolean describe(Early early, String tag, SipFrame frame, Optional<ReliableResponse> reliable) {
        Optional<String> sdp = frame.sdp();
        Optional<SipBody> answer = Optional.empty();
        boolean news = sdp.isPresent() && !early.settled && (reliable.isPresent() || !sdp.equals(early.description));
        boolean described = false;
        if (news) {
            try {
                answer = take(early, sdp.get(), reliable.isPresent());
                described = early.media.isPresent();
                byTag.remove(tag);
                byTag.put(tag, early);
            } catch (SdpException e) {
                // The answer that counts comes with the 200; until then there is nothing to hear.
                early.media = Optional.empty();
            }
        }
        Optional<SipBody> body = answer;
        reliable.ifPresent(r -> acknowledge(early, r, body));
        return described || (sdp.isPresent() && early.media.isPresent());
    }

    private Optional<SipBody> take(Early early, String sdp, boolean reliable) throws SdpException {
        early.told &= early.description.equals(Optional.of(sdp));
        early.description = Optional.of(sdp);
        if (!context.settings().lateOffer()) {
            early.media = Optional.of(context.audio().accept(sdp));
            early.settled = reliable;
            return Optional.empty();
        }
        if (!reliable) {
            // An offer that nothing acknowledges cannot be answered yet: the 200 brings it again.
            return Optional.empty();
        }
        AudioNegotiation.Answer answer = context.audio().answer(sdp);
        early.media = Optional.of(answer.media());
        early.settled = true;
        return Optional.of(SipBody.sdp(answer.sdp()));
    }

    private void acknowledge(Early early, ReliableResponse response, Optional<SipBody> answer) {
        Exchange unused = Exchange.start(
                context.means(),
                early.dialog,
                "PRACK",
                List.of(new SipHeader("RAck", response.rack())),
                answer,
                Exchange.Handler.indifferent());
    }

    private void drop(String tag) {
        boolean heard = !byTag.isEmpty()
                && byTag.keySet().stream().reduce((a, b) -> b).orElse("").equals(tag);
        Early dropped = byTag.remove(tag);
        if (dropped != null && dropped.told && heard) {
            byTag.values().stream()
                    .filter(early -> early.told)
                    .reduce((a, b) -> b)
                    .flatMap(early -> early.media)
                    .ifPresent(context.observer()::mediaAgreed);
        }
    }

    /** The dialog that a 2xx confirms. */
    public Dialog confirmedBy(IncomingResponse success) {
        Early early = byTag.get(success.frame().toTag());
        if (early == null) {
            return root.forkedBy(success);
        }
        early.dialog.confirm(success);
        return early.dialog;
    }

    /** The media that was agreed reliably before the answer; a description in the 2xx means nothing then. */
    public Optional<NegotiatedMedia> settled(String tag) {
        return Optional.ofNullable(byTag.get(tag))
                .filter(early -> early.settled)
                .flatMap(early -> early.media);
    }

    /** The description that came before the answer, for peers that leave it out of their 200. */
    public Optional<String> description(String tag) {
        return Optional.ofNullable(byTag.get(tag)).flatMap(early -> early.description);
    }

    /** A request of a telephone that has not answered yet. */
    public void onRequest(IncomingRequest request, ServerTransaction transaction) {
        SipFrame frame = request.frame();
        Early early = byTag.get(frame.fromTag());
        if (early == null) {
            transaction.reply(SipReply.of(481));
            return;
        }
        if (!early.dialog.inOrder(frame.cseq())) {
            transaction.reply(context.later(500));
            return;
        }
        Optional<SipReply> objection = Objections.to(request);
        if (objection.isPresent()) {
            transaction.reply(objection.get());
            return;
        }
        switch (frame.method()) {
            case "UPDATE" -> onUpdate(early, frame, transaction);
            case "BYE" -> {
                // Not for the called side to send (RFC 3261 §15); what it means is clear.
                transaction.reply(SipReply.of(200));
                drop(frame.fromTag());
            }
            case "INVITE" -> transaction.reply(context.later(491));
            case "INFO" -> transaction.reply(SipReply.of(200));
            default -> transaction.reply(Objections.outOfPlace(frame));
        }
    }

    private void onUpdate(Early early, SipFrame update, ServerTransaction transaction) {
        SipReply ok = context.contactable(SipReply.of(200));
        if (update.sdp().isPresent()) {
            if (!early.settled) {
                // Our own offer has no answer yet that counts (RFC 3311 §5.2).
                transaction.reply(context.later(491));
                return;
            }
            try {
                AudioNegotiation.Answer answer =
                        context.audio().answer(update.sdp().get());
                early.media = Optional.of(answer.media());
                ok = ok.carrying(SipBody.sdp(answer.sdp()));
                if (early.told) {
                    context.observer().mediaAgreed(answer.media());
                }
            } catch (SdpException e) {
                transaction.reply(Renegotiation.notAcceptable(e, context));
                return;
            }
        }
        early.dialog.refreshTarget(update);
        transaction.reply(ok);
        CallerHeaders.asserted(update)
                .ifPresent(number -> context.changed(at -> new LegEvent.ConnectedLine(at, Optional.of(number))));
    }
}
