package dev.revox.agent.latency;

import dev.revox.agent.turn.TurnDecision.UserTurn;
import dev.revox.conversation.TurnLatency;
import dev.revox.conversation.TurnLatency.Milestone;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The milestones of the turn under way and the latencies of those that were answered.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class LatencyBook {

    private final List<TurnLatency> measured = new ArrayList<>();
    private Map<Milestone, Long> open = new EnumMap<>(Milestone.class);
    private int turn;
    private final Map<Milestone, Long> ahead = new EnumMap<>(Milestone.class);

    /** A turn was closed; its answer begins. */
    public void begin(int number, UserTurn user, long closedNanos) {
        turn = number;
        open = new EnumMap<>(Milestone.class);
        open.put(Milestone.SPEECH_END, user.speechEndNanos());
        open.put(Milestone.VAD_END, user.noticedNanos());
        open.put(Milestone.STT_FINAL, user.wordsNanos());
        open.put(Milestone.TURN_CLOSED, closedNanos);
        open.putAll(ahead);
        ahead.clear();
    }

    /** The same for a provider that does everything in one: what happens inside it cannot be told apart. */
    public void beginUnsplit(int number, long speechEndNanos, long noticedNanos, long closedNanos) {
        turn = number;
        open = new EnumMap<>(Milestone.class);
        open.put(Milestone.SPEECH_END, speechEndNanos);
        open.put(Milestone.VAD_END, noticedNanos);
        open.put(Milestone.TURN_CLOSED, closedNanos);
        ahead.clear();
    }

    /** What was begun for a turn that is not closed was thrown away. */
    public void forgetAhead() {
        ahead.clear();
    }

    /** A milestone was passed; only the first time counts, and only for the turn under way or about to be closed. */
    public void mark(int number, Milestone milestone, long atNanos) {
        if (number == turn && !open.isEmpty()) {
            open.putIfAbsent(milestone, atNanos);
        } else if (number == turn + 1) {
            ahead.putIfAbsent(milestone, atNanos);
        }
    }

    /** The first packet of the answer left: the turn is measured. */
    public Optional<TurnLatency> answered(int number, long firstPacketNanos) {
        if (number != turn || open.isEmpty()) {
            return Optional.empty();
        }
        mark(number, Milestone.FIRST_PACKET, firstPacketNanos);
        TurnLatency latency = new TurnLatency(number, open);
        open = new EnumMap<>(Milestone.class);
        measured.add(latency);
        return Optional.of(latency);
    }

    public List<TurnLatency> measured() {
        return List.copyOf(measured);
    }
}
