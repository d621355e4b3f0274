package dev.revox.agent.cascade;

import dev.revox.agent.closing.Closing;
import dev.revox.agent.closing.SilenceWatch;
import dev.revox.agent.dialogue.Dialogue;
import dev.revox.agent.latency.LatencyBook;
import dev.revox.agent.listening.Listener;
import dev.revox.agent.prompt.Phrases;
import dev.revox.agent.speech.Speaker;
import dev.revox.agent.speech.Speech;
import dev.revox.agent.step.Outbox;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.thinking.ThinkingNoise;
import dev.revox.agent.turn.Floor;
import dev.revox.agent.turn.TurnController;
import dev.revox.agent.turn.TurnDecision;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationNotice;
import java.util.Optional;
import java.util.function.Function;

/**
 * The hands of the turn controller: tells it what was recognised and who has the floor, and carries out what it decides.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class TurnTaking implements Listener.Words {

    static final String TIMER = "turn";

    /** More decisions than this in one step would be a defect; the next event goes on from there. */
    private static final int MOST_DECISIONS = 32;

    /** Utterances in a row that nobody recognised. */
    private static final int MOST_MISSES = 3;

    private final TurnController turns;
    private final Speaker speaker;
    private final Replies replies;
    private final Opening opening;
    private final Closing closing;
    private final SilenceWatch silence;
    private final ThinkingNoise noise;
    private final Dialogue dialogue;
    private final LatencyBook latency;
    private final Outbox outbox;
    private final Phrases phrases;
    private final Listener listener;
    private int turn;
    private int misses;

    TurnTaking(
            TurnController turns,
            Speaker speaker,
            Replies replies,
            Opening opening,
            Closing closing,
            SilenceWatch silence,
            ThinkingNoise noise,
            Dialogue dialogue,
            LatencyBook latency,
            Outbox outbox,
            Phrases phrases,
            Function<Listener.Words, Listener> listener) {
        this.turns = turns;
        this.speaker = speaker;
        this.replies = replies;
        this.opening = opening;
        this.closing = closing;
        this.silence = silence;
        this.noise = noise;
        this.dialogue = dialogue;
        this.latency = latency;
        this.outbox = outbox;
        this.phrases = phrases;
        this.listener = listener.apply(this);
    }

    Listener listener() {
        return listener;
    }

    @Override
    public void interim(String text, long nowNanos) {
        turns.interim(text);
    }

    @Override
    public void utterance(int utterance, String text, long nowNanos) {
        turns.utterance(utterance, text, nowNanos).ifPresent(taken -> dialogue.correct(taken, text));
    }

    @Override
    public void soFar(int pause, String text, long nowNanos) {
        turns.soFar(pause, text, nowNanos);
    }

    @Override
    public void lost(int utterance, long nowNanos) {
        turns.lost(utterance, nowNanos);
    }

    @Override
    public void fault(ProviderException failure, long nowNanos) {
        outbox.tell(new ConversationNotice.ProviderFault(failure.provider(), String.valueOf(failure.getMessage())));
    }

    @Override
    public void deaf(long nowNanos) {
        providersDown(nowNanos);
    }

    /** Lets what follows from an event happen, until nothing more does. */
    void settle(boolean connected, long nowNanos) {
        for (int decisions = 0; decisions < MOST_DECISIONS; decisions++) {
            if (closing.active()) {
                replies.cancel(nowNanos);
            } else {
                opening.settle(nowNanos);
            }
            turns.floor(floor());
            TurnDecision decision = turns.decide(nowNanos);
            if (decision instanceof TurnDecision.Wait wait) {
                if (wait.untilNanos() == TurnDecision.NEVER) {
                    outbox.disarm(TIMER);
                } else {
                    outbox.arm(TIMER, wait.untilNanos());
                }
                break;
            }
            carryOut(decision, nowNanos);
        }
        closing.settle(nowNanos);
        noise.settle(floor() != Floor.CALLER);
        boolean silent = connected
                && !closing.active()
                && !opening.pending()
                && !turns.callerActive()
                && floor() == Floor.CALLER;
        silence.settle(silent, nowNanos);
    }

    private Floor floor() {
        if (closing.active() || speaker.speakingProtected()) {
            return Floor.AGENT_UNINTERRUPTIBLE;
        }
        if (speaker.speaking(Speech.Kind.OPENING)) {
            return Floor.AGENT_OPENING;
        }
        return speaker.busy() || replies.answering() ? Floor.AGENT : Floor.CALLER;
    }

    private void carryOut(TurnDecision decision, long nowNanos) {
        switch (decision) {
            case TurnDecision.Hold hold -> outbox.add(new ConversationCommand.PausePlayout());
            case TurnDecision.Resume resume -> outbox.add(new ConversationCommand.ResumePlayout());
            case TurnDecision.Interrupt interrupt -> {
                outbox.tell(new ConversationNotice.BargeIn(nowNanos));
                replies.cancel(nowNanos);
                speaker.cut(nowNanos);
                dialogue.takeBackUnanswered().ifPresent(turns::reopen);
            }
            case TurnDecision.Speculate likely -> {
                if (!opening.pending()) {
                    replies.answerAhead(turn + 1, likely.text(), nowNanos);
                }
            }
            case TurnDecision.Abandon abandon -> replies.dropAhead(nowNanos);
            case TurnDecision.Commit commit -> {
                commit.sincePause().ifPresent(text -> turns.closedAtPause(listener.speechEnded(nowNanos), text));
                userTurn(commit.turn(), nowNanos);
            }
            case TurnDecision.Aside aside -> dialogue.userBeforeOpening(aside.text());
            case TurnDecision.AskAgain again -> {
                misses++;
                if (misses >= MOST_MISSES) {
                    providersDown(nowNanos);
                } else {
                    replies.notice(phrases.sayAgain(), nowNanos);
                }
            }
            case TurnDecision.Wait wait -> {}
        }
    }

    private void userTurn(TurnDecision.UserTurn user, long nowNanos) {
        dialogue.user(user.text());
        outbox.tell(new ConversationNotice.UserTurn(user.text()));
        silence.userSpoke();
        misses = 0;
        if (!opening.pending()) {
            turn++;
            latency.begin(turn, user, nowNanos);
            noise.begin();
            replies.answer(turn, user.text(), nowNanos);
        }
    }

    private void providersDown(long nowNanos) {
        closing.end(EndedBy.SYSTEM, EndReason.PROVIDER_FAILURE, Optional.of(phrases.farewell()), nowNanos);
    }
}
