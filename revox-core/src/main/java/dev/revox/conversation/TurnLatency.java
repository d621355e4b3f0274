package dev.revox.conversation;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where the time between the end of the person's speech and the agent's first packet went.
 *
 * <p>A turn passes milestones. Work overlaps, so milestones may come out of order; a stage is the time between successive
 * MAXIMA of the milestones, and work that overlaps counts for the later one. Therefore the stages sum to the total, by
 * construction.
 *
 * <p><b>Thread:</b> Immutable. <b>Units:</b> milestones are engine time in nanoseconds.
 *
 * @param turn number of the user turn within the call, from 1
 */
public record TurnLatency(int turn, Map<Milestone, Long> milestones) {

    /** The points that a turn passes, in their usual order. */
    public enum Milestone {
        SPEECH_END,
        VAD_END,
        STT_FINAL,
        TURN_CLOSED,
        LLM_FIRST_TOKEN,
        /** The token came that completes the first clause. */
        LLM_CLAUSE,
        FIRST_CLAUSE,
        TTS_FIRST_BYTE,
        /** The first sound of a model that hears and speaks itself; what happened inside it cannot be told apart. */
        PROVIDER,
        FIRST_PACKET
    }

    public TurnLatency {
        EnumMap<Milestone, Long> copy = new EnumMap<>(Milestone.class);
        copy.putAll(milestones);
        milestones = Collections.unmodifiableMap(copy);
        if (!milestones.containsKey(Milestone.SPEECH_END)) {
            throw new IllegalArgumentException("a turn's latency begins with SPEECH_END");
        }
    }

    /** Time spent before each milestone after the previous one; absent milestones have no stage. */
    public Map<Milestone, Duration> stages() {
        EnumMap<Milestone, Duration> stages = new EnumMap<>(Milestone.class);
        long reached = milestones.getOrDefault(Milestone.SPEECH_END, 0L);
        for (Map.Entry<Milestone, Long> milestone : milestones.entrySet()) {
            if (milestone.getKey() == Milestone.SPEECH_END) {
                continue;
            }
            long next = Math.max(reached, milestone.getValue());
            stages.put(milestone.getKey(), Duration.ofNanos(next - reached));
            reached = next;
        }
        return stages;
    }

    /** From the end of speech to the first packet: voice-to-voice latency. Zero when no packet left. */
    public Duration total() {
        return stages().values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * What Revox itself added: the total less the wait for the turn's end and less the providers' own time.
     *
     * <p>That leaves first clause (after its tokens) and first packet (after the first byte of speech).
     */
    public Duration engineAdded() {
        Map<Milestone, Duration> stages = stages();
        return stages.getOrDefault(Milestone.FIRST_CLAUSE, Duration.ZERO)
                .plus(stages.getOrDefault(Milestone.FIRST_PACKET, Duration.ZERO));
    }
}
