package dev.revox.testkit.script;

import dev.revox.conversation.AgentSignal;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationEvent;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.media.PlayoutEvent;
import dev.revox.time.Alarm;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The call around a conversation, in virtual time: its mailbox, its timers, and a leg that ticks every 20 ms.
 *
 * <p><b>Thread:</b> Confined to the script's thread.
 */
final class ScriptedWorld {

    private static final Duration TICK = Duration.ofMillis(20);

    /** A command and when it was given. */
    record Given(long atNanos, ConversationCommand command) {}

    private final ManualTime time;
    private final ScriptedEar ear = new ScriptedEar();
    private final ScriptedMouth mouth = new ScriptedMouth(this::playout);
    private final Map<String, Alarm> timers = new HashMap<>();
    private final List<Given> commands = new ArrayList<>();
    private @Nullable Conversation conversation;
    private boolean gone;
    private boolean over;
    private long answeredNanos;
    private long endedNanos;
    private long quietSinceNanos;
    private long longestQuietNanos;

    ScriptedWorld(ManualTime time) {
        this.time = time;
    }

    ScriptedEar ear() {
        return ear;
    }

    ScriptedMouth mouth() {
        return mouth;
    }

    void mailbox(AgentSignal signal) {
        post(new ConversationEvent.FromAgent(signal));
    }

    void host(Conversation hosted) {
        conversation = hosted;
    }

    void post(ConversationEvent event) {
        time.execute(() -> step(event));
    }

    void answer() {
        answeredNanos = time.nanoTime();
        quietSinceNanos = answeredNanos;
        post(new ConversationEvent.Connected(new LegEvent.Answered(answeredNanos, "PCMU", 8000), ear));
        tick();
    }

    void end(LegEnd cause) {
        if (!gone) {
            mouth.flush(time.nanoTime());
            post(new ConversationEvent.FromLeg(new LegEvent.Ended(time.nanoTime(), cause, Optional.empty())));
        }
    }

    boolean over() {
        return over;
    }

    List<Given> commands() {
        return commands;
    }

    int armedTimers() {
        return timers.size();
    }

    long answeredNanos() {
        return answeredNanos;
    }

    long endedNanos() {
        return endedNanos;
    }

    /** The longest time in which, after the answer, neither side made a sound. */
    long longestQuietNanos() {
        return longestQuietNanos;
    }

    private void tick() {
        if (gone) {
            return;
        }
        long nowNanos = time.nanoTime();
        ear.tick();
        boolean sounded = mouth.tick(nowNanos);
        if (sounded || ear.someoneSpeaks()) {
            quietSinceNanos = nowNanos;
        }
        longestQuietNanos = Math.max(longestQuietNanos, nowNanos - quietSinceNanos);
        var unused = time.schedule(TICK, this::tick);
    }

    private void playout(PlayoutEvent event) {
        post(new ConversationEvent.FromLeg(new LegEvent.Playout(event)));
    }

    private void step(ConversationEvent event) {
        Conversation hosted = conversation;
        if (over || hosted == null) {
            return;
        }
        if (!gone
                && event instanceof ConversationEvent.FromLeg leg
                && leg.event().terminal()) {
            gone = true;
            endedNanos = time.nanoTime();
        }
        List<ConversationCommand> wanted = hosted.on(event, time.nanoTime());
        wanted.forEach(this::carryOut);
        if (gone && !hosted.awaitsLastWords()) {
            over = true;
            hosted.close();
        }
    }

    private void carryOut(ConversationCommand command) {
        long nowNanos = time.nanoTime();
        commands.add(new Given(nowNanos, command));
        switch (command) {
            case ConversationCommand.Say say -> mouth.say(say.segment(), say.format(), say.frames());
            case ConversationCommand.PausePlayout pause -> mouth.pause(nowNanos);
            case ConversationCommand.ResumePlayout resume -> mouth.resume();
            case ConversationCommand.FlushPlayout flush -> mouth.flush(nowNanos);
            case ConversationCommand.SendDtmf dtmf -> {}
            case ConversationCommand.PlayThinkingSound play -> {}
            case ConversationCommand.EndThinkingSound end -> {}
            case ConversationCommand.SetTimer timer -> arm(timer, nowNanos);
            case ConversationCommand.CancelTimer timer -> disarm(timer.timer());
            case ConversationCommand.HangUp hangUp -> {
                var unused = time.schedule(TICK, () -> end(LegEnd.LOCAL_HANGUP));
            }
            case ConversationCommand.Tell tell -> {}
        }
    }

    private void arm(ConversationCommand.SetTimer timer, long nowNanos) {
        disarm(timer.timer());
        String name = timer.timer();
        Alarm alarm = time.schedule(Duration.ofNanos(Math.max(0, timer.dueNanos() - nowNanos)), () -> {
            timers.remove(name);
            step(new ConversationEvent.TimerFired(name));
        });
        timers.put(name, alarm);
    }

    private void disarm(String timer) {
        Alarm armed = timers.remove(timer);
        if (armed != null) {
            armed.cancel();
        }
    }
}
