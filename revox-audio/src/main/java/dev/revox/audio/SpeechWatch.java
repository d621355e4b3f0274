package dev.revox.audio;

import dev.revox.audio.event.LegEventRelay;
import dev.revox.audio.vad.SpeechGate;
import dev.revox.audio.vad.VoiceActivityPanel;
import dev.revox.line.ListenSettings;
import dev.revox.media.EarFrame;

/**
 * Voice activity on one leg: frames become windows, windows become probabilities, probabilities become speech starts and ends
 * in engine time.
 *
 * <p>Detectors think in sample time; the rest of the engine lives in arrival time. A short memory of which samples came when
 * joins the two, so an edge carries the moment at which its sample arrived.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
final class SpeechWatch {

    private static final int MEMORY = 256;
    private static final long STALL_NANOS = 100_000_000L;

    private final LegEventRelay events;
    private final VoiceActivityPanel.Stream stream;
    private final SpeechGate gate;
    private final short[] silence;
    private final int rateHz;
    private final long minSilenceNanos;
    private int filled;
    private int concealedInWindow;
    private int echoInWindow;
    private long windowStart;

    // One window fills while the one before it may still wait for its judgement.
    private final short[][] windows;
    private final long[] starts = new long[2];
    private final boolean[] madeUp = new boolean[2];
    private final boolean[] echoed = new boolean[2];
    private int filling;
    private int nextJudged;

    private final long[] ends = new long[MEMORY];
    private final long[] arrivals = new long[MEMORY];
    private long remembered;
    private long lastArrivalNanos;

    SpeechWatch(VoiceActivityPanel panel, ListenSettings settings, int rateHz, LegEventRelay events) {
        this.events = events;
        this.rateHz = rateHz;
        stream = panel.open(rateHz, this::judged);
        windows = new short[2][stream.windowSamples()];
        silence = new short[stream.windowSamples()];
        gate = new SpeechGate(settings, rateHz, silence.length);
        minSilenceNanos = settings.minSilence().toNanos();
    }

    String name() {
        return stream.name();
    }

    /**
     * A piece of sound.
     *
     * @param echo the line's background stands here in the place of our own voice: nobody spoke
     */
    void onFrame(
            short[] pcm,
            int offset,
            int samples,
            long sampleTime,
            int flags,
            boolean echo,
            long arrivalNanos,
            long nowNanos) {
        int slot = (int) (remembered++ & (MEMORY - 1));
        ends[slot] = sampleTime + samples;
        arrivals[slot] = arrivalNanos;
        lastArrivalNanos = arrivalNanos;
        boolean concealed = (flags & EarFrame.CONCEALED) != 0;
        if (filled > 0 && sampleTime != windowStart + filled) {
            emptyWindow();
        }
        if (!concealed) {
            tell(gate.hear(pcm, offset, samples, sampleTime), nowNanos);
        }
        int done = 0;
        while (done < samples) {
            short[] window = windows[filling];
            if (filled == 0) {
                windowStart = sampleTime + done;
            }
            int take = Math.min(samples - done, window.length - filled);
            System.arraycopy(pcm, offset + done, window, filled, take);
            filled += take;
            done += take;
            concealedInWindow += concealed ? take : 0;
            echoInWindow += echo ? take : 0;
            if (filled == window.length) {
                judge(echo, nowNanos);
            }
        }
    }

    private void emptyWindow() {
        filled = 0;
        concealedInWindow = 0;
        echoInWindow = 0;
    }

    private void judge(boolean endsInEcho, long nowNanos) {
        int full = filling;
        starts[full] = windowStart;
        madeUp[full] = 2 * concealedInWindow > silence.length;
        echoed[full] = endsInEcho && 2 * echoInWindow > silence.length;
        filling = 1 - full;
        emptyWindow();
        stream.submit(windows[full], 0, nowNanos);
    }

    private void judged(float probability, long nowNanos) {
        int slot = nextJudged;
        nextJudged = 1 - slot;
        // A network still has the echo in its memory that came before it was known for one.
        float speech = echoed[slot] ? 0 : probability;
        tell(gate.accept(speech, windows[slot], 0, starts[slot], madeUp[slot]), nowNanos);
    }

    private void tell(SpeechGate.Edge edge, long nowNanos) {
        switch (edge) {
            case STARTED -> events.speechStarted(nowNanos, arrivalOf(gate.speechStartSample() + 1));
            case PAUSED -> events.speechPaused(nowNanos, arrivalOf(gate.speechEndSample()), false);
            case PAUSE_CONFIRMED -> events.speechPaused(nowNanos, arrivalOf(gate.speechEndSample()), true);
            case RESUMED -> events.speechResumed(nowNanos, arrivalOf(gate.resumedSample() + 1));
            case ENDED -> events.speechEnded(nowNanos, arrivalOf(gate.speechEndSample()));
            case NONE -> {}
        }
    }

    /** A sender that falls silent by sending nothing (DTX, a dead network) ends its speech as well. */
    void onTick(long nowNanos) {
        if (!gate.speaking() || nowNanos - lastArrivalNanos < Math.max(minSilenceNanos, STALL_NANOS)) {
            return;
        }
        emptyWindow();
        long samples = minSilenceNanos * rateHz / 1_000_000_000L + 1;
        tell(gate.accept(0f, silence, 0, gate.heardUntilSample() + samples, true), nowNanos);
    }

    /** When the packet with the sample before this one came in. */
    private long arrivalOf(long sampleEnd) {
        long arrival = lastArrivalNanos;
        for (long i = remembered - 1; i >= 0 && i >= remembered - MEMORY; i--) {
            int slot = (int) (i & (MEMORY - 1));
            if (ends[slot] < sampleEnd) {
                break;
            }
            arrival = arrivals[slot];
        }
        return arrival;
    }

    void close() {
        stream.close();
    }
}
