package dev.revox.conversation;

import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.media.AmbientSound;
import dev.revox.media.FrameSource;
import dev.revox.media.MediaFormat;
import dev.revox.media.Segment;

/**
 * What a conversation asks of its call.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface ConversationCommand {

    /** Queue a segment behind those already queued. */
    record Say(Segment segment, MediaFormat format, FrameSource frames) implements ConversationCommand {}

    record PausePlayout() implements ConversationCommand {}

    record ResumePlayout() implements ConversationCommand {}

    record FlushPlayout() implements ConversationCommand {}

    /** Play a clip until speech begins. */
    record PlayThinkingSound(AmbientSound sound) implements ConversationCommand {}

    /** Nothing will be said for now: the sound of thinking fades out. */
    record EndThinkingSound() implements ConversationCommand {}

    record SendDtmf(String digits) implements ConversationCommand {
        @Override
        public String toString() {
            return "SendDtmf[" + digits.length() + " keys]";
        }
    }

    /** Arms, or re-arms, the timer of that name. */
    record SetTimer(String timer, long dueNanos) implements ConversationCommand {}

    record CancelTimer(String timer) implements ConversationCommand {}

    /** Hang up now. The conversation has already waited for what had to be heard. */
    record HangUp(EndedBy endedBy, EndReason reason) implements ConversationCommand {}

    /** Tell the host's listeners. */
    record Tell(ConversationNotice notice) implements ConversationCommand {}
}
