package dev.revox.call;

import dev.revox.RevoxException;
import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.call.LastWords.Decision;
import dev.revox.call.SessionMessage.Deadline;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationEvent;
import dev.revox.conversation.ConversationResult;
import dev.revox.conversation.VoiceAgent;
import dev.revox.line.CallLeg;
import dev.revox.line.CallLine;
import dev.revox.line.DialRequest;
import dev.revox.line.LegEvent;
import dev.revox.line.MediaReport;
import dev.revox.media.Ear;
import dev.revox.media.recording.RecordingTarget;
import dev.revox.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One attempt while it lives: it opens the leg, lets the conversation hear what happens to it, carries out what the
 * conversation asks, and comes to exactly one {@link AttemptResult}.
 *
 * <p>Everything that anybody reports - the leg, the agent's providers, alarms, the host - lies in one mailbox and is handled
 * one message at a time, so there is one order of events and no lock. Nothing is waited for without a deadline: the answer, a
 * hang-up's confirmation, the conversation's farewell after a stop, and the longest call. Whoever decides first how the call
 * ends has the last word; what comes after the end is dropped.
 *
 * <p>A conversation that throws is not spoken to again: its call is hung up as {@code internal_error}, and other calls never
 * notice.
 *
 * <p><b>Thread:</b> {@link #start}, {@link #stop} and {@link #legListener} are thread-safe; the rest is confined to the mailbox.
 */
public final class CallSession {
    private static final ConversationResult NOTHING_SAID =
            new ConversationResult(AnsweredBy.UNKNOWN, List.of(), List.of());

    private final SessionSetup setup;
    private final VoiceAgent agent;
    private final TimeSource time;
    private final SessionNews news;
    private final boolean dials;
    private final Optional<BooleanSupplier> mayDial;
    private final Function<Consumer<LegEvent>, CallLeg> connect;
    private final Mailbox<SessionMessage> mailbox;
    private final Timers<String> conversationTimers;
    private final Timers<Deadline> deadlines;

    private @Nullable CallLeg leg;
    private @Nullable Ear ear;
    private @Nullable Conversation conversation;
    private boolean broken;
    private boolean hangingUp;
    private boolean ended;
    private boolean toldRinging;
    private Optional<Decision> stopAsked = Optional.empty();
    private Optional<Decision> decided = Optional.empty();
    private Optional<LegEvent> terminal = Optional.empty();
    private Optional<Instant> answeredAt = Optional.empty();
    private Optional<Path> recording = Optional.empty();
    private Optional<String> unusable = Optional.empty();

    private CallSession(
            SessionSetup setup,
            VoiceAgent agent,
            TimeSource time,
            Executor executor,
            SessionObserver observer,
            Optional<BooleanSupplier> mayDial,
            Function<Consumer<LegEvent>, CallLeg> connect) {
        this.setup = setup;
        this.agent = agent;
        this.time = time;
        this.news = new SessionNews(observer, setup.conversation());
        this.mayDial = mayDial;
        this.dials = mayDial.isPresent();
        this.connect = connect;
        this.mailbox = new Mailbox<>(executor, this::take);
        this.conversationTimers =
                new Timers<>(time, ring -> mailbox().post(new SessionMessage.ConversationTimer(ring)));
        this.deadlines = new Timers<>(time, ring -> mailbox().post(new SessionMessage.DeadlinePassed(ring)));
    }

    /**
     * A session that dials when it is started.
     *
     * @param mayDial asked right before the line is told to dial: the engine may have stood still since it wrote the attempt's row
     */
    public static CallSession outbound(
            SessionSetup setup,
            DialRequest request,
            CallLine line,
            VoiceAgent agent,
            TimeSource time,
            Executor executor,
            SessionObserver observer,
            BooleanSupplier mayDial) {
        return new CallSession(
                setup, agent, time, executor, observer, Optional.of(mayDial), listener -> line.dial(request, listener));
    }

    /** A session that answers a leg when it is started. Until then {@link #legListener} keeps what the leg reports. */
    public static CallSession inbound(
            SessionSetup setup,
            CallLeg incoming,
            VoiceAgent agent,
            TimeSource time,
            Executor executor,
            SessionObserver observer) {
        return new CallSession(setup, agent, time, executor, observer, Optional.empty(), listener -> incoming);
    }

    /** Dials, or answers. Called once. */
    public void start() {
        mailbox.post(new SessionMessage.Begin());
    }

    /** Ends the call with these words, politely if it is up. Harmless at any moment and any number of times. */
    public void stop(EndedBy endedBy, EndReason reason) {
        mailbox.post(new SessionMessage.Stop(endedBy, reason));
    }

    /** Where the leg reports. */
    public Consumer<LegEvent> legListener() {
        return event -> mailbox.post(new SessionMessage.FromLeg(event));
    }

    private Mailbox<SessionMessage> mailbox() {
        return mailbox;
    }

    private void take(SessionMessage message) {
        if (ended) {
            return;
        }
        try {
            switch (message) {
                case SessionMessage.Begin begin -> begin();
                case SessionMessage.FromLeg fromLeg -> onLeg(fromLeg.event());
                case SessionMessage.FromAgent fromAgent ->
                    converse(new ConversationEvent.FromAgent(fromAgent.signal()));
                case SessionMessage.ConversationTimer timer -> {
                    if (conversationTimers.takes(timer.ring())) {
                        converse(new ConversationEvent.TimerFired(timer.ring().key()));
                    }
                }
                case SessionMessage.DeadlinePassed passed -> {
                    if (deadlines.takes(passed.ring())) {
                        onDeadline(passed.ring().key());
                    }
                }
                case SessionMessage.Stop stop -> onStop(new Decision(stop.endedBy(), stop.reason()));
            }
            if (terminal.isPresent() && leg != null && !wordsAreOwed()) {
                finish();
            }
        } catch (Throwable defect) {
            giveUp(defect);
        }
    }

    private void begin() {
        if (stopAsked.isPresent()) {
            return;
        }
        if (terminal.isPresent()) {
            // An incoming caller hung up before we could answer.
            finish();
            return;
        }
        // An incoming leg is there already, and must be refused if the conversation cannot be opened.
        CallLeg waiting = dials ? null : connect.apply(legListener());
        leg = waiting;
        if (!open()) {
            hangUp(Decision.DEFECT);
            return;
        }
        if (mayDial.isPresent() && !mayDial.get().getAsBoolean()) {
            hangUp(new Decision(EndedBy.SYSTEM, EndReason.ENGINE_LOST));
            return;
        }
        CallLeg opened = waiting == null ? connect.apply(legListener()) : waiting;
        leg = opened;
        deadlines.arm(Deadline.ANSWER, setup.ringTimeout().plus(setup.limits().dialGrace()));
        if (dials) {
            converse(new ConversationEvent.Dialling());
        } else {
            opened.answer();
        }
    }

    /** False when the agent says that it can never hold this conversation; a passing reason is thrown on. */
    private boolean open() {
        try {
            conversation =
                    agent.open(setup.conversation(), signal -> mailbox.post(new SessionMessage.FromAgent(signal)));
            return true;
        } catch (RevoxException refusal) {
            if (refusal.retryable()) {
                throw refusal;
            }
            news.log(System.Logger.Level.WARNING, "the agent cannot hold this conversation", refusal);
            unusable = Optional.of(String.valueOf(refusal.getMessage()));
            return false;
        }
    }

    private void onLeg(LegEvent event) {
        switch (event) {
            case LegEvent.Ringing ringing -> {
                if (!toldRinging) {
                    toldRinging = true;
                    news.observe(SessionObserver::ringing);
                }
                converse(new ConversationEvent.FromLeg(event));
            }
            case LegEvent.EarlyMedia early -> {
                news.observe(SessionObserver::earlyMedia);
                converse(new ConversationEvent.FromLeg(event));
            }
            case LegEvent.Answered answered -> onAnswered(answered);
            case LegEvent.DialFailed failed -> onTerminal(event);
            case LegEvent.Ended over -> onTerminal(event);
            default -> converse(new ConversationEvent.FromLeg(event));
        }
    }

    private void onAnswered(LegEvent.Answered answered) {
        if (answeredAt.isPresent()) {
            return;
        }
        Instant at = wallTime(answered.atNanos());
        answeredAt = Optional.of(at);
        deadlines.cancel(Deadline.ANSWER);
        news.observe(to -> to.answered(at, answered.codec()));
        if (hangingUp) {
            // A 200 that crossed our CANCEL: the leg is already on its way out, and nobody should be spoken to.
            return;
        }
        deadlines.arm(
                Deadline.MAX_DURATION,
                setup.conversation()
                        .assistant()
                        .speaking()
                        .maxCallDuration()
                        .plus(setup.limits().durationGrace()));
        startRecording();
        startBackground();
        CallLeg up = leg;
        if (up != null) {
            // Only now is the line's rate known; the ear reaches back to before the answer, so the first word is heard.
            Ear listening = up.openEar();
            ear = listening;
            converse(new ConversationEvent.Connected(answered, listening));
        }
    }

    private void startRecording() {
        CallLeg up = leg;
        if (up == null || setup.recording().isEmpty()) {
            return;
        }
        try {
            up.startRecording(setup.recording().get());
            recording = setup.recording().map(RecordingTarget::file);
        } catch (RuntimeException e) {
            news.log(System.Logger.Level.WARNING, "the call goes on without a recording", e);
        }
    }

    private void startBackground() {
        CallLeg up = leg;
        if (up != null) {
            setup.conversation().assistant().ambience().background().ifPresent(up::playBackground);
        }
    }

    private void onTerminal(LegEvent event) {
        if (terminal.isPresent()) {
            return;
        }
        terminal = Optional.of(event);
        if (leg == null && stopAsked.isEmpty()) {
            return;
        }
        converse(new ConversationEvent.FromLeg(event));
        deadlines.cancelAll();
        deadlines.arm(Deadline.LAST_WORDS, setup.limits().lastWords());
    }

    /** What was said right before the end may still be at the recogniser. */
    private boolean wordsAreOwed() {
        Conversation partner = conversation;
        return partner != null && !broken && partner.awaitsLastWords();
    }

    private void onStop(Decision decision) {
        if (stopAsked.isPresent() || hangingUp) {
            return;
        }
        stopAsked = Optional.of(decision);
        if (leg == null) {
            decided = Optional.of(decision);
            // Nothing was dialled; an incoming leg that waits for our answer is refused.
            if (dials || terminal.isPresent()) {
                finish();
            } else {
                leg = connect.apply(legListener());
                hangUp(decision);
            }
            return;
        }
        deadlines.arm(Deadline.STOP, setup.limits().stopGrace());
        converse(new ConversationEvent.Stop(decision.endedBy(), decision.reason()));
        if (answeredAt.isEmpty() || conversation == null || broken) {
            hangUp(decision);
        }
    }

    private void onDeadline(Deadline deadline) {
        switch (deadline) {
            case ANSWER -> {
                news.log(System.Logger.Level.WARNING, "the line reported neither an answer nor a failure in time");
                hangUp(Decision.DEFECT);
            }
            case MAX_DURATION -> {
                news.log(System.Logger.Level.WARNING, "the conversation went on past its maximum duration");
                hangUp(new Decision(EndedBy.SYSTEM, EndReason.MAX_DURATION));
            }
            case STOP -> hangUp(stopAsked.orElse(Decision.DEFECT));
            case HANG_UP -> {
                news.log(System.Logger.Level.WARNING, "the line did not confirm the hang-up in time");
                finish();
            }
            case LAST_WORDS -> {
                news.log(System.Logger.Level.WARNING, "the conversation still waited for the last words");
                finish();
            }
        }
    }

    /** Tells the conversation and does what it answers. */
    private void converse(ConversationEvent event) {
        Conversation partner = conversation;
        if (partner == null || broken || ended) {
            return;
        }
        try {
            for (ConversationCommand command : partner.on(event, time.nanoTime())) {
                carryOut(command);
            }
        } catch (Throwable defect) {
            giveUp(defect);
        }
    }

    private void carryOut(ConversationCommand command) {
        CallLeg up = leg;
        if (up == null || ended) {
            return;
        }
        switch (command) {
            case ConversationCommand.Say say -> up.mouth().say(say.segment(), say.format(), say.frames());
            case ConversationCommand.PausePlayout pause -> up.mouth().pause();
            case ConversationCommand.ResumePlayout resume -> up.mouth().resume();
            case ConversationCommand.FlushPlayout flush -> up.mouth().flush();
            case ConversationCommand.SendDtmf dtmf -> up.sendDtmf(dtmf.digits());
            case ConversationCommand.PlayThinkingSound play -> up.playThinkingSound(play.sound());
            case ConversationCommand.EndThinkingSound end -> up.endThinkingSound();
            case ConversationCommand.SetTimer timer ->
                conversationTimers.arm(timer.timer(), Duration.ofNanos(timer.dueNanos() - time.nanoTime()));
            case ConversationCommand.CancelTimer timer -> conversationTimers.cancel(timer.timer());
            case ConversationCommand.HangUp hangUp -> hangUp(new Decision(hangUp.endedBy(), hangUp.reason()));
            case ConversationCommand.Tell tell -> news.observe(to -> to.told(tell.notice()));
        }
    }

    private void hangUp(Decision decision) {
        if (decided.isEmpty() && terminal.isEmpty()) {
            decided = Optional.of(decision);
        }
        CallLeg up = leg;
        if (up == null) {
            finish();
            return;
        }
        if (hangingUp || terminal.isPresent()) {
            return;
        }
        hangingUp = true;
        deadlines.cancelAll();
        deadlines.arm(Deadline.HANG_UP, setup.limits().hangUpGrace());
        try {
            up.hangUp();
        } catch (RuntimeException e) {
            news.log(System.Logger.Level.ERROR, "the line could not hang up", e);
        }
    }

    private void giveUp(Throwable defect) {
        news.log(System.Logger.Level.ERROR, "a defect ends this call", defect);
        broken = true;
        if (terminal.isPresent()) {
            finish();
        } else {
            hangUp(Decision.DEFECT);
        }
    }

    private void finish() {
        if (ended) {
            return;
        }
        ended = true;
        conversationTimers.cancelAll();
        deadlines.cancelAll();
        AttemptResult result = result();
        Conversation partner = conversation;
        if (partner != null) {
            news.quietly("closing the conversation", partner::close);
        }
        Ear listening = ear;
        if (listening != null) {
            news.quietly("closing the ear", listening::close);
        }
        news.observe(to -> to.ended(result));
    }

    private AttemptResult result() {
        boolean answered = answeredAt.isPresent();
        LastWords words = LastWords.of(answered, decided, terminal);
        ConversationResult said = answered ? said() : NOTHING_SAID;
        CallLeg was = leg;
        return new AttemptResult(
                words.status(),
                answeredAt,
                terminal.map(event -> wallTime(event.atNanos())).orElseGet(time::instant),
                answered ? Optional.of(said.answeredBy()) : Optional.empty(),
                words.dialError(),
                unusable,
                terminal.flatMap(event ->
                        event instanceof LegEvent.DialFailed failed ? Optional.of(failed.raw()) : Optional.empty()),
                words.endedBy(),
                words.endReason(),
                recording,
                answered ? Optional.of(said.transcript()) : Optional.empty(),
                said.turns(),
                was == null ? MediaReport.NONE : mediaOf(was));
    }

    private ConversationResult said() {
        Conversation partner = conversation;
        if (partner == null) {
            return NOTHING_SAID;
        }
        try {
            return partner.result();
        } catch (Throwable defect) {
            news.log(System.Logger.Level.ERROR, "the conversation could not say what came of it", defect);
            return NOTHING_SAID;
        }
    }

    private MediaReport mediaOf(CallLeg was) {
        try {
            return was.mediaReport();
        } catch (RuntimeException e) {
            news.log(System.Logger.Level.ERROR, "the line could not report its counters", e);
            return MediaReport.NONE;
        }
    }

    private Instant wallTime(long atNanos) {
        return time.instant().minusNanos(Math.max(0, time.nanoTime() - atNanos));
    }
}
