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
 * <p><b>Thread:</b> the lock guards the row. Neither the sink nor the HTTP client is called while it is held, because both call
 * back.
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
    private boolean advancing;
    private boolean again;

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
        Optional<ClauseSound> head;
        synchronized (this) {
            wanted = more;
            head = Optional.ofNullable(row.peekFirst());
            if (!more) {
                watchdog.rest();
            } else if (head.isPresent()) {
                watchdog.expectWithin(deadlines.nextSound());
            }
        }
        head.ifPresent(sound -> sound.demand(more));
    }

    @Override
    public void cancel() {
        if (delivery.shut()) {
            free();
        }
    }

    /**
     * Moves the row on after its head has ended, or text has come. Asking for sound may bring the sound, and its end, on this
     * very thread: a call that comes while another is at work only makes that one go round once more.
     */
    void advance() {
        synchronized (this) {
            again = true;
            if (advancing) {
                return;
            }
            advancing = true;
        }
        while (startRound()) {
            round();
        }
    }

    private synchronized boolean startRound() {
        advancing = again && delivery.isOpen();
        again = false;
        return advancing;
    }

    private void round() {
        Optional<ProviderException> failure;
        Optional<ClauseSound> head;
        boolean complete;
        List<ClauseSound> fresh;
        synchronized (this) {
            failure = retireHeads();
            fresh = failure.isEmpty() ? fill() : List.of();
            head = Optional.ofNullable(row.peekFirst()).filter(sound -> wanted);
            complete = ended && row.isEmpty() && waiting.isEmpty();
        }
        if (failure.isPresent()) {
            fail(failure.get());
        } else if (complete) {
            watchdog.stop();
            delivery.last(sink::done);
        } else {
            fresh.forEach(sound -> sound.start(sender));
            head.ifPresent(this::demandNow);
        }
    }

    // The caller may have changed its mind between the look at the row and this.
    private void demandNow(ClauseSound head) {
        head.demand(true);
        boolean still;
        synchronized (this) {
            still = wanted;
        }
        if (!still) {
            head.demand(false);
        }
    }

    private Optional<ProviderException> retireHeads() {
        @Nullable ClauseSound head = row.peekFirst();
        while (head != null && head.isOver()) {
            if (head.failure().isPresent()) {
                return head.failure();
            }
            row.removeFirst();
            head = row.peekFirst();
            expectHead();
        }
        return Optional.empty();
    }

    private List<ClauseSound> fill() {
        List<ClauseSound> fresh = new ArrayList<>();
        while (row.size() < UNDER_WAY && !waiting.isEmpty()) {
            ClauseSound next = new ClauseSound(provider, this, requests.apply(waiting.removeFirst()));
            row.addLast(next);
            fresh.add(next);
            if (row.size() == 1) {
                expectHead();
            }
        }
        return fresh;
    }

    private void expectHead() {
        if (wanted && !row.isEmpty()) {
            watchdog.expectWithin(deadlines.firstSound());
        } else {
            watchdog.rest();
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
