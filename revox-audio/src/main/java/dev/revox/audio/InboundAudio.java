package dev.revox.audio;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.codec.FrameDecoder;
import dev.revox.audio.ear.EarOutlet;
import dev.revox.audio.ear.FirstWords;
import dev.revox.audio.ear.NoiseFill;
import dev.revox.audio.ear.SampleClock;
import dev.revox.audio.echo.EchoSuppressor;
import dev.revox.audio.echo.Heard;
import dev.revox.audio.event.LegEventRelay;
import dev.revox.audio.jitter.EarBuffer;
import dev.revox.audio.jitter.SerialArithmetic;
import dev.revox.audio.loop.FrameTransport;
import dev.revox.audio.quality.EarQuality;
import dev.revox.audio.quality.LossPattern;
import dev.revox.audio.record.RecordingSide;
import dev.revox.audio.vad.VoiceActivityPanel;
import dev.revox.line.ListenSettings;
import dev.revox.line.MediaReport;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import dev.revox.media.EarTap;
import dev.revox.time.TimeSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The ear of one leg: what arrives on the wire becomes sound in order, for readers, detectors and the recording.
 *
 * <p>It is a machine's ear: a frame is passed on the moment it is in order and only a hole waits. Each frame has its place on
 * the sample clock, which starts at the answer and follows the peer's timestamps; where a stream begins anew (another source)
 * the clock is set by arrival. Before the answer the clock shows negative numbers whose distance to the answer is not known
 * yet; detectors hear that early sound at once, readers and voice activity get its last 200 ms when the answer comes.
 *
 * <p><b>Thread:</b> {@link #openEar}, {@link #addTap}, {@link #codec}, {@link #answered}, {@link #close} and the counters are
 * thread-safe; the rest is confined to the media loop and allocates nothing per frame.
 */
public final class InboundAudio implements FrameTransport.Inlet {

    /** Frames are passed on in pieces of at most this: {@value} ms. */
    static final int PIECE_MS = EchoSuppressor.PIECE_MS;

    private static final int UNKNOWN_LINE_EAR_RATE_HZ = 16_000;

    private final Executor loop;
    private final TimeSource time;
    private final ListenSettings settings;
    private final VoiceActivityPanel voices;
    private final LegEventRelay events;
    private volatile int knownLineRateHz;
    private volatile long concealedFrames;
    private volatile long malformedFrames;

    private final EarQuality quality = new EarQuality();
    private final Audience audience;
    private final SampleClock clock;
    private @Nullable Hearing hearing;
    private @Nullable EchoSuppressor suppressor;
    private boolean closed;
    private int stream;

    /** What belongs to one codec; replaced as a whole when the codec changes. */
    private static final class Hearing {
        final FrameDecoder decoder;
        final EarBuffer buffer;
        final SpeechWatch watch;
        final NoiseFill noise;
        final short[] pcm;
        boolean heard;
        int lastTimestamp;

        Hearing(FrameDecoder decoder, SpeechWatch watch, LossPattern pattern) {
            this.decoder = decoder;
            this.watch = watch;
            buffer = new EarBuffer(decoder.clockRateHz(), pattern);
            noise = new NoiseFill(decoder.sampleRateHz());
            pcm = new short[decoder.sampleRateHz() / 1000 * FrameDecoder.MAX_PACKET_MS];
        }

        /** A packet of sound with this timestamp was passed on. */
        void heard(int timestamp, long arrivalNanos) {
            heard = true;
            lastTimestamp = timestamp;
            noise.heard(arrivalNanos);
        }

        /** Sound from after this timestamp was heard already. */
        boolean passedBy(int timestamp) {
            return SerialArithmetic.distance32(timestamp, lastTimestamp) >= 0;
        }

        /** RTP ticks as samples: fewer for Opus, more for G.722 (RFC 3551 section 4.5.2). */
        long samples(long ticks) {
            return ticks * decoder.sampleRateHz() / decoder.clockRateHz();
        }
    }

    /**
     * @param loop runs commands on the media loop, in order
     */
    public InboundAudio(
            Executor loop, TimeSource time, ListenSettings settings, VoiceActivityPanel voices, LegEventRelay events) {
        this.loop = loop;
        this.time = time;
        this.settings = settings;
        this.voices = voices;
        this.events = events;
        audience = new Audience(events);
        clock = new SampleClock(time.nanoTime());
    }

    /** Sets or changes what arrives. The parts are made by the caller, so that the loop only swaps them. */
    public void codec(String encodingName) {
        FrameDecoder decoder = Codecs.decoder(encodingName);
        int rateHz = decoder.sampleRateHz();
        Hearing fresh = new Hearing(decoder, new SpeechWatch(voices, settings, rateHz, events), quality.pattern());
        FirstWords words = new FirstWords(rateHz);
        knownLineRateHz = rateHz;
        loop.execute(() -> use(fresh, words));
    }

    private void use(Hearing fresh, FirstWords words) {
        if (closed) {
            release(fresh);
            return;
        }
        Hearing before = hearing;
        if (before != null) {
            clock.changeRate(before.decoder.sampleRateHz(), fresh.decoder.sampleRateHz());
            release(before);
        }
        audience.keepFirstWords(words, before == null);
        clock.anchorAgain();
        hearing = fresh;
    }

    private static void release(Hearing hearing) {
        hearing.watch.close();
        hearing.decoder.close();
    }

    /** The call is up: sample time 0 is now. */
    public void answered() {
        long nowNanos = time.nanoTime();
        loop.execute(() -> answered(nowNanos));
    }

    private void answered(long nowNanos) {
        if (audience.answered()) {
            return;
        }
        audience.answer();
        Hearing current = hearing;
        if (current != null && audience.keepsFirstWords()) {
            current.noise.stop();
            long shift = clock.answered(nowNanos, current.decoder.sampleRateHz());
            audience.replayFirstWords(shift, current.watch, nowNanos);
        } else {
            clock.startAt(nowNanos);
        }
    }

    /** The rate at which the ear hears; {@value #UNKNOWN_LINE_EAR_RATE_HZ} before a codec is known. */
    public int sampleRateHz() {
        int rateHz = knownLineRateHz;
        return rateHz == 0 ? UNKNOWN_LINE_EAR_RATE_HZ : rateHz;
    }

    /** Another reader; opened within two seconds of the answer, it still hears everything from 200 ms before it. */
    public Ear openEar() {
        EarOutlet outlet = new EarOutlet(sampleRateHz(), PIECE_MS);
        loop.execute(() -> audience.add(outlet));
        return outlet;
    }

    /** Puts a detector on the loop. */
    public void addTap(int tapId, EarTap tap) {
        loop.execute(() -> audience.add(tapId, tap));
    }

    /** Does not take the echo of our own voice for somebody. Before the leg is added to its loop. */
    void suppress(EchoSuppressor ownVoice) {
        suppressor = ownVoice;
    }

    /** What came back of our own voice so far. */
    public MediaReport.Echo echo() {
        EchoSuppressor ownVoice = suppressor;
        return ownVoice == null ? MediaReport.Echo.NONE : ownVoice.report();
    }

    /** Records what is heard from now on. */
    void record(RecordingSide side) {
        audience.record(side);
    }

    /** Ends the ear: readers get what is left and then the end. */
    public void close() {
        loop.execute(() -> {
            if (closed) {
                return;
            }
            closed = true;
            audience.dismiss();
            quality.publish();
            Hearing current = hearing;
            if (current != null) {
                release(current);
            }
            hearing = null;
        });
    }

    /** Frames that were made up. */
    public long concealedFrames() {
        return concealedFrames;
    }

    /** Payloads that the codec refused. */
    public long malformedFrames() {
        return malformedFrames;
    }

    /**
     * How well the peer was heard so far.
     *
     * @param roundTripMicros -1 when it is not known
     * @param frameMs what our side collects into a packet
     */
    public MediaReport.Quality quality(long roundTripMicros, int frameMs) {
        return quality.report(roundTripMicros, frameMs);
    }

    @Override
    public void onFrame(
            int frameStream, int sequence, long timestamp, byte[] payload, int offset, int length, long arrivalNanos) {
        Hearing current = hearing;
        if (current == null) {
            return;
        }
        follow(current, frameStream);
        int ticks = current.decoder.ticks(payload, offset, length);
        if (ticks <= 0) {
            countMalformed();
            return;
        }
        current.buffer.offer(payload, offset, length, 0, sequence, (int) timestamp, ticks, arrivalNanos);
        drain(current, arrivalNanos);
    }

    /** A description that comes before any sound has no place on the clock and is passed over. */
    @Override
    public void onComfortNoise(
            int frameStream, int sequence, long timestamp, byte[] payload, int offset, int length, long arrivalNanos) {
        onSilent(frameStream, sequence, arrivalNanos);
        Hearing current = hearing;
        if (current != null && current.heard && !current.passedBy((int) timestamp)) {
            current.noise.describe((int) timestamp, payload, offset, length);
        }
    }

    @Override
    public void onSilent(int frameStream, int sequence, long arrivalNanos) {
        Hearing current = hearing;
        if (current != null) {
            follow(current, frameStream);
            current.buffer.offerSilent(sequence, arrivalNanos);
            drain(current, arrivalNanos);
        }
    }

    private void follow(Hearing current, int frameStream) {
        if (frameStream != stream) {
            stream = frameStream;
            clock.anchorAgain();
            current.noise.stop();
            current.heard = false;
            current.buffer.reset();
            current.decoder.reset();
        }
    }

    void onTick(long nowNanos) {
        Hearing current = hearing;
        if (current != null) {
            drain(current, nowNanos);
            while (current.noise.due(nowNanos)) {
                passNoise(current, current.noise.make(Integer.MAX_VALUE), nowNanos);
            }
            current.watch.onTick(nowNanos);
        }
    }

    private void drain(Hearing current, long nowNanos) {
        while (true) {
            switch (current.buffer.poll(nowNanos)) {
                case PACKET -> takePacket(current, nowNanos);
                case HOLE -> takeHole(current, nowNanos);
                case NOTHING -> {
                    return;
                }
            }
        }
    }

    private void takePacket(Hearing current, long nowNanos) {
        EarBuffer buffer = current.buffer;
        if (buffer.resynced()) {
            current.decoder.reset();
            clock.anchorAgain();
        }
        int samples = current.decoder.decode(buffer.bytes(), buffer.offset(), buffer.length(), current.pcm, 0);
        int flags = buffer.gapTicks() > 0 ? EarFrame.GAP : 0;
        if (samples <= 0) {
            countMalformed();
            return;
        }
        if (current.noise.ends(buffer.timestamp()) && fillUp(current, nowNanos)) {
            flags = 0;
        }
        current.heard(buffer.timestamp(), buffer.arrivalNanos());
        quality.passed(
                samples * 1_000_000L / current.decoder.sampleRateHz(),
                (nowNanos - buffer.arrivalNanos()) / 1000,
                buffer.holeWaitNanos() / 1000);
        pass(current, samples, buffer.mediaTicks(), flags, buffer.arrivalNanos(), nowNanos);
    }

    /** Noise up to the packet that ends it. @return false when something else is missing there */
    private boolean fillUp(Hearing current, long nowNanos) {
        long gap = clock.gapBefore(current.samples(current.buffer.mediaTicks()));
        long left = current.noise.fillable(gap);
        boolean whole = left == Math.max(0, gap);
        while (left > 0) {
            int made = current.noise.make(left);
            passNoise(current, made, nowNanos);
            left -= made;
        }
        return whole;
    }

    /** Voice activity does not hear it: a voice that is silent sends nothing, and what is made up is nobody's speech. */
    private void passNoise(Hearing current, int samples, long nowNanos) {
        long sampleTime = clock.append(samples);
        int rateHz = current.decoder.sampleRateHz();
        short[] pcm = current.noise.pcm();
        audience.hearLine(pcm, 0, samples, rateHz, sampleTime, EarFrame.CONCEALED, clock, nowNanos);
        audience.hearVoice(pcm, 0, samples, rateHz, sampleTime, EarFrame.CONCEALED);
    }

    private void takeHole(Hearing current, long nowNanos) {
        if (current.noise.running()) {
            // The first packet after silence is missing: noise stands there already.
            return;
        }
        EarBuffer buffer = current.buffer;
        int wanted = Math.min((int) current.samples(buffer.holeTicks()), current.pcm.length);
        int samples = buffer.redundancyReady()
                ? current.decoder.decodeFec(buffer.bytes(), buffer.offset(), buffer.length(), current.pcm, 0, wanted)
                : 0;
        int flags = 0;
        if (samples <= 0) {
            current.decoder.conceal(current.pcm, 0, wanted);
            samples = wanted;
            flags = EarFrame.CONCEALED;
            countConcealed();
        }
        pass(current, samples, buffer.mediaTicks(), flags, nowNanos, nowNanos);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the loop
    private void countMalformed() {
        malformedFrames++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the loop
    private void countConcealed() {
        concealedFrames++;
    }

    private void pass(Hearing current, int samples, long mediaTicks, int flags, long arrivalNanos, long nowNanos) {
        int rateHz = current.decoder.sampleRateHz();
        long sampleTime = clock.place(current.samples(mediaTicks), samples, arrivalNanos, rateHz);
        int piece = rateHz / 1000 * PIECE_MS;
        for (int at = 0; at < samples; at += piece) {
            int length = Math.min(piece, samples - at);
            int pieceFlags = at == 0 ? flags : flags & ~EarFrame.GAP;
            audience.hearLine(current.pcm, at, length, rateHz, sampleTime + at, pieceFlags, clock, nowNanos);
            hearVoice(current, at, length, sampleTime + at, pieceFlags, arrivalNanos, nowNanos);
        }
    }

    /** A piece of sound for those who want to hear the other side, and not ourselves. */
    private void hearVoice(
            Hearing current, int at, int length, long sampleTime, int flags, long arrivalNanos, long nowNanos) {
        int rateHz = current.decoder.sampleRateHz();
        EchoSuppressor ownVoice = suppressor;
        short[] pcm = current.pcm;
        int from = at;
        int heardFlags = flags;
        Heard heard = ownVoice == null
                ? Heard.VOICE
                : ownVoice.judge(pcm, at, length, rateHz, sampleTime, (flags & EarFrame.CONCEALED) != 0);
        boolean echo = heard == Heard.ECHO;
        if (ownVoice != null && heard != Heard.VOICE) {
            pcm = ownVoice.instead();
            from = 0;
            heardFlags |= echo ? EarFrame.CONCEALED : 0;
        }
        audience.hearVoice(pcm, from, length, rateHz, sampleTime, heardFlags);
        if (audience.answered()) {
            current.watch.onFrame(pcm, from, length, sampleTime, flags, echo, arrivalNanos, nowNanos);
        }
    }
}
