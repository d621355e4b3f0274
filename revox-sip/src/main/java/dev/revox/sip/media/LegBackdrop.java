package dev.revox.sip.media;

import dev.revox.audio.mix.Clip;
import dev.revox.audio.mix.ClipLibrary;
import dev.revox.audio.mix.OutboundMix;
import dev.revox.media.AmbientSound;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What plays beneath one leg's speech: finds clips without keeping anybody waiting, and hands them to the leg's mix on the loop.
 *
 * <p>A sound of thinking whose clip is found only after the thought is over does not begin any more.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class LegBackdrop {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.media");

    private final ClipLibrary clips;
    private final OutboundMix mix;
    private final Executor loop;
    private final AtomicLong thought = new AtomicLong();

    LegBackdrop(ClipLibrary clips, OutboundMix mix, Executor loop) {
        this.clips = clips;
        this.mix = mix;
        this.loop = loop;
    }

    void background(AmbientSound sound) {
        find(sound, clip -> loop.execute(() -> mix.background(clip, sound.volume())));
    }

    void thinking(AmbientSound sound) {
        long now = thought.incrementAndGet();
        find(
                sound,
                clip -> loop.execute(() -> {
                    if (thought.get() == now) {
                        mix.thinking(clip, sound.volume());
                    }
                }));
    }

    void thoughtOver() {
        thought.incrementAndGet();
        loop.execute(mix::thoughtOver);
    }

    private void find(AmbientSound sound, Consumer<Clip> then) {
        var unused = clips.find(sound.clip()).whenComplete((clip, failure) -> {
            if (failure == null) {
                then.accept(clip);
            } else {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the call goes on without its background: {0}",
                        failure.getMessage());
            }
        });
    }
}
