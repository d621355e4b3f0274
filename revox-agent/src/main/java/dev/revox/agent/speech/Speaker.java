package dev.revox.agent.speech;

import dev.revox.agent.fallback.Breaker;
import dev.revox.agent.fallback.Deadlines;
import dev.revox.agent.speech.Clause.Stage;
import dev.revox.agent.speech.text.SpeechWriter;
import dev.revox.agent.speech.text.SpokenForm;
import dev.revox.agent.step.Outbox;
import dev.revox.agent.stream.ProviderException;
import dev.revox.conversation.AgentSignal;
import dev.revox.conversation.ConversationCommand;
import dev.revox.media.PlayoutEvent;
import dev.revox.media.Segment;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The agent's voice: brings clauses to sound and to the mouth, in order, and keeps the heard-ledger.
 *
 * <p>A clause goes to the mouth when the one before it is completely made, not earlier, so that what a second provider has to
 * say of a broken clause still finds its place; the clauses behind it are made meanwhile.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class Speaker {

    /** Its timer for sound that does not come. */
    public static final String MAKING_TIMER = "tts";

    /** Its timer for a mouth that says nothing. */
    public static final String PLAYOUT_TIMER = "playout";

    /** Clauses that are in the making or made and not yet played. */
    private static final int AHEAD = 3;

    private static final long SILENT_MOUTH_NANOS = Duration.ofSeconds(10).toNanos();

    /** Who follows what becomes of speech. <b>Thread:</b> called on the call thread. */
    public interface Progress {

        /** The first sound of a speech came from its provider. */
        void firstSound(Speech speech, long atNanos);

        /** The first packet of a speech left. */
        void started(Speech speech, long atNanos);

        /** All sound of a speech is there. */
        void made(Speech speech, long nowNanos);

        /** Everything of it was played or thrown away. */
        void ended(Speech speech, long nowNanos);

        /** A provider failed for a part of it; {@code lost} when no other one could take over. */
        void fault(Speech speech, ProviderException failure, boolean lost, long nowNanos);
    }

    private final List<VoiceChoice> voices;
    private final Breaker breaker;
    private final Deadlines deadlines;
    private final Outbox outbox;
    private final Consumer<AgentSignal> mailbox;
    private final TimeSource time;
    private final Progress progress;

    private final HeardLedger ledger = new HeardLedger();
    private final SpeechWriter writer = new SpeechWriter();
    private final List<Speech> speeches = new ArrayList<>();
    private final Map<Long, Clause> bySegment = new HashMap<>();
    private long lastSegmentId;

    public Speaker(
            List<VoiceChoice> voices,
            Breaker breaker,
            Deadlines deadlines,
            Outbox outbox,
            Consumer<AgentSignal> mailbox,
            TimeSource time,
            Progress progress) {
        this.voices = List.copyOf(voices);
        this.breaker = breaker;
        this.deadlines = deadlines;
        this.outbox = outbox;
        this.mailbox = mailbox;
        this.time = time;
        this.progress = progress;
    }

    /** A speaker whose segments are numbered behind those of somebody else. */
    public Speaker behind(long segmentId) {
        lastSegmentId = Math.max(lastSegmentId, segmentId);
        return this;
    }

    /** Begins a speech behind those under way; a held one is prepared but not played before {@link #release}. */
    public Speech begin(Speech.Kind kind, int turn, boolean held) {
        Speech speech = new Speech(kind, turn, held, ledger);
        speeches.add(speech);
        return speech;
    }

    /** Adds a clause that is clean for speech, of this one call. */
    public void say(Speech speech, String clause, long nowNanos) {
        say(speech, clause, false, nowNanos);
    }

    /** Adds a clause that is clean for speech, and the same in other calls. */
    public void sayFixed(Speech speech, String clause, long nowNanos) {
        say(speech, clause, true, nowNanos);
    }

    private void say(Speech speech, String clause, boolean fixed, long nowNanos) {
        speech.addText(clause);
        var order = breaker.order(voices, VoiceChoice::provider, nowNanos);
        addClause(speech, speech.clauses.size(), clause, fixed, order);
        pump(nowNanos);
    }

    /** Says a fixed text: cut into clauses, and complete. */
    public void sayAll(Speech speech, String text, long nowNanos) {
        ClauseSplitter.split(text).forEach(clause -> sayFixed(speech, clause, nowNanos));
        complete(speech, nowNanos);
    }

    /** No more clauses will come for it. */
    public void complete(Speech speech, long nowNanos) {
        if (!speech.complete) {
            speech.complete = true;
            if (speech.made()) {
                progress.made(speech, nowNanos);
            }
            pump(nowNanos);
        }
    }

    /** Lets a held speech be played, behind those under way. */
    public void release(Speech speech, long nowNanos) {
        if (speech.held) {
            speech.held = false;
            speeches.remove(speech);
            speeches.add(speech);
            pump(nowNanos);
        }
    }

    /** Throws a held speech away; nobody has heard of it. */
    public void drop(Speech speech, long nowNanos) {
        if (speech.held) {
            cut(speech);
            pump(nowNanos);
        }
    }

    /** From now on nothing interrupts what is under way. */
    public void protectAll() {
        speeches.forEach(speech -> speech.protectedToEnd |= !speech.held);
    }

    /** Throws away all speech but what is held, and stops its making. */
    public void cut(long nowNanos) {
        outbox.add(new ConversationCommand.FlushPlayout());
        for (Speech speech : List.copyOf(speeches)) {
            if (!speech.held) {
                cut(speech);
            }
        }
        pump(nowNanos);
    }

    /** Stops everything at once, without a word to the mouth: the call is over. */
    public void close() {
        speeches.forEach(Speaker::cut);
    }

    /** True while something is to be said, but not only held. */
    public boolean busy() {
        return speeches.stream().anyMatch(speech -> !speech.held && !speech.cut);
    }

    /** True while something is played, or thrown away and not yet accounted for. */
    public boolean unsettled() {
        return speeches.stream().anyMatch(speech -> !speech.held);
    }

    public boolean speakingProtected() {
        return speeches.stream().anyMatch(speech -> speech.protectedToEnd && !speech.held && !speech.cut);
    }

    public boolean speaking(Speech.Kind kind) {
        return speeches.stream().anyMatch(speech -> speech.kind() == kind && !speech.held && !speech.cut);
    }

    /** How long a text will take to say. */
    public Duration estimate(String text) {
        return Duration.ofNanos(ledger.estimateMicros(text) * 1000);
    }

    public void on(SpeechSignal signal, long nowNanos) {
        Clause clause = bySegment.get(signal.segmentId());
        if (clause == null || clause.speech.cut) {
            return;
        }
        switch (signal) {
            case SpeechSignal.FirstSound sound -> {
                // Kept sound says nothing of the provider.
                if (!clause.fixed) {
                    breaker.worked(clause.voices.getFirst().provider());
                }
                progress.firstSound(clause.speech, sound.atNanos());
            }
            case SpeechSignal.Words words -> ledger.timings(clause.segmentId, words.timings());
            case SpeechSignal.Made made -> {
                clause.stage = Stage.MADE;
                ledger.total(
                        clause.segmentId, Objects.requireNonNull(clause.sink).madeMicros());
                if (clause.speech.made()) {
                    progress.made(clause.speech, nowNanos);
                }
            }
            case SpeechSignal.Failed failed -> failed(clause, failed.failure(), nowNanos);
        }
        pump(nowNanos);
    }

    public void on(PlayoutEvent event, long nowNanos) {
        Clause clause = bySegment.get(event.segmentId());
        if (clause == null) {
            return;
        }
        switch (event) {
            case PlayoutEvent.Started started -> {
                if (!clause.speech.started) {
                    clause.speech.started = true;
                    progress.started(clause.speech, started.atNanos());
                }
            }
            case PlayoutEvent.Progress played -> ledger.played(clause.segmentId, played.playedMicros());
            case PlayoutEvent.Finished finished -> {
                ledger.played(clause.segmentId, finished.playedMicros());
                // What was cut runs dry, and may do so before the mouth is told to throw it away: that is not its end.
                if (!clause.speech.cut) {
                    ledger.finished(clause.segmentId);
                }
                clause.ended = true;
            }
            case PlayoutEvent.Flushed flushed -> {
                ledger.played(clause.segmentId, flushed.playedMicros());
                clause.ended = true;
            }
        }
        outbox.disarm(PLAYOUT_TIMER);
        pump(nowNanos);
    }

    public void onTimer(String timer, long nowNanos) {
        if (timer.equals(PLAYOUT_TIMER)) {
            bySegment.values().stream().filter(clause -> clause.said).forEach(clause -> clause.ended = true);
        } else if (timer.equals(MAKING_TIMER)) {
            for (Clause clause : List.copyOf(bySegment.values())) {
                if (clause.stage == Stage.MAKING && dueNanos(clause) <= nowNanos) {
                    String provider = clause.voices.getFirst().provider().name();
                    failed(
                            clause,
                            new ProviderException(
                                    provider, ProviderException.Kind.STALL, "no sound within its deadline"),
                            nowNanos);
                }
            }
        }
        pump(nowNanos);
    }

    private void addClause(Speech speech, int index, String text, boolean fixed, List<VoiceChoice> order) {
        SpokenForm form = writer.write(text);
        Clause clause = new Clause(speech, ++lastSegmentId, form, fixed, order);
        speech.clauses.add(index, clause);
        bySegment.put(clause.segmentId, clause);
        ledger.open(clause.segmentId, form);
    }

    private void failed(Clause clause, ProviderException failure, long nowNanos) {
        clause.stop();
        breaker.failed(clause.voices.getFirst().provider(), nowNanos);
        long made = clause.sink == null ? 0 : clause.sink.madeMicros();
        String rest = ledger.truncate(clause.segmentId, made);
        List<VoiceChoice> others = clause.voices.subList(1, clause.voices.size());
        if (!clause.said) {
            clause.ended = made == 0;
        }
        boolean lost = !rest.isEmpty() && others.isEmpty();
        if (!rest.isEmpty() && !lost) {
            addClause(
                    clause.speech, clause.speech.clauses.indexOf(clause) + 1, rest, clause.fixed && made == 0, others);
        }
        progress.fault(clause.speech, failure, lost, nowNanos);
    }

    private static void cut(Speech speech) {
        speech.cut = true;
        speech.held = false;
        speech.complete = true;
        for (Clause clause : speech.clauses) {
            if (clause.stage == Stage.MAKING) {
                clause.stop();
            }
            clause.ended |= !clause.said;
        }
    }

    private void pump(long nowNanos) {
        makeNext(nowNanos);
        sayNext();
        settle(nowNanos);
        long makingDue = bySegment.values().stream()
                .filter(clause -> clause.stage == Stage.MAKING)
                .mapToLong(this::dueNanos)
                .min()
                .orElse(Long.MAX_VALUE);
        if (makingDue == Long.MAX_VALUE) {
            outbox.disarm(MAKING_TIMER);
        } else {
            outbox.arm(MAKING_TIMER, Math.max(makingDue, nowNanos + 1));
        }
        boolean inMouth = bySegment.values().stream().anyMatch(clause -> clause.said && !clause.ended);
        if (!inMouth) {
            outbox.disarm(PLAYOUT_TIMER);
        } else if (!outbox.isArmed(PLAYOUT_TIMER)) {
            outbox.arm(PLAYOUT_TIMER, nowNanos + SILENT_MOUTH_NANOS);
        }
    }

    private void makeNext(long nowNanos) {
        for (Speech speech : List.copyOf(speeches)) {
            for (Clause clause : List.copyOf(speech.clauses)) {
                long ahead = bySegment.values().stream()
                        .filter(other -> other.stage != Stage.WAITING && !other.ended)
                        .count();
                if (clause.stage == Stage.WAITING && !speech.cut && ahead < AHEAD) {
                    ClauseMaking.open(clause, mailbox, time, nowNanos);
                }
            }
        }
    }

    private void sayNext() {
        for (Speech speech : speeches) {
            if (speech.held || speech.cut) {
                continue;
            }
            for (Clause clause : speech.clauses) {
                if (!clause.said && !clause.ended && clause.queue != null && clause.format != null) {
                    clause.said = true;
                    outbox.add(new ConversationCommand.Say(Segment.of(clause.segmentId), clause.format, clause.queue));
                }
                if (clause.stage != Stage.MADE) {
                    return;
                }
            }
            if (!speech.complete) {
                return;
            }
        }
    }

    private void settle(long nowNanos) {
        for (Speech speech : List.copyOf(speeches)) {
            if (!speech.held && speech.over()) {
                speeches.remove(speech);
                for (Clause clause : speech.clauses) {
                    clause.stop();
                    bySegment.remove(clause.segmentId);
                }
                progress.ended(speech, nowNanos);
            }
        }
    }

    private long dueNanos(Clause clause) {
        ClauseSink sink = Objects.requireNonNull(clause.sink);
        long lastSound = sink.lastSoundNanos();
        if (lastSound < 0) {
            return clause.openedNanos + deadlines.ttsFirstByte().toNanos();
        }
        // A provider that is far ahead of the mouth may take a rest; it only stalls when the mouth is about to run dry.
        return lastSound + Math.max(deadlines.ttsStall().toNanos(), sink.unplayedMicros() * 1000);
    }
}
