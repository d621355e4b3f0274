package dev.revox.sip.leg;

import dev.revox.line.CallLeg;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.MediaReport;
import dev.revox.line.SipFailure;
import dev.revox.media.AmbientSound;
import dev.revox.media.Ear;
import dev.revox.media.EarTap;
import dev.revox.media.Mouth;
import dev.revox.media.recording.RecordingTarget;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.event.DtmfSender;
import dev.revox.sip.failure.DialVerdict;
import dev.revox.sip.failure.EarlyTone;
import dev.revox.sip.media.MediaSession;
import dev.revox.sip.media.NoMediaSession;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.signaling.dialog.Mailbox;
import dev.revox.sip.signaling.live.CallControl;
import dev.revox.sip.signaling.session.CallObserver;
import dev.revox.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * One leg: signalling and media under one id, and the one stream of events that both give.
 *
 * <p>Events go out in the mailbox, so they come one at a time and in order; after the terminal one nothing goes out. Before
 * the listener of an incoming leg is known, events wait.
 *
 * <p><b>Thread:</b> commands are Thread-safe; the observer's methods are confined to the mailbox.
 */
public final class SipLeg implements CallLeg, CallObserver {

    /**
     * What a leg is doing, for operators.
     *
     * @param seconds for how long it has been in this state
     * @param encryption the crypto suite, empty without
     */
    record Now(String state, long seconds, OptionalInt rtpPort, String encryption) {}

    private record Phase(String state, long sinceNanos) {}

    private static final System.Logger LOG = System.getLogger("dev.revox.sip");

    private final String legId;
    private final TimeSource time;
    private final Mailbox mailbox;
    private final Runnable over;
    private final List<LegEvent> unheard = new ArrayList<>();
    private final EarlyTone earlyTone = new EarlyTone();
    private volatile MediaSession media = new NoMediaSession();
    private volatile Optional<CallControl> signaling = Optional.empty();
    private volatile Optional<MediaReport> finalReport = Optional.empty();
    private Optional<Consumer<LegEvent>> listener = Optional.empty();
    private boolean terminated;
    private volatile Phase phase;
    private volatile OptionalInt rtpPort = OptionalInt.empty();
    private volatile String encryption = "";

    /**
     * A leg without its halves yet.
     *
     * @param over runs once, after the terminal event
     */
    public SipLeg(String legId, TimeSource time, Mailbox mailbox, Runnable over) {
        this.legId = legId;
        this.time = time;
        this.mailbox = mailbox;
        this.over = over;
        this.phase = new Phase("setting-up", time.nanoTime());
    }

    Now now(long nowNanos) {
        Phase current = phase;
        return new Now(current.state(), (nowNanos - current.sinceNanos()) / 1_000_000_000L, rtpPort, encryption);
    }

    private void enter(String state) {
        phase = new Phase(state, time.nanoTime());
    }

    public void attach(MediaSession session) {
        media = session;
        rtpPort = OptionalInt.of(session.localRtpPort());
    }

    public void attach(CallControl newSignaling) {
        signaling = Optional.of(newSignaling);
    }

    /** In the mailbox only. */
    public void listen(Consumer<LegEvent> newListener) {
        listener = Optional.of(newListener);
        unheard.forEach(newListener);
        unheard.clear();
        if (terminated) {
            letGo();
        }
    }

    /** From the media plane, on any of its threads. */
    public void onMediaEvent(LegEvent event) {
        if (event instanceof LegEvent.Ended wish) {
            signaling.ifPresent(s -> s.hangUp(wish.cause()));
        } else {
            mailbox.execute(() -> {
                if (event instanceof LegEvent.ToneHeard heard) {
                    earlyTone.heard(heard.tone());
                }
                emit(event);
            });
        }
    }

    public void abandon() {
        signaling.ifPresent(CallControl::abandon);
    }

    /** Frees the media of a leg that nobody took. */
    public void discard() {
        terminated = true;
        media.close();
        over.run();
    }

    private void emit(LegEvent event) {
        if (terminated) {
            return;
        }
        terminated = event.terminal();
        if (terminated) {
            finalReport = Optional.of(media.report());
            media.close();
        }
        if (listener.isPresent()) {
            try {
                listener.get().accept(event);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "leg=" + legId + " the leg's listener failed", e);
            }
        } else {
            unheard.add(event);
        }
        if (terminated) {
            letGo();
            over.run();
        }
    }

    /** The signalling half lives on for 64*T1 (RFC 3261 section 13.2.2.4) and must not keep buffers and the whole call with it. */
    private void letGo() {
        media = new NoMediaSession();
        if (listener.isPresent()) {
            listener = Optional.of(late -> {});
        }
    }

    private long now() {
        return time.nanoTime();
    }

    @Override
    public void ringing(int status) {
        enter("ringing");
        emit(new LegEvent.Ringing(now(), status));
    }

    @Override
    public void earlyMedia(NegotiatedMedia early) {
        enter("early-media");
        agree(early);
        emit(new LegEvent.EarlyMedia(now()));
    }

    @Override
    public void mediaAgreed(NegotiatedMedia agreed) {
        agree(agreed);
    }

    private void agree(NegotiatedMedia agreed) {
        encryption = agreed.srtp().map(keys -> keys.ours().suite().name()).orElse("");
        media.apply(agreed);
    }

    @Override
    public void answered(NegotiatedMedia agreed) {
        enter("answered");
        media.answered();
        emit(new LegEvent.Answered(now(), agreed.encodingName(), agreed.clockRateHz()));
    }

    @Override
    public void changed(LegEvent event) {
        emit(event);
    }

    @Override
    public void failed(DialVerdict verdict, SipFailure raw) {
        DialVerdict last = earlyTone.judge(verdict, raw);
        emit(new LegEvent.DialFailed(
                now(), last.error(), raw.advising(last.retry().advice())));
    }

    @Override
    public void ended(LegEnd cause, Optional<String> reason) {
        emit(new LegEvent.Ended(now(), cause, reason));
    }

    @Override
    public String legId() {
        return legId;
    }

    @Override
    public void answer() {
        signaling.ifPresent(CallControl::answer);
    }

    @Override
    public Ear openEar() {
        return media.openEar();
    }

    @Override
    public Mouth mouth() {
        return media.mouth();
    }

    @Override
    public void addTap(int tapId, EarTap tap) {
        media.addTap(tapId, tap);
    }

    @Override
    public void startRecording(RecordingTarget target) {
        media.startRecording(target);
    }

    @Override
    public void playBackground(AmbientSound sound) {
        media.playBackground(sound);
    }

    @Override
    public void playThinkingSound(AmbientSound sound) {
        media.playThinkingSound(sound);
    }

    @Override
    public void endThinkingSound() {
        media.endThinkingSound();
    }

    @Override
    public void sendDtmf(String digits) {
        if (!DtmfSender.sendable(digits)) {
            throw new IllegalArgumentException(
                    "digits must be at most " + DtmfSender.CAPACITY + " of 0-9 * # A-D and w");
        }
        if (!signaling.map(s -> s.sendDigits(digits)).orElse(false)) {
            media.sendDtmf(digits);
        }
    }

    @Override
    public void hold() {
        signaling.ifPresent(s -> s.hold(true));
    }

    @Override
    public void resume() {
        signaling.ifPresent(s -> s.hold(false));
    }

    @Override
    public void transfer(PhoneNumber to) {
        signaling.ifPresent(s -> s.transfer(to));
    }

    @Override
    public void transferTo(CallLeg consultation) {
        Optional<CallControl> other = consultation instanceof SipLeg leg ? leg.signaling : Optional.empty();
        if (other.isEmpty()) {
            throw new IllegalArgumentException("consultation must be a leg of a SIP line");
        }
        signaling.ifPresent(s -> s.transferTo(other.get()));
    }

    @Override
    public void bridge(CallLeg other) {
        if (!(other instanceof SipLeg theirs)) {
            throw new IllegalArgumentException("leg " + legId + " can be bridged with a leg of its own line only");
        }
        MediaSession there = theirs.media;
        MediaSession here = media;
        if (!(here instanceof NoMediaSession) && !(there instanceof NoMediaSession)) {
            here.bridge(there);
        }
    }

    @Override
    public void unbridge() {
        media.unbridge();
    }

    @Override
    public void hangUp() {
        signaling.ifPresent(s -> s.hangUp(LegEnd.LOCAL_HANGUP));
    }

    @Override
    public MediaReport mediaReport() {
        return finalReport.orElseGet(media::report);
    }

    @Override
    public String toString() {
        return "SipLeg(" + legId + ")";
    }
}
