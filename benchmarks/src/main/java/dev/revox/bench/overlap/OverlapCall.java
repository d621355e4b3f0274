package dev.revox.bench.overlap;

import dev.revox.agent.turn.TurnSettings;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.bench.clip.Clip;
import dev.revox.bench.clip.ClipCall;
import dev.revox.bench.clip.Delays;
import dev.revox.bench.clip.IdealProviders;
import dev.revox.conversation.ConversationCommand;
import dev.revox.line.LegEvent;
import dev.revox.time.ManualTime;
import java.time.Instant;

/** What becomes of one answer while something is heard over it. Silence is measured on the wire. */
final class OverlapCall implements ClipCall.Watcher {

    static final int ANSWER_SECONDS = 6;

    private static final int FRAME_MS = 20;
    private static final int ANSWER_FRAMES = ANSWER_SECONDS * 1000 / FRAME_MS;

    private final Clip clip;
    private final ClipCall call;
    private final double onsetMs;
    private double silentFromMs = Double.NaN;
    private double lastVoicedMs = Double.NaN;
    private boolean flushed;
    private int voicedFrames;

    OverlapCall(Clip clip, Delays delays, VoiceActivityModel model) {
        this.clip = clip;
        ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-02T09:00:00Z"));
        call = new ClipCall(time, clip, new IdealProviders(time, clip, delays, ANSWER_SECONDS, true), model, this);
        onsetMs = clip.parts().getLast().start() * 1000.0 / Clip.RATE_HZ;
    }

    Overlap run() {
        call.run(TurnSettings.DEFAULT);
        boolean whole = !flushed && voicedFrames >= ANSWER_FRAMES;
        return new Overlap(clip.number(), clip.kind(), silentFromMs - onsetMs, flushed, whole);
    }

    @Override
    public void event(LegEvent event) {
        // The wire tells.
    }

    @Override
    public void command(ConversationCommand command) {
        // Only the first answer counts; giving up an answer that was heard to its end is none.
        flushed |=
                command instanceof ConversationCommand.FlushPlayout && voicedFrames > 0 && voicedFrames < ANSWER_FRAMES;
    }

    @Override
    public void sent(boolean voiced, long nowNanos) {
        double ms = call.ms(nowNanos);
        if (voiced) {
            voicedFrames++;
            lastVoicedMs = ms;
        } else if (ms > onsetMs && Double.isNaN(silentFromMs) && voicedFrames < ANSWER_FRAMES && lastVoicedMs > 0) {
            silentFromMs = Math.max(ms, onsetMs);
        }
    }
}
