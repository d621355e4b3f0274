package dev.revox.agent.realtime.talk;

import dev.revox.agent.closing.SilenceWatch;
import dev.revox.agent.latency.LatencyBook;
import dev.revox.agent.prompt.PhonePrompt;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.realtime.answer.Answers;
import dev.revox.agent.realtime.session.RealtimeParts;
import dev.revox.agent.realtime.session.RealtimeSignal;
import dev.revox.agent.realtime.session.SessionLink;
import dev.revox.agent.realtime.turns.CallerTurns;
import dev.revox.agent.realtime.voice.AgentVoice;
import dev.revox.agent.realtime.voice.Item;
import dev.revox.agent.realtime.voice.Purpose;
import dev.revox.agent.realtime.voice.Talk;
import dev.revox.agent.speech.Speaker;
import dev.revox.agent.speech.SpeechSignal;
import dev.revox.agent.step.Outbox;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.thinking.ThinkingNoise;
import dev.revox.agent.tool.ToolContext;
import dev.revox.agent.tool.ToolDesk;
import dev.revox.agent.tool.ToolSignal;
import dev.revox.agent.turn.Floor;
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
import dev.revox.media.MediaFormat;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A conversation through a model that listens and speaks itself.
 *
 * <p>The model recognises, thinks and speaks; whose turn it is, what was heard, how the call ends and what happens when the
 * provider fails stays here. This class only passes events to its parts and lets them settle: the link (session), the turns (when
 * the person has finished, what interrupts), the answers (what the model is asked to say, and its tools), the voice (sound to mouth,
 * and what was heard), the other voice (what the model cannot say), the sessions, the first words and the ending.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class RealtimeConversation implements Conversation {

    private static final String EAR_TIMER = "ear";
    private static final long PUMP_NANOS = Duration.ofMillis(40).toNanos();

    private final RealtimeParts parts;
    private final PhonePrompt prompt;
    private final Sessions sessions;
    private final Outbox outbox = new Outbox();
    private final Talk talk = new Talk();
    private final LatencyBook latency = new LatencyBook();
    private final SessionLink link;
    private final AgentVoice voice;
    private final OtherVoice otherVoice;
    private final Answers answers;
    private final PartingWords parting;
    private final Hearing hearing;
    private final CallerTurns turns;
    private final FirstWords opening;
    private final Ending ending;
    private final SilenceWatch silence;
    private final ThinkingNoise noise;

    private OptionalLong earlySpeech = OptionalLong.empty();
    private boolean answered;
    private boolean over;

    public RealtimeConversation(ConversationSetup setup, RealtimeParts parts, Consumer<AgentSignal> mailbox) {
        this.parts = parts;
        var speaking = setup.assistant().speaking();
        prompt = PhonePrompt.of(setup, parts.phoneRules());
        link = new SessionLink(parts, outbox, mailbox, setup.time());
        voice = new AgentVoice(outbox, new Heard());
        parting = new PartingWords(link, talk, outbox);
        otherVoice = new OtherVoice(setup, parts, outbox, mailbox, talk, new Muteness());
        answers = new Answers(
                link,
                voice,
                talk,
                outbox,
                parts,
                new Outcomes(),
                customer -> new ToolDesk(
                        parts.tools(), ToolContext.of(setup), outbox, mailbox, talk::tool, setup.time(), customer));
        opening = new FirstWords(
                speaking, setup.firstSentenceDelay(), parts.turns().longestGreeting(), prompt, answers, outbox);
        ending = new Ending(answers, voice, outbox, speaking, otherVoice);
        silence = new SilenceWatch(
                parts.turns().userSilence(),
                this::askStillThere,
                nowNanos -> ending.endByAgent(EndReason.USER_SILENCE, nowNanos),
                outbox);
        noise = new ThinkingNoise(
                setup.assistant().ambience(), setup.attemptId().hashCode(), outbox);
        hearing = new Hearing(
                link,
                voice,
                otherVoice,
                answers,
                talk,
                latency,
                noise,
                outbox,
                parts.turns(),
                this::floor,
                opening::pending);
        turns = hearing.turns();
        sessions = new Sessions(parts, prompt, link, answers, hearing, ending, talk);
    }

    @Override
    public List<ConversationCommand> on(ConversationEvent event, long nowNanos) {
        if (over) {
            return List.of();
        }
        if (parting.awaited()) {
            parting.on(event);
            closeUnlessWordsAreAwaited();
            return outbox.drain();
        }
        switch (event) {
            case ConversationEvent.Dialling dialling -> {
                sessions.open(nowNanos);
                opening.prepare(nowNanos);
            }
            case ConversationEvent.Connected up -> connected(up, nowNanos);
            case ConversationEvent.FromLeg leg -> onLeg(leg.event(), nowNanos);
            case ConversationEvent.FromAgent agent -> onSignal(agent.signal(), nowNanos);
            case ConversationEvent.TimerFired timer -> onTimer(timer.timer(), nowNanos);
            case ConversationEvent.Stop stop -> {
                if (hearing.isConnected()) {
                    outbox.add(new ConversationCommand.FlushPlayout());
                }
                ending.hangUpNow(stop.endedBy(), stop.reason());
                stopProviders();
            }
        }
        if (!over && !parting.awaited()) {
            settle(nowNanos);
        }
        return outbox.drain();
    }

    @Override
    public boolean awaitsLastWords() {
        return parting.awaited();
    }

    @Override
    public ConversationResult result() {
        return new ConversationResult(
                answered ? AnsweredBy.HUMAN : AnsweredBy.UNKNOWN, talk.transcript(), latency.measured());
    }

    @Override
    public void close() {
        over = true;
        stopProviders();
        outbox.disarmAll();
    }

    private void connected(ConversationEvent.Connected up, long nowNanos) {
        link.connected(hearing.connected(up.ear()), line(up.answered()));
        if (link.session().isEmpty() && !sessions.doomed()) {
            sessions.open(nowNanos);
        }
        hearing.pump();
        outbox.arm(EAR_TIMER, nowNanos + PUMP_NANOS);
        earlySpeech.ifPresent(startNanos -> turns.speechStarted(startNanos, nowNanos));
        ending.connected(up.answered().atNanos(), nowNanos);
        if (sessions.doomed()) {
            ending.giveUp(parts.phrases().farewell(), nowNanos);
        } else {
            opening.connected(up.answered().atNanos(), nowNanos);
        }
    }

    private static MediaFormat line(LegEvent.Answered answer) {
        return switch (answer.codec()) {
            case "PCMU" -> new MediaFormat(MediaFormat.Encoding.PCMU, 8000);
            case "PCMA" -> new MediaFormat(MediaFormat.Encoding.PCMA, 8000);
            default -> MediaFormat.pcm(Math.clamp(answer.lineRateHz(), 8000, 48_000));
        };
    }

    private void onLeg(LegEvent event, long nowNanos) {
        switch (event) {
            case LegEvent.SpeechStarted started -> {
                if (!hearing.isConnected()) {
                    // Speech in early media is an announcement; only when it goes on after the answer is it a person's.
                    earlySpeech = OptionalLong.of(started.speechStartNanos());
                } else {
                    hearing.pump();
                    turns.speechStarted(started.speechStartNanos(), nowNanos);
                }
            }
            case LegEvent.SpeechEnded ended -> {
                earlySpeech = OptionalLong.empty();
                if (hearing.isConnected()) {
                    hearing.pump();
                    turns.speechEnded(ended.speechEndNanos(), ended.atNanos(), nowNanos);
                }
            }
            case LegEvent.Playout playout -> {
                voice.on(playout.event(), nowNanos);
                otherVoice.on(playout.event(), nowNanos);
            }
            case LegEvent.DialFailed failed -> close();
            case LegEvent.Ended ended -> hungUp(nowNanos);
            case LegEvent.SpeechPaused paused -> turns.speechPaused(nowNanos);
            case LegEvent.SpeechResumed resumed -> turns.speechResumed(nowNanos);
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
            case RealtimeSignal news -> {
                if (link.knows(news)) {
                    onNews(news, nowNanos);
                }
            }
            case ToolSignal answer -> answers.tools().on(answer, nowNanos);
            case SpeechSignal spoken -> otherVoice.on(spoken, nowNanos);
            default -> throw new IllegalArgumentException("a signal of another agent: " + signal.getClass());
        }
    }

    private void onNews(RealtimeSignal news, long nowNanos) {
        switch (news) {
            case RealtimeSignal.Opened opened -> link.opened();
            case RealtimeSignal.UserSaid said -> {
                talk.userWords(said.turn(), said.text(), said.complete());
                if (said.complete() && !said.text().isBlank()) {
                    outbox.tell(new ConversationNotice.UserTurn(said.text()));
                }
                silence.userSpoke();
                turns.words(said.turn(), said.text(), nowNanos);
            }
            case RealtimeSignal.Sound sound -> {
                latency.mark(answers.turn(), Milestone.PROVIDER, sound.atNanos());
                answers.sound(sound, nowNanos);
            }
            case RealtimeSignal.Text text -> answers.text(text);
            case RealtimeSignal.Tool tool -> answers.toolCall(tool);
            case RealtimeSignal.Done done -> {
                sessions.worked();
                answers.done(done, nowNanos);
            }
            case RealtimeSignal.Failed failed -> answers.failed(failed, nowNanos);
            case RealtimeSignal.Lost lost -> lost(lost.failure(), nowNanos);
        }
    }

    private void onTimer(String timer, long nowNanos) {
        outbox.fired(timer);
        hearing.pump();
        switch (timer) {
            case EAR_TIMER -> {
                if (hearing.goesOn()) {
                    outbox.arm(EAR_TIMER, nowNanos + PUMP_NANOS);
                }
            }
            case SilenceWatch.TIMER -> silence.onTimer(nowNanos);
            case SessionLink.TIMER -> lost(link.stalled("no session within its deadline"), nowNanos);
            case Answers.TIMER, Answers.FILLER_TIMER -> answers.onTimer(timer, nowNanos);
            case CallerTurns.TIMER -> turns.onTimer(nowNanos);
            case FirstWords.TIMER, FirstWords.PATIENCE -> opening.onTimer(timer);
            case AgentVoice.TIMER -> voice.onTimer();
            case ToolDesk.DEADLINE_TIMER, ToolDesk.FILLER_TIMER ->
                answers.tools().onTimer(timer, nowNanos);
            case Speaker.MAKING_TIMER, Speaker.PLAYOUT_TIMER -> otherVoice.onTimer(timer, nowNanos);
            default -> ending.onTimer(timer, nowNanos);
        }
    }

    private void askStillThere(long nowNanos) {
        answers.ask(
                Purpose.STILL_THERE,
                new RealtimeModel.Prompt.Direction(prompt.silenceDirection().text()),
                nowNanos);
    }

    private void settle(long nowNanos) {
        if (ending.active()) {
            turns.leave(nowNanos);
        } else {
            opening.settle(turns.speaking(), nowNanos);
            turns.settle(nowNanos);
        }
        ending.settle(nowNanos);
        Floor floor = floor();
        noise.settle(floor != Floor.CALLER);
        boolean silent = hearing.isConnected()
                && !ending.active()
                && !opening.pending()
                && !turns.active()
                && floor == Floor.CALLER;
        silence.settle(silent, nowNanos);
    }

    private Floor floor() {
        if (ending.active()) {
            return Floor.AGENT_UNINTERRUPTIBLE;
        }
        if (voice.saying(Purpose.OPENING)) {
            return Floor.AGENT_OPENING;
        }
        return voice.busy() || otherVoice.busy() || answers.answering() ? Floor.AGENT : Floor.CALLER;
    }

    private void lost(ProviderException failure, long nowNanos) {
        fault(failure);
        sessions.lost(failure, nowNanos);
    }

    private void hungUp(long nowNanos) {
        answers.cancel();
        otherVoice.close();
        if (hearing.isConnected()) {
            hearing.pump();
            turns.hungUp(nowNanos);
        }
        outbox.disarmAll();
        parting.begin(nowNanos);
        closeUnlessWordsAreAwaited();
    }

    private void closeUnlessWordsAreAwaited() {
        if (!parting.awaited()) {
            close();
        }
    }

    private void stopProviders() {
        answers.tools().cancel();
        link.close();
        otherVoice.close();
        hearing.close();
    }

    private void fault(ProviderException failure) {
        outbox.tell(new ConversationNotice.ProviderFault(failure.provider(), String.valueOf(failure.getMessage())));
    }

    /** What the voice reports. */
    private final class Heard implements AgentVoice.Progress {

        @Override
        public void started(Item item, long atNanos) {
            if (item.purpose() == Purpose.ANSWER) {
                answered = true;
                latency.answered(answers.turn(), atNanos)
                        .ifPresent(measured -> outbox.tell(new ConversationNotice.TurnMeasured(measured)));
            }
        }

        @Override
        public void cutShort(Item item, long playedMicros) {
            link.session().ifPresent(session -> session.truncate(item.id(), playedMicros / 1000));
        }

        @Override
        public void ended(Item item) {
            if (item.started()) {
                outbox.tell(new ConversationNotice.AgentSpeech(item.heard(), item.generated(), item.interrupted()));
            }
        }
    }

    /** What comes of asking the model. */
    private final class Outcomes implements Answers.Outcome {

        @Override
        public void endCall(long nowNanos) {
            ending.endByAgent(EndReason.TOOL_END_CALL, nowNanos);
        }

        @Override
        public void silent(ProviderException failure, long nowNanos) {
            lost(failure, nowNanos);
        }

        @Override
        public void fault(ProviderException failure) {
            RealtimeConversation.this.fault(failure);
        }

        @Override
        public boolean waiting(long nowNanos) {
            return !ending.active()
                    && otherVoice.moment(answers.turn(), parts.phrases().oneMoment(), nowNanos);
        }

        @Override
        public void nothing(Purpose purpose, long nowNanos) {
            switch (purpose) {
                case STILL_THERE, CLOSING -> {}
                case OPENING, ANSWER -> sessions.giveUp(nowNanos);
            }
        }
    }

    /** What the other voice cannot say. */
    private final class Muteness implements OtherVoice.Trouble {

        @Override
        public void fault(ProviderException failure) {
            RealtimeConversation.this.fault(failure);
        }

        @Override
        public void mute() {
            // A mute agent must not keep a person on the line.
            ending.hangUpNow(EndedBy.SYSTEM, EndReason.PROVIDER_FAILURE);
        }
    }
}
