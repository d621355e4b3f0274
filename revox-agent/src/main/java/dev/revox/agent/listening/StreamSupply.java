package dev.revox.agent.listening;

import dev.revox.agent.fallback.Breaker;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.conversation.AgentSignal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the listener's streams come from: the first provider that is fit, made ready while it rings, and another one, or the same
 * one later, when it fails.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class StreamSupply {

    /** Failures in a row after which a recogniser that will never let us in is given up. */
    private static final int MOST_FAILURES = 3;

    /** Recognisers that fail for longer than this, one after the other, are given up: no more sound than this is kept. */
    private static final long LONGEST_DEAF_NANOS = Duration.ofSeconds(10).toNanos();

    /** A stream that lasts for so long was no failure, even if nobody said anything meanwhile. */
    private static final long PROVEN_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long SHORTEST_RETRY_NANOS = Duration.ofMillis(250).toNanos();
    private static final long LONGEST_RETRY_NANOS = Duration.ofSeconds(2).toNanos();

    private final List<SpeechToText> providers;
    private final Breaker breaker;
    private final Consumer<AgentSignal> mailbox;

    private @Nullable SpeechToText provider;
    private SpeechToText.@Nullable Preparation preparation;
    private int number;
    private int failures;
    private long failingSinceNanos;
    private long openedNanos;

    StreamSupply(List<SpeechToText> providers, Breaker breaker, Consumer<AgentSignal> mailbox) {
        this.providers = List.copyOf(providers);
        this.breaker = breaker;
        this.mailbox = mailbox;
    }

    void prepare(long nowNanos) {
        SpeechToText next = breaker.order(providers, nowNanos).getFirst();
        try {
            preparation = next.prepare();
            provider = next;
        } catch (RuntimeException defect) {
            // It only saves time. What is wrong with the provider shows when it is used.
            preparation = null;
        }
    }

    /** Opens a stream; news of those before it is no longer {@link #current}. Null when the provider refuses: that is told as news. */
    SpeechToText.@Nullable Stream open(int sampleRateHz, long nowNanos) {
        openedNanos = nowNanos;
        number++;
        SpeechToText next = breaker.order(providers, nowNanos).getFirst();
        SpeechToText.Preparation ready = next.equals(provider) ? preparation : null;
        if (ready == null) {
            giveUpPreparation();
        }
        preparation = null;
        provider = next;
        HeardRelay relay = new HeardRelay(number, mailbox);
        try {
            return ready == null ? next.open(sampleRateHz, relay) : ready.open(sampleRateHz, relay);
        } catch (RuntimeException defect) {
            // A provider must not end the call, whatever it throws.
            mailbox.accept(new ListeningSignal.Failed(
                    number,
                    defect instanceof ProviderException failure
                            ? failure
                            : new ProviderException(
                                    next.name(), ProviderException.Kind.PROTOCOL, "threw on its own", defect)));
            return null;
        }
    }

    boolean current(ListeningSignal signal) {
        return signal.stream() == number;
    }

    void worked() {
        failures = 0;
        if (provider != null) {
            breaker.worked(provider);
        }
    }

    /** The stream has failed. Answers how long to wait before another is opened; empty when there is no hope. */
    OptionalLong failed(ProviderException failure, long nowNanos) {
        if (nowNanos - openedNanos >= PROVEN_NANOS) {
            failures = 0;
        }
        if (failures++ == 0) {
            failingSinceNanos = nowNanos;
        }
        if (provider != null) {
            breaker.failed(provider, nowNanos);
        }
        number++;
        boolean hopeless = !failure.retryable() || nowNanos - failingSinceNanos >= LONGEST_DEAF_NANOS;
        if (failures >= MOST_FAILURES && hopeless) {
            return OptionalLong.empty();
        }
        if (failures == 1) {
            return OptionalLong.of(0);
        }
        long waitNanos = SHORTEST_RETRY_NANOS << Math.min(failures - 2, 3);
        return OptionalLong.of(Math.min(waitNanos, LONGEST_RETRY_NANOS));
    }

    void close() {
        number++;
        giveUpPreparation();
    }

    private void giveUpPreparation() {
        if (preparation != null) {
            preparation.cancel();
            preparation = null;
        }
    }
}
