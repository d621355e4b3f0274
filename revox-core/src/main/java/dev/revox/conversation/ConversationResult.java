package dev.revox.conversation;

import dev.revox.attempt.AnsweredBy;
import dev.revox.transcript.TranscriptItem;
import java.util.List;

/**
 * What came of a conversation.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record ConversationResult(AnsweredBy answeredBy, List<TranscriptItem> transcript, List<TurnLatency> turns) {

    public ConversationResult {
        transcript = List.copyOf(transcript);
        turns = List.copyOf(turns);
    }
}
