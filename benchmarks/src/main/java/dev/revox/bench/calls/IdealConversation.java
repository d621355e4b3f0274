package dev.revox.bench.calls;

import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationEvent;
import dev.revox.conversation.ConversationResult;
import dev.revox.line.LegEvent;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import dev.revox.media.PlayoutEvent;
import dev.revox.media.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One conversation of the {@link IdealAgent}.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class IdealConversation implements Conversation {

    private static final String LISTEN = "listen";
    private static final long LISTEN_EVERY_NANOS = 40_000_000L;
    /** 60 ms at 48 kHz: more than any ear gives at once. */
    private static final int LONGEST_FRAME_SAMPLES = 2880;

    private final IdealAgent agent;
    private final short[] frame = new short[LONGEST_FRAME_SAMPLES];
    private final EarFrame about = new EarFrame();
    private @Nullable Ear ear;
    private long segment;
    private long speechEndedNanos;

    IdealConversation(IdealAgent agent) {
        this.agent = agent;
    }

    @Override
    public List<ConversationCommand> on(ConversationEvent event, long nowNanos) {
        return switch (event) {
            case ConversationEvent.Connected connected -> {
                ear = connected.ear();
                agent.connected().countDown();
                yield List.of(say(), listenAgain(nowNanos));
            }
            case ConversationEvent.TimerFired fired -> {
                listen();
                yield List.of(
                        agent.over()
                                ? new ConversationCommand.HangUp(EndedBy.AGENT, EndReason.TOOL_END_CALL)
                                : listenAgain(nowNanos));
            }
            case ConversationEvent.FromLeg leg -> onLeg(leg.event());
            case ConversationEvent.Stop stop -> List.of(new ConversationCommand.HangUp(stop.endedBy(), stop.reason()));
            case ConversationEvent.Dialling dialling -> List.of();
            case ConversationEvent.FromAgent fromAgent -> List.of();
        };
    }

    private List<ConversationCommand> onLeg(LegEvent event) {
        return switch (event) {
            case LegEvent.SpeechEnded ended -> {
                speechEndedNanos = ended.atNanos();
                yield List.of(new ConversationCommand.FlushPlayout(), say());
            }
            case LegEvent.Playout playout -> onPlayout(playout.event());
            default -> List.of();
        };
    }

    private List<ConversationCommand> onPlayout(PlayoutEvent event) {
        if (event.segmentId() != segment) {
            return List.of();
        }
        if (event instanceof PlayoutEvent.Started started && speechEndedNanos != 0) {
            agent.answered(started.atNanos() - speechEndedNanos);
            speechEndedNanos = 0;
        }
        return event instanceof PlayoutEvent.Finished ? List.of(say()) : List.of();
    }

    private ConversationCommand say() {
        segment++;
        return new ConversationCommand.Say(
                Segment.of(segment), agent.clip().format(), agent.clip().once());
    }

    private static ConversationCommand listenAgain(long nowNanos) {
        return new ConversationCommand.SetTimer(LISTEN, nowNanos + LISTEN_EVERY_NANOS);
    }

    private void listen() {
        Ear heard = ear;
        if (heard == null) {
            return;
        }
        int samples = heard.read(frame, 0, about);
        while (samples > 0) {
            agent.heard(samples);
            samples = heard.read(frame, 0, about);
        }
    }

    @Override
    public ConversationResult result() {
        return new ConversationResult(AnsweredBy.HUMAN, List.of(), List.of());
    }

    @Override
    public void close() {
        if (ear != null) {
            ear.close();
        }
    }
}
