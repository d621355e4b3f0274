package dev.revox.agent.stt.deepgram;

import dev.revox.agent.json.Json;
import dev.revox.agent.json.MalformedJsonException;
import dev.revox.agent.provider.ProviderSettings;
import dev.revox.agent.socket.LostSocket;
import dev.revox.agent.socket.SocketEnd;
import dev.revox.agent.socket.SocketListener;
import dev.revox.agent.socket.WebSocket;
import dev.revox.agent.socket.WebSockets;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.secret.Secret;
import dev.revox.time.Alarm;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One socket to Deepgram: sound goes in, and the words of each utterance come out.
 *
 * <p>A {@code Finalize} is answered by a result with {@code from_finalize}, but not always: nothing is owed when all words were
 * final already. So an utterance is also complete when final results reach its end, and, on a socket that has shown signs of life
 * since, when its time is up.
 *
 * <p><b>Thread:</b> Thread-safe; its user is never called under the lock. <b>Units:</b> positions are samples since it was opened.
 */
final class DeepgramSocket implements SocketListener {

    /** Deepgram closes a socket on which nothing was said for 10 s. */
    private static final Duration BEAT = Duration.ofSeconds(4);

    /** Positions are told in rounded seconds. */
    private static final int ROUNDING_MS = 100;

    /** Whom it serves. */
    interface User {

        void interim(String text);

        void soFar(int pause, String text);

        void finished(int utterance, String text);

        /** The last call; {@code letIn} when there had been a socket to lose. */
        void failed(DeepgramSocket from, ProviderException failure, boolean letIn);
    }

    private static final class Owed {
        final int utterance;
        final long endSample;
        boolean heard;

        @Nullable
        Alarm deadline;

        Owed(int utterance, long endSample) {
            this.utterance = utterance;
            this.endSample = endSample;
        }
    }

    private final ProviderSettings provider;
    private final int sampleRateHz;
    private final Duration openWithin;
    private final Duration wordsWithin;

    private final RecognisedText text = new RecognisedText();
    private final Deque<Owed> owed = new ArrayDeque<>();
    private @Nullable WebSocket socket;
    private @Nullable User user;
    private @Nullable Alarm beat;
    private @Nullable Alarm openDeadline;
    private String lastInterim = "";
    private long sentSamples;
    private long finalizedSamples;
    private long takenUntilSample;
    private final OpenPause pause = new OpenPause();
    private boolean soundSinceBeat;
    private boolean opened;
    private boolean over;

    DeepgramSocket(ProviderSettings provider, int sampleRateHz, Duration openWithin, Duration wordsWithin) {
        this.provider = provider;
        this.sampleRateHz = sampleRateHz;
        this.openWithin = openWithin;
        this.wordsWithin = wordsWithin;
    }

    synchronized void open(WebSockets sockets, URI address) {
        socket = sockets.connect(
                address,
                Map.of("Authorization", Secret.of("Token " + provider.apiKey().reveal())),
                this);
        openDeadline = provider.time().schedule(openWithin, this::neverOpened);
        beat = provider.time().schedule(BEAT, this::beat);
    }

    /** From now on this one is told. False when the socket has ended unseen. */
    synchronized boolean use(User wanted) {
        user = wanted;
        return !over;
    }

    synchronized void audio(short[] pcm, int offset, int samples) {
        ByteBuffer bytes = ByteBuffer.allocate(samples * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(pcm, offset, samples);
        WebSocket to = socket;
        if (to != null && !over && samples > 0) {
            to.send(bytes.array());
            sentSamples += samples;
            soundSinceBeat = true;
        }
    }

    synchronized void speechStarted(long leadSamples) {
        speechResumed();
        if (owed.isEmpty()) {
            text.forgetUntil(sentSamples - leadSamples);
        }
    }

    /**
     * The words up to here are wanted; the utterance may go on. They are asked for each time that the pause is told: the end of a word
     * that fades ("office") may have come behind the first question.
     */
    synchronized void speechPaused(int number) {
        WebSocket to = socket;
        boolean toldBefore = pause.is(number);
        if (over || to == null || !owed.isEmpty() || (toldBefore && sentSamples <= finalizedSamples)) {
            return;
        }
        if (!toldBefore) {
            pause.begin(number, sentSamples);
        }
        finalise(to);
    }

    private void finalise(WebSocket to) {
        to.send("{\"type\":\"Finalize\"}");
        finalizedSamples = sentSamples;
    }

    synchronized void speechResumed() {
        pause.end();
    }

    void speechEnded(int utterance) {
        String known = "";
        synchronized (this) {
            WebSocket to = socket;
            if (over || to == null) {
                return;
            }
            boolean everythingIsKnown = pause.isAnswered() && text.finalUntilSample() >= finalizedSamples - almost();
            if (everythingIsKnown) {
                known = text.take();
                takenUntilSample = finalizedSamples;
                lastInterim = "";
            } else if (pause.isOpen() || sentSamples > finalizedSamples) {
                if (sentSamples > finalizedSamples) {
                    finalise(to);
                }
                Owed one = new Owed(utterance, sentSamples);
                owed.add(one);
                one.deadline = provider.time().schedule(wordsWithin, () -> timeIsUp(one));
                pause.end();
                return;
            }
            pause.end();
        }
        String words = known;
        Thread unused = Thread.ofVirtual().name("revox-stt").start(() -> told(utterance, words));
    }

    private void told(int utterance, String words) {
        User listening = listening();
        if (listening != null) {
            listening.finished(utterance, words);
        }
    }

    private synchronized @Nullable User listening() {
        return over ? null : user;
    }

    /** Ends it at once; its user is told nothing more. */
    void close() {
        WebSocket connection = finish();
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public synchronized void opened() {
        opened = true;
        cancel(openDeadline);
    }

    @Override
    public void text(String message) {
        try {
            Json json = Json.read(message);
            switch (json.text("type").orElse("")) {
                case "Results" ->
                    DeepgramResult.of(json)
                            .ifPresentOrElse(this::result, () -> fail(Kind.PROTOCOL, "a result without words"));
                case "Error" -> fail(Kind.SERVER, "it reported an error");
                case "" -> fail(Kind.PROTOCOL, "a message without a type");
                default -> {
                    // Metadata and the like.
                }
            }
        } catch (MalformedJsonException e) {
            fail(Kind.PROTOCOL, "a message that cannot be understood");
        }
    }

    private void result(DeepgramResult result) {
        Owed done;
        String words;
        int answered = 0;
        synchronized (this) {
            long endSample = Math.round(result.endSeconds() * sampleRateHz);
            text.add(result, endSample);
            owed.forEach(one -> one.heard = true);
            done = completed(result, endSample);
            words = done == null ? text.soFar() : text.take();
            if (done != null) {
                lastInterim = "";
            } else if (pause.answeredBy(
                    result.isFinal(), Math.max(endSample, text.finalUntilSample()), almost(), words)) {
                answered = pause.number();
            } else if (words.equals(lastInterim) || words.isEmpty()) {
                return;
            } else {
                lastInterim = words;
            }
        }
        User listening = listening();
        if (listening == null) {
            return;
        }
        if (answered != 0) {
            listening.soFar(answered, words);
        } else if (done == null) {
            listening.interim(words);
        } else {
            listening.finished(done.utterance, words);
        }
    }

    private long almost() {
        return (long) sampleRateHz * ROUNDING_MS / 1000;
    }

    private @Nullable Owed completed(DeepgramResult result, long endSample) {
        Owed first = owed.peek();
        if (first == null || !result.isFinal()) {
            return null;
        }
        long roundingSamples = almost();
        // A late answer to the Finalize of the utterance before says nothing of this one.
        boolean flushed = result.fromFinalize() && endSample > takenUntilSample + roundingSamples;
        if (!flushed && text.finalUntilSample() < first.endSample - roundingSamples) {
            return null;
        }
        return take(first);
    }

    private Owed take(Owed first) {
        owed.remove(first);
        cancel(first.deadline);
        takenUntilSample = first.endSample;
        return first;
    }

    private void timeIsUp(Owed one) {
        String words;
        synchronized (this) {
            if (over || !owed.contains(one)) {
                return;
            }
            if (one.heard) {
                words = text.take();
                take(one);
            } else {
                words = null;
            }
        }
        if (words == null) {
            fail(Kind.STALL, "no words within the deadline");
        } else {
            told(one.utterance, words);
        }
    }

    private synchronized void beat() {
        WebSocket to = socket;
        if (over || to == null) {
            return;
        }
        if (!soundSinceBeat) {
            to.send("{\"type\":\"KeepAlive\"}");
        }
        soundSinceBeat = false;
        beat = provider.time().schedule(BEAT, this::beat);
    }

    @Override
    public void ended(SocketEnd end) {
        boolean letIn;
        synchronized (this) {
            letIn = opened;
        }
        fail(LostSocket.explain(provider.name(), end), letIn);
    }

    private void neverOpened() {
        fail(new ProviderException(provider.name(), Kind.STALL, "no socket within its deadline"), false);
    }

    private void fail(Kind kind, String what) {
        fail(new ProviderException(provider.name(), kind, what), true);
    }

    private void fail(ProviderException failure, boolean letIn) {
        User listening = listening();
        WebSocket connection = finish();
        if (connection == null) {
            return;
        }
        connection.close();
        if (listening != null) {
            listening.failed(this, failure, letIn);
        }
    }

    /** The connection to be closed; nothing when that has been done. */
    private synchronized @Nullable WebSocket finish() {
        if (over) {
            return null;
        }
        over = true;
        cancel(beat);
        cancel(openDeadline);
        owed.forEach(one -> cancel(one.deadline));
        owed.clear();
        return socket;
    }

    private static void cancel(@Nullable Alarm alarm) {
        if (alarm != null) {
            alarm.cancel();
        }
    }
}
