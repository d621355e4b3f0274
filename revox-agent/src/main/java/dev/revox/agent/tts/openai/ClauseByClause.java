package dev.revox.agent.tts.openai;

import dev.revox.agent.http.ProviderHttp;
import dev.revox.agent.stream.Delivery;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.agent.stream.Watchdog;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.sound.SpeechDeadlines;
import dev.revox.time.TimeSource;
import java.net.http.HttpRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One utterance as a row of requests. The head of the row is being heard; the one behind it has been sent, but nothing of its
 * body is read, so the provider works ahead and nothing piles up here. A failure behind the head waits for its turn: what can
 * still be spoken is spoken.
 *
 * <p><b>Thread:</b> the lock guards the row. The sink is called outside of it, because sinks call {@link #demand}.
 */
final class ClauseByClause implements TextToSpeech.Utterance {

    /** How requests leave. */
    interface Sender {
        ProviderHttp.Exchange start(HttpRequest request, ProviderHttp.Receiver receiver, boolean demand);
    }

    private static final int UNDER_WAY = 2;

    private final String provider;
    private final Function<String, HttpRequest> requests;
    private final Sender sender;
    private final TextToSpeech.Sink sink;
    private final SpeechDeadlines deadlines;
    private final Watchdog watchdog;
    private final Delivery delivery = new Delivery();

    private final Clauses clauses = new Clauses();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Deque<ClauseSound> row = new ArrayDeque<>();
    private boolean ended;
    private boolean wanted = true;

    ClauseByClause(
            String provider,
            Function<String, HttpRequest> requests,
            Sender sender,
            TextToSpeech.Sink sink,
            SpeechDeadlines deadlines,
            TimeSource time) {
        this.provider = provider;
        this.requests = requests;
        this.sender = sender;
        this.sink = sink;
        this.deadlines = deadlines;
        watchdog = new Watchdog(time, () -> fail(new ProviderException(provider, Kind.STALL, "the voice went silent")));
    }

    @Override
    public void text(String more) {
        synchronized (this) {
            waiting.addAll(clauses.add(more));
        }
        advance();
    }

    @Override
    public void end() {
        synchronized (this) {
            String rest = clauses.rest();
            if (!rest.isEmpty()) {
                waiting.add(rest);
            }
            ended = true;
        }
        advance();
    }

    @Override
    public void demand(boolean more) {
        synchronized (this) {
            wanted = more;
            if (!row.isEmpty()) {
                row.getFirst().demand(more);
                if (more) {
                    watchdog.expectWithin(deadlines.nextSound());
                } else {
                    watchdog.rest();
                }
            }
        }
    }

    @Override
    public void cancel() {
        if (delivery.shut()) {
            free();
        }
    }

    /** A request of the row has made progress: its end, or its failure. */
    void advance() {
        Optional<ProviderException> failure;
        boolean complete;
        synchronized (this) {
            if (!delivery.isOpen()) {
                return;
            }
            failure = retireHeads();
            if (failure.isEmpty()) {
                fill();
            }
            complete = ended && row.isEmpty() && waiting.isEmpty();
        }
        if (failure.isPresent()) {
            fail(failure.get());
        } else if (complete) {
            watchdog.stop();
            delivery.last(sink::done);
        }
    }

    private Optional<ProviderException> retireHeads() {
        @Nullable ClauseSound head = row.peekFirst();
        while (head != null && head.isOver()) {
            if (head.failure().isPresent()) {
                return head.failure();
            }
            row.removeFirst();
            watchdog.rest();
            head = row.peekFirst();
            if (head != null) {
                becomeHead(head);
            }
        }
        return Optional.empty();
    }

    private void fill() {
        while (row.size() < UNDER_WAY && !waiting.isEmpty()) {
            ClauseSound next = new ClauseSound(provider, this);
            row.addLast(next);
            next.start(sender, requests.apply(waiting.removeFirst()));
            if (row.size() == 1) {
                becomeHead(next);
            }
        }
    }

    private void becomeHead(ClauseSound head) {
        if (wanted) {
            head.demand(true);
            watchdog.expectWithin(deadlines.firstSound());
        }
    }

    /** Sound of the head of the row. */
    void sound(short[] pcm, int samples) {
        synchronized (this) {
            if (wanted) {
                watchdog.expectWithin(deadlines.nextSound());
            }
        }
        delivery.pass(() -> sink.audio(pcm, 0, samples));
    }

    private void fail(ProviderException failure) {
        delivery.last(() -> sink.failed(failure));
        free();
    }

    private void free() {
        watchdog.stop();
        List<ClauseSound> open;
        synchronized (this) {
            open = new ArrayList<>(row);
            row.clear();
            waiting.clear();
        }
        open.forEach(ClauseSound::cancel);
    }
}
