package dev.revox.bench.turns;

import dev.revox.agent.turn.TurnSettings;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.bench.clip.Clip;
import dev.revox.bench.clip.ClipCall;
import dev.revox.bench.clip.Delays;
import dev.revox.bench.clip.IdealProviders;
import dev.revox.conversation.ConversationCommand;
import dev.revox.line.LegEvent;
import dev.revox.media.PlayoutEvent;
import dev.revox.time.ManualTime;
import java.time.Instant;

/** How soon one clip is answered. */
final class TurnCall implements ClipCall.Watcher {

    private static final int ANSWER_SECONDS = 2;

    private final Clip clip;
    private final IdealProviders providers;
    private final ClipCall call;
    private double gapMs = Double.NaN;
    private boolean cut;

    TurnCall(Clip clip, Delays delays, VoiceActivityModel model) {
        this.clip = clip;
        ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-02T09:00:00Z"));
        providers = new IdealProviders(time, clip, delays, ANSWER_SECONDS);
        call = new ClipCall(time, clip, providers, model, this);
    }

    Outcome run(TurnSettings settings) {
        call.run(settings);
        return new Outcome(clip.number(), clip.kind(), gapMs, cut, providers.modelCalls());
    }

    @Override
    public void event(LegEvent event) {
        if (event instanceof LegEvent.Playout playout && playout.event() instanceof PlayoutEvent.Started started) {
            double ms = call.ms(started.atNanos()) - clip.endMs();
            if (ms < 0) {
                cut = true;
            } else if (Double.isNaN(gapMs)) {
                gapMs = ms;
            }
        }
    }

    @Override
    public void command(ConversationCommand command) {
        // The events tell.
    }

    @Override
    public void sent(boolean voiced, long nowNanos) {
        // The events tell.
    }
}
