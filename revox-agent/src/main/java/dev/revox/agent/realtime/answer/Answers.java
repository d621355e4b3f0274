package dev.revox.agent.realtime.answer;

import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.realtime.RealtimeModel.Prompt;
import dev.revox.agent.realtime.session.RealtimeParts;
import dev.revox.agent.realtime.session.RealtimeSignal;
import dev.revox.agent.realtime.session.SessionLink;
import dev.revox.agent.realtime.voice.AgentVoice;
import dev.revox.agent.realtime.voice.Item;
import dev.revox.agent.realtime.voice.Purpose;
import dev.revox.agent.realtime.voice.Talk;
import dev.revox.agent.step.Outbox;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.tool.ToolDesk;
import dev.revox.agent.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the model is asked to say: one response at a time, with a deadline for its sound, and the tools that it calls.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class Answers implements ToolDesk.Customer {

    /** Its timer for sound that does not come. */
    public static final String TIMER = "realtime-sound";

    /** Its timer for the moment at which waiting becomes noticeable. */
    public static final String FILLER_TIMER = "realtime-filler";

    /** Rounds of tool calls that one turn may take. */
    private static final int MOST_ROUNDS = 3;

    private static final int MOST_FAILURES = 3;

    private static final Prompt NO_MORE_TOOLS =
            new Prompt.Direction("[Answer the person now, with what you know, without another tool.]");

    /** Who is told what comes of it. */
    public interface Outcome {

        /** A tool wants the call ended, once everything has been said. */
        void endCall(long nowNanos);

        /** The session has gone silent: it needs to be replaced. */
        void silent(ProviderException failure, long nowNanos);

        void fault(ProviderException failure);

        /** The person waits noticeably long. Answers whether something was said about it. */
        boolean waiting(long nowNanos);

        /** Nothing will come for this purpose. */
        void nothing(Purpose purpose, long nowNanos);
    }

    private final SessionLink link;
    private final AgentVoice voice;
    private final Talk talk;
    private final Outbox outbox;
    private final RealtimeParts parts;
    private final Outcome outcome;
    private final ToolDesk tools;

    private int last;
    private int active;
    private int turn;
    private int rounds;
    private int failures;
    private boolean sounded;
    private boolean held;
    private boolean paused;
    private Purpose purpose = Purpose.ANSWER;
    private @Nullable Prompt prompt;
    private final List<ToolCall> calls = new ArrayList<>();
    private List<ToolCall> pending = List.of();

    public Answers(
            SessionLink link,
            AgentVoice voice,
            Talk talk,
            Outbox outbox,
            RealtimeParts parts,
            Outcome outcome,
            Function<ToolDesk.Customer, ToolDesk> tools) {
        this.link = link;
        this.voice = voice;
        this.talk = talk;
        this.outbox = outbox;
        this.parts = parts;
        this.outcome = outcome;
        this.tools = tools.apply(this);
    }

    public ToolDesk tools() {
        return tools;
    }

    /** Asks for a response; what was under way must be over or cancelled. */
    public void ask(Purpose why, Prompt what, long nowNanos) {
        if (why == Purpose.ANSWER && what instanceof Prompt.Answer) {
            rounds = 0;
        }
        send(why, what, nowNanos);
    }

    public void answer(int turnNumber, long nowNanos) {
        turn = turnNumber;
        ask(Purpose.ANSWER, new Prompt.Answer(), nowNanos);
    }

    /** Asks for the first sentence and keeps it until {@link #release}. */
    public void prepareOpening(Prompt what, long nowNanos) {
        held = true;
        send(Purpose.OPENING, what, nowNanos);
    }

    public void release(long nowNanos) {
        held = false;
        voice.release(nowNanos);
        if (active > 0) {
            watch(nowNanos);
        }
    }

    private void send(Purpose why, Prompt what, long nowNanos) {
        purpose = why;
        prompt = what;
        active = ++last;
        sounded = false;
        calls.clear();
        link.session().ifPresent(session -> session.respond(active, what));
        if (why == Purpose.ANSWER) {
            outbox.arm(
                    FILLER_TIMER, nowNanos + parts.voiceDeadlines().llmFiller().toNanos());
        }
        watch(nowNanos);
    }

    private void rest() {
        outbox.disarm(TIMER);
        outbox.disarm(FILLER_TIMER);
    }

    /** The session is gone: what it has not said by now is not said. */
    public void lost() {
        voice.broken(active);
        if (tools.busy()) {
            tools.cancel();
            pending = List.of();
            active = ++last;
            prompt = new Prompt.Answer();
        }
        rest();
    }

    /** The session is a fresh one: what was asked of the one before is asked again. */
    public void again(long nowNanos) {
        Prompt lost = prompt;
        if (active > 0 && lost != null) {
            send(purpose, lost, nowNanos);
        }
    }

    /** Stops what is under way. */
    public void cancel() {
        link.cancel(active);
        active = 0;
        rest();
        if (tools.busy()) {
            tools.cancel();
            // The model must not wait for them.
            pending.forEach(
                    call -> link.session().ifPresent(session -> session.toolResult(call, "No answer in time.")));
        }
        pending = List.of();
    }

    /** Thinking, speaking or using a tool. */
    public boolean busy() {
        return active > 0 || tools.busy();
    }

    /** The same, but not for a first sentence that waits. */
    public boolean answering() {
        return busy() && !held;
    }

    public Purpose purpose() {
        return purpose;
    }

    public int turn() {
        return turn;
    }

    public void sound(RealtimeSignal.Sound sound, long nowNanos) {
        if (sound.response() != active) {
            sound.queue().finish();
            return;
        }
        sounded = true;
        outbox.disarm(FILLER_TIMER);
        Item item = item(sound.response(), sound.item());
        voice.sound(item, sound.format(), sound.queue(), held, nowNanos);
        watch(nowNanos);
    }

    public void text(RealtimeSignal.Text text) {
        if (text.response() == active
                || voice.find(text.response(), text.item()).isPresent()) {
            item(text.response(), text.item()).addText(text.delta());
        }
    }

    private Item item(int response, String id) {
        return voice.find(response, id).orElseGet(() -> {
            Item fresh = voice.begin(response, id, purpose);
            talk.agent(fresh);
            return fresh;
        });
    }

    public void toolCall(RealtimeSignal.Tool tool) {
        if (tool.response() == active) {
            calls.add(tool.call());
        }
    }

    public void done(RealtimeSignal.Done done, long nowNanos) {
        voice.made(done.response());
        if (done.response() != active) {
            return;
        }
        active = 0;
        rest();
        if (!calls.isEmpty()) {
            failures = 0;
            pending = List.copyOf(calls);
            tools.run(pending, turn, nowNanos);
        } else if (sounded) {
            failures = 0;
        } else {
            failed(
                    new ProviderException(
                            parts.model().name(), ProviderException.Kind.PROTOCOL, "a response without sound"),
                    nowNanos);
        }
    }

    public void failed(RealtimeSignal.Failed failure, long nowNanos) {
        voice.made(failure.response());
        if (failure.response() == active) {
            active = 0;
            rest();
            failed(failure.failure(), nowNanos);
        }
    }

    private void failed(ProviderException failure, long nowNanos) {
        outcome.fault(failure);
        failures++;
        Prompt wanted = prompt;
        if (failures >= MOST_FAILURES || !failure.retryable() || wanted == null) {
            outcome.nothing(purpose, nowNanos);
        } else if (!sounded) {
            send(purpose, wanted, nowNanos);
        }
    }

    /** While playout is held, sound that does not play is no stall. */
    public void paused(boolean on, long nowNanos) {
        paused = on;
        if (active > 0) {
            watch(nowNanos);
        }
    }

    private void watch(long nowNanos) {
        if ((held && sounded) || paused) {
            outbox.disarm(TIMER);
            return;
        }
        long limitNanos = sounded
                ? Math.max(parts.deadlines().nextSound().toNanos(), voice.unplayedMicros() * 1000)
                : parts.deadlines().firstSound().toNanos();
        outbox.arm(TIMER, nowNanos + limitNanos);
    }

    public void onTimer(String timer, long nowNanos) {
        if (active == 0) {
            return;
        }
        if (timer.equals(FILLER_TIMER)) {
            boolean unused = !sounded && waiting(nowNanos);
            return;
        }
        long lastSound = link.lastSoundNanos();
        long restNanos = voice.unplayedMicros() * 1000;
        long dueNanos = lastSound + Math.max(parts.deadlines().nextSound().toNanos(), restNanos);
        if (sounded && dueNanos > nowNanos) {
            outbox.arm(TIMER, dueNanos);
        } else {
            outcome.silent(link.stalled("no sound within its deadline"), nowNanos);
        }
    }

    @Override
    public void results(List<ToolResult> results, long nowNanos) {
        pending = List.of();
        if (results.stream().anyMatch(result -> result.effect() == ToolResult.Effect.END_CALL)) {
            // Not told to the model: it might have something to say to it.
            outcome.endCall(nowNanos);
            return;
        }
        results.forEach(
                result -> link.session().ifPresent(session -> session.toolResult(result.call(), result.output())));
        if (results.stream().allMatch(result -> result.effect() == ToolResult.Effect.LISTEN)) {
            return;
        }
        Prompt next = ++rounds > MOST_ROUNDS ? NO_MORE_TOOLS : new Prompt.Answer();
        send(Purpose.ANSWER, next, nowNanos);
    }

    @Override
    public boolean waiting(long nowNanos) {
        return !paused && !voice.unsettled() && outcome.waiting(nowNanos);
    }
}
