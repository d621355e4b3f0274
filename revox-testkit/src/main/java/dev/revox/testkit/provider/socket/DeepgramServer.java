package dev.revox.testkit.provider.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.revox.secret.Secret;
import dev.revox.testkit.provider.Recogniser;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.server.SocketCall;
import dev.revox.testkit.server.SocketHandler;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A recogniser on 127.0.0.1 that speaks Deepgram's {@code v1/listen} protocol and understands what its {@link Recogniser} does:
 * interim results while sound comes in, final ones on {@code Finalize}, {@code KeepAlive}, {@code CloseStream}.
 *
 * <p>It refuses a wrong key with 401 and a stream that is no {@code linear16} with 400, answers text that it does not know with an
 * {@code Error}, and, where it has an idle limit, closes sockets on which nothing was said for so long with 1011. Like the original
 * it does not answer a {@code Finalize} behind which there is no sound.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class DeepgramServer implements AutoCloseable {

    private static final String PATH = "/v1/listen";
    private static final int INTERIM_MS = 500;

    private final TimeSource time;
    private final Secret key;
    private final Recogniser recogniser;
    private final Duration idleLimit;
    private final Duration wordsAfter;
    private final SocketProvider sockets;
    private final Map<SocketCall, Listening> streams = new ConcurrentHashMap<>();
    private final List<Stream> opened = new CopyOnWriteArrayList<>();
    private final AtomicInteger signsOfLife = new AtomicInteger();

    /** What a client asked for when it opened a stream. */
    public record Stream(int sampleRateHz, String model, Optional<String> language, boolean interims) {}

    private DeepgramServer(
            TimeSource time,
            Secret key,
            Recogniser recogniser,
            Duration answerAfter,
            Duration wordsAfter,
            Duration idleLimit) {
        this.time = time;
        this.key = key;
        this.recogniser = recogniser;
        this.wordsAfter = wordsAfter;
        this.idleLimit = idleLimit;
        sockets = new SocketProvider(time, answerAfter, Duration.ZERO, new Protocol());
    }

    /** A server that answers at once and never hangs up by itself. */
    public static DeepgramServer start(TimeSource time, Secret key, Recogniser recogniser) {
        return start(time, key, recogniser, Duration.ZERO, Duration.ZERO);
    }

    /**
     * Starts a server.
     *
     * @param answerAfter from the beginning of an utterance to its first result
     * @param idleLimit for how long nothing may be said; 10 s at the original, no limit when zero
     */
    public static DeepgramServer start(
            TimeSource time, Secret key, Recogniser recogniser, Duration answerAfter, Duration idleLimit) {
        return new DeepgramServer(time, key, recogniser, answerAfter, Duration.ZERO, idleLimit);
    }

    /**
     * A server that is always as slow: every result comes so long after the sound in it, a final one after its {@code Finalize}.
     */
    public static DeepgramServer steady(TimeSource time, Secret key, Recogniser recogniser, Duration wordsAfter) {
        return new DeepgramServer(time, key, recogniser, Duration.ZERO, wordsAfter, Duration.ZERO);
    }

    /** What to give clients as base URL. */
    public URI baseUrl() {
        return sockets.baseUrl();
    }

    /** The next connection (for refusals) or utterance fails so; further calls queue up. */
    public void failNext(Fault fault) {
        sockets.faults.next(fault);
    }

    /** Everything without a fault of its own fails so; empty ends that. */
    public void failAlways(Optional<Fault> fault) {
        sockets.faults.always(fault);
    }

    /** Streams that were let in so far. */
    public List<Stream> opened() {
        return List.copyOf(opened);
    }

    /** The texts of all utterances that were finalised. */
    public List<String> finals() {
        return List.copyOf(sockets.inputs);
    }

    /** {@code KeepAlive}s that came so far. */
    public int signsOfLife() {
        return signsOfLife.get();
    }

    public int openConnections() {
        return sockets.openConnections();
    }

    /** Utterances that have begun and are neither final nor given up. */
    public int recognitionsUnderWay() {
        return sockets.underWay.get();
    }

    @Override
    public void close() {
        sockets.close();
    }

    private final class Protocol implements SocketHandler {

        @Override
        public Handshake handshake(SocketCall call) {
            boolean addressed = call.path().equals(PATH)
                    && call.query("encoding").orElse("").equals("linear16")
                    && call.query("sample_rate").orElse("").matches("\\d{4,5}")
                    && call.query("model").isPresent();
            String shown = call.header("Authorization").orElse("");
            return sockets.handshake(shown.equals("Token " + key.reveal()), addressed);
        }

        @Override
        public void binary(SocketCall call, byte[] message) {
            stream(call).sound(message);
        }

        @Override
        public void text(SocketCall call, String message) {
            String type;
            try {
                type = sockets.json.readTree(message).path("type").asText();
            } catch (JsonProcessingException e) {
                type = "";
            }
            switch (type) {
                case "KeepAlive" -> {
                    signsOfLife.incrementAndGet();
                    stream(call).alive();
                }
                case "Finalize" -> stream(call).finalise();
                case "CloseStream" -> {
                    stream(call).finalise();
                    call.send(sockets.json
                            .createObjectNode()
                            .put("type", "Metadata")
                            .toString());
                    call.close(1000, "");
                }
                default ->
                    call.send(sockets.json
                            .createObjectNode()
                            .put("type", "Error")
                            .put("description", "a message of no known type")
                            .toString());
            }
        }

        @Override
        public void gone(SocketCall call) {
            @Nullable Listening stream = streams.remove(call);
            if (stream != null) {
                stream.gone();
            }
        }
    }

    private Listening stream(SocketCall call) {
        return streams.computeIfAbsent(call, unused -> new Listening(call));
    }

    /** One stream. <b>Thread:</b> the server's, but for its alarm. */
    private final class Listening {

        private final SocketCall call;
        private final int rateHz;
        private final boolean interims;
        private final Set<FrameQueue> unfinished = ConcurrentHashMap.newKeySet();
        private @Nullable FrameQueue frames;
        private short[] open = new short[0];
        private long startSample;
        private int toldSamples;
        private Alarm idle = () -> {};

        Listening(SocketCall call) {
            this.call = call;
            rateHz = Integer.parseInt(call.query("sample_rate").orElse("8000"));
            interims = call.query("interim_results").orElse("").equals("true");
            opened.add(new Stream(rateHz, call.query("model").orElse(""), call.query("language"), interims));
            alive();
        }

        void alive() {
            idle.cancel();
            if (!idleLimit.isZero()) {
                idle = time.schedule(idleLimit, () -> call.close(1011, "NET-0001"));
            }
        }

        void sound(byte[] bytes) {
            alive();
            short[] more = new short[bytes.length / 2];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(more);
            int before = open.length;
            open = Arrays.copyOf(open, before + more.length);
            System.arraycopy(more, 0, open, before, more.length);
            if (frames == null) {
                frames = sockets.begin(call);
                unfinished.add(frames);
            }
            if (interims && open.length - toldSamples >= rateHz * INTERIM_MS / 1000) {
                toldSamples = open.length;
                results(frames, false, () -> {});
            }
        }

        void finalise() {
            @Nullable FrameQueue current = frames;
            if (current == null) {
                return;
            }
            results(current, true, () -> over(current));
            startSample += open.length;
            open = new short[0];
            toldSamples = 0;
            frames = null;
        }

        private void results(FrameQueue to, boolean isFinal, Runnable after) {
            String text = to.isEmptyHanded() ? "" : recogniser.recogniseFrom(startSample, open, rateHz);
            if (isFinal) {
                sockets.inputs.add(text);
            }
            ObjectNode message = sockets.json
                    .createObjectNode()
                    .put("type", "Results")
                    .put("start", (double) startSample / rateHz)
                    .put("duration", (double) open.length / rateHz)
                    .put("is_final", isFinal)
                    .put("speech_final", false)
                    .put("from_finalize", isFinal);
            message.putObject("channel")
                    .putArray("alternatives")
                    .addObject()
                    .put("transcript", text)
                    .put("confidence", text.isEmpty() ? 0.0 : 0.99);
            FrameQueue.Frame frame = new FrameQueue.Frame(message.toString(), true, after);
            if (wordsAfter.isZero()) {
                to.add(frame);
            } else {
                Alarm unused = time.schedule(wordsAfter, () -> to.add(frame));
            }
        }

        void gone() {
            idle.cancel();
            frames = null;
            unfinished.forEach(this::over);
        }

        private void over(FrameQueue queue) {
            if (unfinished.remove(queue)) {
                queue.stop();
                sockets.underWay.decrementAndGet();
            }
        }
    }
}
