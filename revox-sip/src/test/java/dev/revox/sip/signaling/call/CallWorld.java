package dev.revox.sip.signaling.call;

import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.SipFailure;
import dev.revox.phone.PhoneNumber;
import dev.revox.secret.Secret;
import dev.revox.sip.digest.DigestAlgorithm;
import dev.revox.sip.digest.DigestClient;
import dev.revox.sip.failure.DialVerdict;
import dev.revox.sip.sdp.AudioCodec;
import dev.revox.sip.sdp.AudioNegotiation;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.DialogSettings;
import dev.revox.sip.signaling.dialog.LocalParty;
import dev.revox.sip.signaling.dialog.Mailbox;
import dev.revox.sip.signaling.dialog.SipTimers;
import dev.revox.sip.signaling.dialog.Tokens;
import dev.revox.sip.signaling.session.CallContext;
import dev.revox.sip.signaling.session.CallObserver;
import dev.revox.sip.signaling.session.TrunkRules;
import dev.revox.sip.signaling.switchboard.Switchboard;
import dev.revox.time.ManualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One call, its observer, and the other side, which does what the test says; time stands still meanwhile. */
final class CallWorld {

    static final Duration LIFE = SipTimers.DEFAULT.transactionLife();
    static final String TARGET = "sip:+14155550123@trunk.test";
    static final String PEER_SDP = sdp(1, "8 101", "sendrecv");

    static String sdp(int version, String formats, String direction) {
        return String.join(
                "\r\n",
                "v=0",
                "o=peer 1 " + version + " IN IP4 192.0.2.9",
                "s=-",
                "c=IN IP4 192.0.2.9",
                "t=0 0",
                "m=audio 41000 RTP/AVP " + formats,
                "a=rtpmap:101 telephone-event/8000",
                "a=" + direction,
                "");
    }

    /** What the observer was told, in order. */
    static final class Told implements CallObserver {
        final List<Integer> ringing = new ArrayList<>();
        final List<NegotiatedMedia> early = new ArrayList<>();
        final List<NegotiatedMedia> agreed = new ArrayList<>();
        final List<NegotiatedMedia> answered = new ArrayList<>();
        final List<LegEvent> changes = new ArrayList<>();
        final List<DialVerdict> verdicts = new ArrayList<>();
        final List<SipFailure> failures = new ArrayList<>();
        final List<LegEnd> ends = new ArrayList<>();
        final List<Optional<String>> endReasons = new ArrayList<>();

        @Override
        public void ringing(int status) {
            ringing.add(status);
        }

        @Override
        public void earlyMedia(NegotiatedMedia media) {
            early.add(media);
        }

        @Override
        public void mediaAgreed(NegotiatedMedia media) {
            agreed.add(media);
        }

        @Override
        public void answered(NegotiatedMedia media) {
            answered.add(media);
        }

        @Override
        public void changed(LegEvent event) {
            changes.add(event);
        }

        @Override
        public void failed(DialVerdict verdict, SipFailure raw) {
            verdicts.add(verdict);
            failures.add(raw);
        }

        @Override
        public void ended(LegEnd cause, Optional<String> reason) {
            ends.add(cause);
            endReasons.add(reason);
        }

        int terminals() {
            return failures.size() + ends.size();
        }

        <T extends LegEvent> List<T> changes(Class<T> type) {
            return changes.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    final ManualTime time = ManualTime.startingAt(Instant.parse("2026-08-03T10:00:00Z"));
    final Tokens tokens = new Tokens();
    final Told told = new Told();
    final VirtualWire wire;
    final Switchboard switchboard;
    final CallContext context;
    private final LocalParty local = new LocalParty("192.0.2.1:5060", "Revox");
    private final List<IncomingRequest> invited = new ArrayList<>();
    private String peerCallId = "peer-call@192.0.2.9";
    private long branches;

    CallWorld() {
        this(DialogSettings.DEFAULT);
    }

    CallWorld(DialogSettings settings) {
        this.switchboard = new Switchboard(
                request ->
                        request.frame().source().getAddress().getHostAddress().startsWith("192.0.2.")
                                ? Optional.empty()
                                : Optional.of(SipReply.of(403)),
                (invite, transaction) -> invited.add(invite),
                tokens,
                time,
                LIFE);
        this.wire = new VirtualWire(time, switchboard);
        TrunkRules rules = new TrunkRules() {
            @Override
            public String name() {
                return "trunk";
            }

            @Override
            public boolean own(String uri) {
                return uri.contains("trunk.test");
            }

            @Override
            public boolean letsIn(InetAddress source) {
                return source.getHostAddress().equals("192.0.2.9");
            }

            @Override
            public String uriOf(PhoneNumber number) {
                return "sip:" + number.e164() + "@trunk.test";
            }
        };
        this.context = new CallContext(
                wire,
                time,
                new Mailbox(Runnable::run, "leg"),
                local,
                SipTimers.DEFAULT,
                tokens,
                new AudioNegotiation(List.of(AudioCodec.PCMU, AudioCodec.PCMA), "192.0.2.1", 40_000, 7),
                Optional.of(new DigestClient(
                        "revox", Secret.of("s3cret"), Optional.empty(), DigestAlgorithm.MD5, tokens::next)),
                rules,
                settings,
                told);
    }

    // ---- the calling side

    UacCall dial() {
        return dial(Duration.ofSeconds(45));
    }

    UacCall dial(Duration ringTimeout) {
        Dialog dialog = Dialog.outgoing(local, tokens, "<sip:+14155550199@trunk.test>", TARGET);
        return UacCall.start(context, switchboard, dialog, ringTimeout, false);
    }

    /** A call of ours that the other side has answered. */
    UacCall dialled() {
        UacCall call = dial();
        answer(PEER_SDP, "Allow: INVITE, ACK, BYE, UPDATE");
        return call;
    }

    void answer(String sdp, String... headers) {
        wire.respond(wire.last("INVITE"), 200, "peer", sdp, headers);
    }

    // ---- the called side

    /** An INVITE that comes in; nothing is answered yet. */
    UasCall invited(VirtualWire.Served served) {
        return UasCall.enter(
                context, switchboard, Dialog.incoming(local, tokens, served.request()), served.request(), served);
    }

    /** An incoming call that is up. */
    UasCall received(String... headers) {
        VirtualWire.Served served = invite(PEER_SDP, headers);
        UasCall call = invited(served);
        call.ring();
        call.answer();
        ack(served);
        return call;
    }

    VirtualWire.Served invite(String sdp, String... headers) {
        return wire.receive(request("INVITE", peerCallId, 1, "", sdp, headers));
    }

    void ack(VirtualWire.Served invite) {
        ack(invite, "");
    }

    void ack(VirtualWire.Served invite, String sdp) {
        SipFrame frame = invite.request().frame();
        String toTag = frame.toTag().isEmpty() ? invite.last().toTag().orElseThrow() : frame.toTag();
        switchboard.onAck(request("ACK", frame.callId(), frame.cseq(), toTag, sdp));
    }

    /** A request within the incoming call that this INVITE began. */
    VirtualWire.Served within(VirtualWire.Served invite, String method, long cseq, String sdp, String... headers) {
        return wire.receive(request(
                method,
                invite.request().frame().callId(),
                cseq,
                invite.replies.getLast().toTag().orElseThrow(),
                sdp,
                headers));
    }

    IncomingRequest request(String method, String callId, long cseq, String toTag, String sdp, String... headers) {
        return request(method, callId, cseq, "peer", toTag, body(sdp), headers);
    }

    static Optional<SipBody> body(String sdp) {
        return sdp.isEmpty() ? Optional.empty() : Optional.of(SipBody.sdp(sdp));
    }

    IncomingRequest request(
            String method,
            String callId,
            long cseq,
            String fromTag,
            String toTag,
            Optional<SipBody> body,
            String... headers) {
        SipFrame frame = new SipFrame(
                method,
                callId,
                cseq,
                "<sip:+14155550123@192.0.2.9>;tag=" + fromTag,
                "<sip:+14155550199@192.0.2.1>" + (toTag.isEmpty() ? "" : ";tag=" + toTag),
                "+14155550123",
                fromTag,
                toTag,
                "z9hG4bKpeer" + ++branches,
                Optional.of("sip:peer@192.0.2.9:5070"),
                List.of(),
                headers(headers),
                body,
                new InetSocketAddress("192.0.2.9", 5070));
        return new IncomingRequest("sip:+14155550199@192.0.2.1", "+14155550199", frame);
    }

    /** A request of the other side within a call that we placed. */
    VirtualWire.Served fromCallee(UacCall call, String method, long cseq, String sdp, String... headers) {
        return fromCallee(call, method, cseq, body(sdp), headers);
    }

    VirtualWire.Served fromCallee(UacCall call, String method, long cseq, Optional<SipBody> body, String... headers) {
        String callId = VirtualWire.header(wire.last("INVITE"), "Call-ID");
        return wire.receive(request(method, callId, cseq, "peer", call.localTag(), body, headers));
    }

    static Map<String, List<String>> headers(String... lines) {
        Map<String, List<String>> result = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            result.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return result;
    }

    void advance(Duration by) {
        time.advance(by);
    }

    static String sdpOf(SipRequest request) {
        return request.body().map(SipBody::content).orElse("");
    }

    static String sdpOf(SipReply reply) {
        return reply.body().map(SipBody::content).orElse("");
    }

    static String originVersion(String sdp) {
        return sdp.lines()
                .filter(l -> l.startsWith("o="))
                .findFirst()
                .orElseThrow()
                .split(" ", -1)[2];
    }

    static List<String> values(SipReply reply, String name) {
        return reply.headers().stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(SipHeader::value)
                .toList();
    }

    /** A 200 of a callee that is reached by this URI from now on. */
    static IncomingResponse answerFrom(String contact, SipRequest to, String sdp) {
        SipFrame frame = response(to, 200, "peer", sdp).frame();
        return new IncomingResponse(
                200,
                "OK",
                new SipFrame(
                        frame.method(),
                        frame.callId(),
                        frame.cseq(),
                        frame.from(),
                        frame.to(),
                        frame.fromUser(),
                        frame.fromTag(),
                        frame.toTag(),
                        frame.branch(),
                        Optional.of(contact),
                        frame.recordRoutes(),
                        frame.headers(),
                        frame.body(),
                        frame.source()));
    }

    static IncomingResponse response(SipRequest to, int status, String toTag, String sdp, String... headers) {
        String from = VirtualWire.header(to, "From");
        SipFrame frame = new SipFrame(
                to.method(),
                VirtualWire.header(to, "Call-ID"),
                to.cseq(),
                from,
                VirtualWire.header(to, "To").replaceFirst(";tag=.*", "") + (toTag.isEmpty() ? "" : ";tag=" + toTag),
                "",
                from.substring(from.indexOf(";tag=") + 5),
                toTag,
                to.branch(),
                Optional.of("sip:" + toTag + "@192.0.2.9:5070"),
                List.of(),
                headers(headers),
                body(sdp),
                new InetSocketAddress("192.0.2.9", 5070));
        return new IncomingResponse(status, "Phrase", frame);
    }
}
