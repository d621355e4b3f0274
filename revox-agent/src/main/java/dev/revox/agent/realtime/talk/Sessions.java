package dev.revox.agent.realtime.talk;

import dev.revox.agent.prompt.PhonePrompt;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.realtime.answer.Answers;
import dev.revox.agent.realtime.session.RealtimeParts;
import dev.revox.agent.realtime.session.SessionLink;
import dev.revox.agent.realtime.voice.Talk;
import dev.revox.agent.stream.ProviderException;

/**
 * The sessions of one call, one after the other: a session that is of no more use is replaced by a fresh one that is told what was
 * said so far, until too many were lost in a row.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class Sessions {

    /** Lost in a row, without a response in between. */
    private static final int MOST_LOSSES = 2;

    private final RealtimeParts parts;
    private final PhonePrompt prompt;
    private final SessionLink link;
    private final Answers answers;
    private final Hearing hearing;
    private final Ending ending;
    private final Talk talk;
    private int losses;
    private boolean doomed;

    Sessions(
            RealtimeParts parts,
            PhonePrompt prompt,
            SessionLink link,
            Answers answers,
            Hearing hearing,
            Ending ending,
            Talk talk) {
        this.parts = parts;
        this.prompt = prompt;
        this.link = link;
        this.answers = answers;
        this.hearing = hearing;
        this.ending = ending;
        this.talk = talk;
    }

    void open(long nowNanos) {
        String soFar = talk.retold();
        String instructions = prompt.system().text()
                + (soFar.isEmpty()
                        ? ""
                        : "\n\n# The call so far\nYou were cut off for a moment; go on from here." + soFar);
        link.open(
                new RealtimeModel.SessionRequest(
                        parts.modelId(),
                        parts.voice(),
                        instructions,
                        answers.tools().specs()),
                nowNanos);
    }

    /** A response came: the session is a good one. */
    void worked() {
        losses = 0;
    }

    /** The model was given up while it rang: whoever answers hears a farewell. */
    boolean doomed() {
        return doomed;
    }

    /** The session is of no more use: a fresh one takes over, with what was said so far. */
    void lost(ProviderException failure, long nowNanos) {
        answers.lost();
        link.close();
        if (ending.active()) {
            answers.cancel();
            return;
        }
        losses++;
        if (losses >= MOST_LOSSES || !failure.retryable()) {
            answers.cancel();
            giveUp(nowNanos);
            return;
        }
        open(nowNanos);
        hearing.replay();
        answers.again(nowNanos);
    }

    /** No model will hold this call. */
    void giveUp(long nowNanos) {
        if (hearing.isConnected()) {
            ending.giveUp(parts.phrases().farewell(), nowNanos);
        } else {
            doomed = true;
        }
    }
}
