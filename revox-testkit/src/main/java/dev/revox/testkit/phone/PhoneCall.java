package dev.revox.testkit.phone;

import dev.revox.testkit.phone.rtp.Hearing;
import dev.revox.testkit.phone.rtp.PhoneRtp;
import dev.revox.testkit.phone.rtp.RtpCounters;
import dev.revox.testkit.phone.rtp.SpokenUtterance;
import dev.revox.testkit.phone.rtp.Utterance;
import dev.revox.testkit.phone.rtp.WireSound;
import dev.revox.testkit.phone.sip.PhoneSdp;
import dev.revox.testkit.voice.ClipVoice;
import dev.revox.testkit.voice.Sound;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call of a test telephone: live while it lasts, a report afterwards.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class PhoneCall {

    /** How a call ended. */
    public enum Ending {
        /** The other side sent BYE. */
        REMOTE_HUNG_UP,
        /** This telephone sent BYE. */
        HUNG_UP,
        /** The caller gave up before the answer. */
        CANCELLED,
        /** It was refused: by this telephone, or, when it called, by the other side. */
        REFUSED,
        /** The telephone was switched off. */
        SWITCHED_OFF
    }

    /** The discard port: where sound goes while the other side does not want any. */
    private static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

    private final String dialled;
    private final String caller;
    private final PhoneRtp rtp;
    private final TimeSource time;
    private final Instant began;
    private final CompletableFuture<Ending> over = new CompletableFuture<>();
    private final CompletableFuture<Void> up = new CompletableFuture<>();
    private final CompletableFuture<Void> scriptEnded = new CompletableFuture<>();
    private volatile @Nullable String problem;
    private volatile int refusal;
    private volatile Runnable bye = () -> {};
    private final AtomicReference<Alarm> resending = new AtomicReference<>(() -> {});

    PhoneCall(String dialled, String caller, PhoneRtp rtp, TimeSource time, Instant began) {
        this.dialled = dialled;
        this.caller = caller;
        this.rtp = rtp;
        this.time = time;
        this.began = began;
    }

    /** When its INVITE arrived, or was about to leave when this telephone called. */
    public Instant began() {
        return began;
    }

    /** The user part of the address that was called. */
    public String dialled() {
        return dialled;
    }

    /** The user part of the caller's address. */
    public String caller() {
        return caller;
    }

    /** Completes when the call is over. */
    public CompletableFuture<Ending> over() {
        return over.copy();
    }

    /** Completes when the call is up: answered and acknowledged. */
    public CompletableFuture<Void> up() {
        return up.copy();
    }

    /**
     * Waits for the end of the call and of its script.
     *
     * @throws IllegalStateException when it is still up after the limit
     */
    public Ending awaitEnd(Duration limit) {
        CompletableFuture<Boolean> first = over.thenCombine(scriptEnded, (ending, nothing) -> true);
        Alarm alarm = time.schedule(limit, () -> first.complete(false));
        boolean ended = first.join();
        alarm.cancel();
        if (!ended) {
            throw new IllegalStateException("the call is not over after " + limit);
        }
        return over.join();
    }

    /** Everything that came in by RTP, at 8 kHz. */
    public Sound heard() {
        return rtp.heard();
    }

    /** The same, with the time at which each packet came. */
    public WireSound heardOnWire() {
        return rtp.heardOnWire();
    }

    /** Everything that this telephone sent, at 8 kHz, with the time at which each packet left. */
    public WireSound saidOnWire() {
        return rtp.saidOnWire();
    }

    /** What the person has begun to say so far, the oldest first. */
    public List<SpokenUtterance> spoken() {
        return rtp.spoken();
    }

    /** When the other side spoke, up to now. */
    public Hearing hearing() {
        return rtp.hearing();
    }

    /**
     * Says something beside the script, behind what is being said already. The future tells when its last packet has left, or false
     * when the call ended before.
     */
    public CompletableFuture<Boolean> say(Sound sound) {
        return rtp.say(Utterance.of(sound));
    }

    public RtpCounters counters() {
        return rtp.counters();
    }

    /** The keys that the other side pressed. */
    public String keysHeard() {
        return rtp.keysHeard();
    }

    /** The status with which the call was refused. */
    public OptionalInt refusal() {
        return refusal == 0 ? OptionalInt.empty() : OptionalInt.of(refusal);
    }

    /** Why the script could not be followed to its end. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Hangs up, if the call is up. */
    public void hangUp() {
        if (up.isDone() && finish(Ending.HUNG_UP)) {
            bye.run();
        }
    }

    PhoneRtp rtp() {
        return rtp;
    }

    TimeSource time() {
        return time;
    }

    boolean isOver() {
        return over.isDone();
    }

    boolean isUp() {
        return up.isDone() && !over.isDone();
    }

    /** Replaces what is being sent again and again, or stops it with an alarm that does nothing. */
    void resend(Alarm next) {
        resending.getAndSet(next).cancel();
    }

    void direct(PhoneSdp remote, PhoneSdp.Codec codec) {
        boolean listens =
                !remote.direction().equals("sendonly") && !remote.direction().equals("inactive");
        InetSocketAddress to = listens && remote.address().getPort() > 0 ? remote.address() : NOWHERE;
        rtp.direct(to, codec.payloadType(), remote.keyEvents());
    }

    void answered(List<Step> script, ClipVoice voice, Runnable sendBye) {
        bye = sendBye;
        if (!over.isDone() && up.complete(null)) {
            Thread.ofVirtual().name("test-phone-script").start(() -> {
                new ScriptRun(this, voice).follow(script);
                scriptEnded.complete(null);
            });
        }
    }

    void refused(int status) {
        refusal = status;
        finish(Ending.REFUSED);
    }

    void failed(String why) {
        problem = why;
        hangUp();
    }

    void note(String why) {
        problem = why;
    }

    boolean finish(Ending ending) {
        boolean first = over.complete(ending);
        if (first) {
            resend(() -> {});
            rtp.close();
            if (!up.isDone()) {
                scriptEnded.complete(null);
            }
        }
        return first;
    }
}
