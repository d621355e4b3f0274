package dev.revox.testkit.sim.line;

import dev.revox.line.CallLeg;
import dev.revox.line.LegEvent;
import dev.revox.line.MediaReport;
import dev.revox.media.AmbientSound;
import dev.revox.media.Ear;
import dev.revox.media.EarTap;
import dev.revox.media.Mouth;
import dev.revox.media.recording.RecordingTarget;
import dev.revox.testkit.sim.node.NodeTime;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The caller's side of a call, without sound.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
final class SimLeg implements CallLeg {
    private final String id;
    private final NodeTime time;
    private final Consumer<LegEvent> listener;
    private @Nullable SimCall call;
    private boolean terminal;

    SimLeg(String id, NodeTime time, Consumer<LegEvent> listener) {
        this.id = id;
        this.time = time;
        this.listener = listener;
    }

    void connect(SimCall other) {
        call = other;
    }

    /** True when its engine is dead. */
    boolean gone() {
        return time.crashed();
    }

    /** True while its engine sends nothing. */
    boolean silent() {
        return time.crashed() || time.paused();
    }

    /** Something happens on the wire; the engine learns of it when its line's thread comes to run. */
    void emit(LongFunction<LegEvent> event) {
        time.execute(() -> {
            if (!terminal) {
                LegEvent told = event.apply(time.nanoTime());
                terminal = told.terminal();
                listener.accept(told);
            }
        });
    }

    @Override
    public String legId() {
        return id;
    }

    @Override
    public void answer() {}

    @Override
    public Ear openEar() {
        return new Silence(() -> terminal);
    }

    @Override
    public Mouth mouth() {
        return Silence.MUTE;
    }

    @Override
    public void addTap(int tapId, EarTap tap) {}

    @Override
    public void startRecording(RecordingTarget target) {}

    @Override
    public void playBackground(AmbientSound sound) {}

    @Override
    public void playThinkingSound(AmbientSound sound) {}

    @Override
    public void endThinkingSound() {}

    @Override
    public void sendDtmf(String digits) {}

    @Override
    public void hangUp() {
        SimCall other = call;
        if (other != null && !gone()) {
            other.callerHangsUp();
        }
    }

    @Override
    public MediaReport mediaReport() {
        return MediaReport.NONE;
    }
}
