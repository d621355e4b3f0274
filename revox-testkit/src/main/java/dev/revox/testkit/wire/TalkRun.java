package dev.revox.testkit.wire;

import dev.revox.conversation.ConversationNotice;
import dev.revox.conversation.TurnLatency;
import dev.revox.testkit.phone.rtp.Hearing;
import dev.revox.testkit.phone.rtp.SpokenUtterance;
import dev.revox.testkit.voice.Clip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * One call in which a caller says sentence after sentence.
 *
 * <p><b>Thread:</b> Confined to its caller, which it blocks.
 */
public final class TalkRun {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final Duration SETTLING = Duration.ofMillis(900);

    private final TalkCall call;
    private final List<Clip> sentences;
    private final Random random;

    public TalkRun(TalkCall call, List<Clip> sentences, long seed) {
        this.call = call;
        this.sentences = sentences;
        random = new Random(seed);
    }

    /** The caller waits for the end of each answer. */
    public Measured turns(int count) {
        call.pass(SETTLING);
        for (int i = 0; i < count; i++) {
            long beforeNanos = call.time().nanoTime();
            call.pass(Duration.ofMillis(random.nextInt(200)));
            say();
            boolean unused = until(() -> call.phone()
                    .hearing()
                    .spokeSince(beforeNanos, Duration.ofMillis(350).toNanos(), now()));
        }
        return measured(false);
    }

    /** The caller speaks into each answer. */
    public Measured interruptions(int count) {
        call.pass(SETTLING);
        say();
        for (int i = 0; i < count; i++) {
            Duration into = Duration.ofMillis(500 + random.nextInt(1200));
            long fromNanos = now();
            boolean speaks = until(() -> {
                Hearing hearing = call.phone().hearing();
                return hearing.speakingFor(into.toNanos(), fromNanos, now());
            });
            if (speaks) {
                say();
            }
        }
        return measured(true);
    }

    private Measured measured(boolean interruptions) {
        call.pass(SETTLING);
        WireLatency wire = WireLatency.of(call.phone());
        List<SpokenUtterance> spoken = call.phone().spoken();
        List<SpokenUtterance> counted = interruptions ? spoken.subList(1, spoken.size()) : spoken;
        List<Double> wireMs = new ArrayList<>();
        for (SpokenUtterance utterance : counted) {
            OptionalDouble ms = interruptions ? wire.silencedAfterMs(utterance) : wire.answeredAfterMs(utterance);
            ms.ifPresent(wireMs::add);
        }
        List<TurnLatency> ledger = new ArrayList<>();
        int hits = 0;
        int misses = 0;
        for (ConversationNotice notice : call.notices()) {
            switch (notice) {
                case ConversationNotice.TurnMeasured turn -> ledger.add(turn.latency());
                case ConversationNotice.AnsweredAhead ahead -> {
                    hits += ahead.used() ? 1 : 0;
                    misses += ahead.used() ? 0 : 1;
                }
                default -> {}
            }
        }
        return new Measured(wireMs, ledger, counted.size(), hits, misses, call.modelCalls());
    }

    private void say() {
        boolean said =
                call.talk().say(sentences.get(random.nextInt(sentences.size()))).join();
        if (!said) {
            throw new IllegalStateException("the call ended while the caller spoke: "
                    + call.phone().problem().orElse(""));
        }
    }

    private long now() {
        return call.time().nanoTime();
    }

    private boolean until(BooleanSupplier condition) {
        long startNanos = now();
        while (!condition.getAsBoolean()) {
            if (now() - startNanos > PATIENCE.toNanos()) {
                return false;
            }
            call.pass(LOOK_AGAIN);
        }
        return true;
    }
}
