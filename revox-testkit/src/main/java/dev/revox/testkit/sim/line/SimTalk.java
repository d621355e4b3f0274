package dev.revox.testkit.sim.line;

import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.Conversation;
import dev.revox.conversation.ConversationCommand;
import dev.revox.conversation.ConversationEvent;
import dev.revox.conversation.ConversationNotice;
import dev.revox.conversation.ConversationResult;
import dev.revox.conversation.ConversationSetup;
import dev.revox.testkit.sim.people.Pickup;
import dev.revox.transcript.TranscriptItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One conversation: turn by turn until the person is done, or the call has lasted as long as it may.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
final class SimTalk implements Conversation {
    private final SimNetwork network;
    private final ConversationSetup setup;
    private final boolean breaks;
    private final Runnable whenClosed;
    private Optional<Pickup.Answered> partner = Optional.empty();
    private int turns;

    SimTalk(SimNetwork network, ConversationSetup setup, boolean breaks, Runnable whenClosed) {
        this.network = network;
        this.setup = setup;
        this.breaks = breaks;
        this.whenClosed = whenClosed;
    }

    @Override
    public List<ConversationCommand> on(ConversationEvent event, long nowNanos) {
        return switch (event) {
            case ConversationEvent.Dialling dialling -> {
                network.call(setup.attemptId()).ifPresent(call -> call.longestTalk(longest()));
                yield List.of();
            }
            case ConversationEvent.Connected up -> connected(nowNanos);
            case ConversationEvent.TimerFired timer -> timer(timer.timer(), nowNanos);
            case ConversationEvent.Stop stop -> List.of(new ConversationCommand.HangUp(stop.endedBy(), stop.reason()));
            case ConversationEvent.FromLeg leg -> List.of();
            case ConversationEvent.FromAgent signal -> List.of();
        };
    }

    private java.time.Duration longest() {
        return setup.assistant().speaking().maxCallDuration();
    }

    private List<ConversationCommand> connected(long nowNanos) {
        if (breaks) {
            throw new IllegalStateException("planted: this conversation breaks");
        }
        partner = network.call(setup.attemptId())
                .map(SimCall::pickup)
                .filter(Pickup.Answered.class::isInstance)
                .map(Pickup.Answered.class::cast);
        List<ConversationCommand> commands = new ArrayList<>();
        commands.add(
                new ConversationCommand.SetTimer("longest", nowNanos + longest().toNanos()));
        partner.ifPresent(person -> commands.add(turn(person, nowNanos)));
        return commands;
    }

    private static ConversationCommand turn(Pickup.Answered person, long nowNanos) {
        return new ConversationCommand.SetTimer("turn", nowNanos + person.turn().toNanos());
    }

    private List<ConversationCommand> timer(String name, long nowNanos) {
        if (name.equals("longest")) {
            return List.of(new ConversationCommand.HangUp(EndedBy.SYSTEM, EndReason.MAX_DURATION));
        }
        Pickup.Answered person = partner.orElseThrow();
        turns++;
        List<ConversationCommand> commands = new ArrayList<>();
        if (person.who() == AnsweredBy.HUMAN) {
            commands.add(new ConversationCommand.Tell(new ConversationNotice.UserTurn("Yes.")));
        }
        boolean done = turns >= person.turns() || person.wantsNoCalls();
        commands.add(done ? new ConversationCommand.HangUp(EndedBy.AGENT, reason(person)) : turn(person, nowNanos));
        return commands;
    }

    private static EndReason reason(Pickup.Answered person) {
        return switch (person.who()) {
            case HUMAN, UNKNOWN -> EndReason.TOOL_END_CALL;
            case VOICEMAIL -> EndReason.VOICEMAIL;
            case IVR -> EndReason.IVR_NO_NAVIGATE;
            case IOS_SCREENING_FILTER -> EndReason.SCREENING_REJECTED;
        };
    }

    @Override
    public ConversationResult result() {
        AnsweredBy who =
                partner.filter(person -> turns > 0).map(Pickup.Answered::who).orElse(AnsweredBy.UNKNOWN);
        List<TranscriptItem> said = who == AnsweredBy.HUMAN
                ? List.of(new TranscriptItem.Assistant("Hi!", false), new TranscriptItem.User("Yes."))
                : List.of();
        return new ConversationResult(who, said, List.of());
    }

    @Override
    public void close() {
        whenClosed.run();
    }
}
