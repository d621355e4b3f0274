package dev.revox.agent.realtime.talk;

import dev.revox.agent.latency.LatencyBook;
import dev.revox.agent.listening.EarPump;
import dev.revox.agent.realtime.answer.Answers;
import dev.revox.agent.realtime.session.SessionLink;
import dev.revox.agent.realtime.turns.CallerTurns;
import dev.revox.agent.realtime.voice.AgentVoice;
import dev.revox.agent.realtime.voice.Purpose;
import dev.revox.agent.realtime.voice.Talk;
import dev.revox.agent.step.Outbox;
import dev.revox.agent.thinking.ThinkingNoise;
import dev.revox.agent.turn.Floor;
import dev.revox.agent.turn.TurnSettings;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationNotice;
import dev.revox.media.Ear;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ear of one call, and the hands of its turns: gives the model what belongs to a turn, and carries out what the turns decide.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class Hearing implements CallerTurns.Hands {

    private static final long LEAD_NANOS = EarPump.LEAD_MS * 1_000_000L;

    private final SessionLink link;
    private final AgentVoice voice;
    private final OtherVoice otherVoice;
    private final Answers answers;
    private final Talk talk;
    private final LatencyBook latency;
    private final ThinkingNoise noise;
    private final Outbox outbox;
    private final Supplier<Floor> whoseFloor;
    private final BooleanSupplier beforeOpening;
    private final CallerTurns turns;
    private @Nullable EarPump ear;
    private long turnFromSample;
    private long turnToSample;
    private int turnUnderWay;

    Hearing(
            SessionLink link,
            AgentVoice voice,
            OtherVoice otherVoice,
            Answers answers,
            Talk talk,
            LatencyBook latency,
            ThinkingNoise noise,
            Outbox outbox,
            TurnSettings settings,
            Supplier<Floor> whoseFloor,
            BooleanSupplier beforeOpening) {
        this.link = link;
        this.voice = voice;
        this.otherVoice = otherVoice;
        this.answers = answers;
        this.talk = talk;
        this.latency = latency;
        this.noise = noise;
        this.outbox = outbox;
        this.whoseFloor = whoseFloor;
        this.beforeOpening = beforeOpening;
        turns = new CallerTurns(settings, outbox, this);
    }

    CallerTurns turns() {
        return turns;
    }

    /** Answers the rate of what is heard. */
    int connected(Ear opened) {
        EarPump pump = new EarPump(opened);
        ear = pump;
        return pump.sampleRateHz();
    }

    boolean isConnected() {
        return ear != null;
    }

    /** More will come. */
    boolean goesOn() {
        EarPump pump = ear;
        return pump != null && !pump.ended();
    }

    void pump() {
        EarPump pump = ear;
        if (pump != null) {
            pump.pump((pcm, offset, samples) -> {
                if (turns.streaming()) {
                    link.session().ifPresent(session -> session.audio(pcm, offset, samples));
                }
            });
        }
    }

    /** A fresh session hears the turn under way, or the one that is still to be answered, once more. */
    void replay() {
        EarPump pump = ear;
        boolean owesAnswer = answers.busy() && answers.purpose() == Purpose.ANSWER;
        if (pump == null || !(turns.streaming() || owesAnswer)) {
            return;
        }
        long to = turns.streaming() ? pump.recent().end() : turnToSample;
        short[] pcm = pump.recent().copy(turnFromSample, to);
        link.session().ifPresent(session -> {
            session.turnStarted(turnUnderWay);
            session.audio(pcm, 0, pcm.length);
            if (!turns.streaming()) {
                session.turnEnded(turnUnderWay);
            }
        });
    }

    void close() {
        EarPump pump = ear;
        if (pump != null) {
            pump.close();
        }
    }

    @Override
    public Floor floor() {
        return whoseFloor.get();
    }

    @Override
    public boolean openingPending() {
        return beforeOpening.getAsBoolean();
    }

    @Override
    public boolean audible() {
        return voice.busy() || otherVoice.busy();
    }

    @Override
    public boolean transcribesAlone() {
        return link.transcribesAlone();
    }

    @Override
    public void hold(long nowNanos) {
        outbox.add(new ConversationCommand.PausePlayout());
        answers.paused(true, nowNanos);
    }

    @Override
    public void resume(long nowNanos) {
        outbox.add(new ConversationCommand.ResumePlayout());
        answers.paused(false, nowNanos);
    }

    @Override
    public void interrupt(long nowNanos) {
        outbox.tell(new ConversationNotice.BargeIn(nowNanos));
        answers.cancel();
        answers.paused(false, nowNanos);
        voice.cut();
        otherVoice.cut(nowNanos);
    }

    @Override
    public void listen(int turn, long speechStartNanos, long nowNanos) {
        EarPump pump = ear;
        if (pump == null) {
            return;
        }
        long end = pump.recent().end();
        turnUnderWay = turn;
        turnFromSample = Math.max(0, end - pump.samplesIn(nowNanos - speechStartNanos + LEAD_NANOS));
        turnToSample = end;
        short[] pcm = pump.recent().copy(turnFromSample, end);
        link.session().ifPresent(session -> {
            session.turnStarted(turn);
            session.audio(pcm, 0, pcm.length);
        });
    }

    @Override
    public void heard(int turn, long nowNanos) {
        talk.userTurn(turn);
        link.session().ifPresent(session -> session.turnEnded(turn));
    }

    @Override
    public void answer(CallerTurns.Turn turn, boolean alreadyHeard, long nowNanos) {
        if (!alreadyHeard) {
            EarPump pump = ear;
            turnToSample = pump == null ? turnToSample : pump.recent().end();
            heard(turn.number(), nowNanos);
        }
        latency.beginUnsplit(turn.number(), turn.speechEndNanos(), turn.noticedNanos(), nowNanos);
        noise.begin();
        answers.answer(turn.number(), nowNanos);
    }
}
