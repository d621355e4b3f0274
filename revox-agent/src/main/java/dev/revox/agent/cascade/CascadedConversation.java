package dev.revox.agent.cascade;

import dev.revox.agent.closing.Closing;
import dev.revox.agent.closing.PartingWords;
import dev.revox.agent.closing.SilenceWatch;
import dev.revox.agent.dialogue.Dialogue;
import dev.revox.agent.latency.LatencyBook;
import dev.revox.agent.listening.Listener;
import dev.revox.agent.listening.ListeningSignal;
import dev.revox.agent.prompt.PhonePrompt;
import dev.revox.agent.speech.Speaker;
import dev.revox.agent.speech.Speech;
import dev.revox.agent.speech.SpeechSignal;
import dev.revox.agent.step.Outbox;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.thinking.Thinker;
import dev.revox.agent.thinking.ThinkingNoise;
import dev.revox.agent.thinking.ThinkingSignal;
import dev.revox.agent.tool.ToolContext;
import dev.revox.agent.tool.ToolDesk;
import dev.revox.agent.tool.ToolSignal;
import dev.revox.agent.turn.TurnController;
import dev.revox.agent.turn.sound.TurnEar;
import dev.revox.agent.turn.sound.TurnSignal;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.AgentSignal;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationEvent;
import dev.revox.conversation.ConversationNotice;
import dev.revox.conversation.ConversationResult;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.TurnLatency.Milestone;
import dev.revox.line.LegEvent;
import java.util.List;
import java.util.function.Consumer;

/**
 * A conversation through recogniser, language model and synthesiser.
 *
 * <p>This class only passes events to its parts and lets them settle: the listener (ear to words), the turn controller (whose
 * turn it is), the replies (turn to clauses), the speaker (clauses to mouth, and what was heard), the opening and the closing.
 * Each part works on the call thread; what providers do elsewhere comes back as signals that carry the number of what they
 * belong to, and are dropped when that is over.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class CascadedConversation implements Conversation {

    private final AgentParts parts;
    private final Outbox outbox = new Outbox();
    private final Dialogue dialogue;
    private final LatencyBook latency = new LatencyBook();
    private final TurnController turns;
    private final Listener listener;
    private final Speaker speaker;
    private final Replies replies;
    private final Opening opening;
    private final Closing closing;
    private final SilenceWatch silence;
    private final TurnTaking turnTaking;
    private final CallerEdges edges;
    private final PartingWords parting;

    private boolean connected;
    private boolean answered;
    private boolean over;

    public CascadedConversation(ConversationSetup setup, AgentParts parts, Consumer<AgentSignal> mailbox) {
        this.parts = parts;
        var breaker = parts.breaker();
        var deadlines = parts.deadlines();
        var speaking = setup.assistant().speaking();
        dialogue = new Dialogue(parts.context());
        turns = new TurnController(parts.turns());
        speaker = new Speaker(parts.voices(), breaker, deadlines, outbox, mailbox, setup.time(), new Spoken());
        closing = new Closing(speaker, dialogue, outbox, speaking);
        replies = new Replies(
                speaker,
                closing,
                dialogue,
                latency,
                outbox,
                PhonePrompt.of(setup, parts.phoneRules()),
                parts.phrases(),
                thoughts -> new Thinker(parts.models(), breaker, deadlines, outbox, mailbox, setup.time(), thoughts),
                customer -> new ToolDesk(
                        parts.tools(), ToolContext.of(setup), outbox, mailbox, dialogue::tool, setup.time(), customer));
        opening = new Opening(
                speaking,
                setup.firstSentenceDelay(),
                parts.turns().longestGreeting(),
                speaker,
                replies,
                turns,
                dialogue,
                outbox);
        silence = new SilenceWatch(
                parts.turns().userSilence(),
                replies::askStillThere,
                nowNanos -> closing.endByAgent(EndReason.USER_SILENCE, nowNanos),
                outbox);
        turnTaking = new TurnTaking(
                turns,
                speaker,
                replies,
                opening,
                closing,
                silence,
                new ThinkingNoise(
                        setup.assistant().ambience(), setup.attemptId().hashCode(), outbox),
                dialogue,
                latency,
                outbox,
                parts.phrases(),
                words -> new Listener(parts.recognisers(), breaker, deadlines, outbox, mailbox, words));
        listener = turnTaking.listener();
        parting = new PartingWords(listener, turns, dialogue, outbox);
        edges = new CallerEdges(
                listener,
                turns,
                new TurnEar(parts.endOfTurn(), parts.turns().turnModel().longestWait(), breaker, mailbox));
    }

    @Override
    public List<ConversationCommand> on(ConversationEvent event, long nowNanos) {
        if (over) {
            return List.of();
        }
        if (parting.awaited()) {
            parting.on(event, nowNanos);
            closeUnlessWordsAreAwaited();
            return outbox.drain();
        }
        switch (event) {
            case ConversationEvent.Dialling dialling -> {
                listener.dialling(nowNanos);
                opening.prepare(nowNanos);
            }
            case ConversationEvent.Connected up -> connected(up, nowNanos);
            case ConversationEvent.FromLeg leg -> onLeg(leg.event(), nowNanos);
            case ConversationEvent.FromAgent agent -> onSignal(agent.signal(), nowNanos);
            case ConversationEvent.TimerFired timer -> onTimer(timer.timer(), nowNanos);
            case ConversationEvent.Stop stop -> stop(stop);
        }
        if (!over && !parting.awaited()) {
            turnTaking.settle(connected, nowNanos);
        }
        return outbox.drain();
    }

    @Override
    public boolean awaitsLastWords() {
        return parting.awaited();
    }

    @Override
    public ConversationResult result() {
        parting.end();
        return new ConversationResult(
                answered ? AnsweredBy.HUMAN : AnsweredBy.UNKNOWN, dialogue.transcript(), latency.measured());
    }

    @Override
    public void close() {
        parting.end();
        over = true;
        stopProviders();
        outbox.disarmAll();
    }

    private void connected(ConversationEvent.Connected up, long nowNanos) {
        connected = true;
        listener.connected(up.ear(), nowNanos);
        edges.connected(nowNanos);
        opening.connected(up.answered().atNanos(), nowNanos);
        closing.connected(up.answered().atNanos(), nowNanos);
    }

    private void onLeg(LegEvent event, long nowNanos) {
        switch (event) {
            case LegEvent.SpeechStarted started -> edges.started(started.speechStartNanos(), nowNanos);
            case LegEvent.SpeechEnded ended -> edges.ended(ended, nowNanos);
            case LegEvent.SpeechPaused paused -> edges.paused(paused, nowNanos);
            case LegEvent.SpeechResumed resumed -> edges.resumed(resumed.speechStartNanos(), nowNanos);
            case LegEvent.Playout playout -> speaker.on(playout.event(), nowNanos);
            case LegEvent.DialFailed failed -> finish(nowNanos);
            case LegEvent.Ended ended -> finish(nowNanos);
            case LegEvent.Ringing ringing -> {}
            case LegEvent.EarlyMedia early -> {}
            case LegEvent.Answered answer -> {}
            case LegEvent.DtmfReceived dtmf -> {}
            case LegEvent.ToneHeard tone -> {}
            case LegEvent.Tapped tapped -> {}
            case LegEvent.CallChange change -> {}
        }
    }

    private void onSignal(AgentSignal signal, long nowNanos) {
        switch (signal) {
            case ListeningSignal heard -> listener.on(heard, nowNanos);
            case ThinkingSignal thought -> replies.thinker().on(thought, nowNanos);
            case SpeechSignal spoken -> speaker.on(spoken, nowNanos);
            case TurnSignal opinion -> edges.on(opinion, nowNanos);
            case ToolSignal answer -> replies.tools().on(answer, nowNanos);
            default -> throw new IllegalArgumentException("a signal of another agent: " + signal.getClass());
        }
    }

    private void onTimer(String timer, long nowNanos) {
        outbox.fired(timer);
        switch (timer) {
            case Listener.EAR_TIMER, Listener.WORDS_TIMER, Listener.RETRY_TIMER -> listener.onTimer(timer, nowNanos);
            case Speaker.MAKING_TIMER, Speaker.PLAYOUT_TIMER -> speaker.onTimer(timer, nowNanos);
            case Thinker.TOKEN_TIMER, Thinker.FILLER_TIMER -> replies.thinker().onTimer(timer, nowNanos);
            case ToolDesk.DEADLINE_TIMER, ToolDesk.FILLER_TIMER ->
                replies.tools().onTimer(timer, nowNanos);
            case Opening.TIMER, Opening.PATIENCE -> opening.onTimer(timer);
            case SilenceWatch.TIMER -> silence.onTimer(nowNanos);
            case TurnTaking.TIMER -> {} // what is due shows when things settle
            default -> closing.onTimer(timer, nowNanos);
        }
    }

    private void stop(ConversationEvent.Stop stop) {
        if (connected) {
            outbox.add(new ConversationCommand.FlushPlayout());
        }
        closing.hangUpNow(stop.endedBy(), stop.reason());
        stopProviders();
    }

    private void finish(long nowNanos) {
        fallSilent();
        outbox.disarmAll();
        edges.hungUp(nowNanos);
        parting.begin(nowNanos);
        closeUnlessWordsAreAwaited();
    }

    private void closeUnlessWordsAreAwaited() {
        if (!parting.awaited()) {
            close();
        }
    }

    private void fallSilent() {
        replies.thinker().cancel();
        replies.tools().cancel();
        speaker.close();
        edges.close();
    }

    private void stopProviders() {
        fallSilent();
        listener.close();
    }

    private void fault(ProviderException failure) {
        outbox.tell(new ConversationNotice.ProviderFault(failure.provider(), String.valueOf(failure.getMessage())));
    }

    /** What the speaker reports. */
    private final class Spoken implements Speaker.Progress {

        @Override
        public void firstSound(Speech speech, long atNanos) {
            if (speech.kind() == Speech.Kind.REPLY) {
                latency.mark(speech.turn(), Milestone.TTS_FIRST_BYTE, atNanos);
            }
        }

        @Override
        public void started(Speech speech, long atNanos) {
            if (speech.kind() == Speech.Kind.REPLY) {
                answered = true;
                latency.answered(speech.turn(), atNanos)
                        .ifPresent(measured -> outbox.tell(new ConversationNotice.TurnMeasured(measured)));
            }
        }

        @Override
        public void made(Speech speech, long nowNanos) {
            closing.made(speech, nowNanos);
        }

        @Override
        public void ended(Speech speech, long nowNanos) {
            if (speech.started()) {
                outbox.tell(
                        new ConversationNotice.AgentSpeech(speech.heard(), speech.generated(), speech.interrupted()));
            }
        }

        @Override
        public void fault(Speech speech, ProviderException failure, boolean lost, long nowNanos) {
            CascadedConversation.this.fault(failure);
            if (!lost || closing.active()) {
                return;
            }
            if (opening.pending()) {
                opening.lost(speech);
            } else if (speech.kind() == Speech.Kind.NOTICE) {
                // Not even an apology can be said: a mute agent must not keep a person on the line.
                closing.hangUpNow(EndedBy.SYSTEM, EndReason.PROVIDER_FAILURE);
            } else {
                replies.cancel(nowNanos);
                speaker.cut(nowNanos);
                replies.notice(parts.phrases().apology(), nowNanos);
            }
        }
    }
}
