package dev.revox.agent.realtime.openai;

import dev.revox.agent.json.Json;
import dev.revox.agent.json.MalformedJsonException;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.realtime.wire.InputSound;
import dev.revox.agent.realtime.wire.OutputSound;
import dev.revox.agent.socket.LostSocket;
import dev.revox.agent.socket.SocketEnd;
import dev.revox.agent.socket.SocketListener;
import dev.revox.agent.socket.WebSocket;
import dev.revox.agent.stream.Delivery;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.media.MediaFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One session with the Realtime API.
 *
 * <p><b>Thread:</b> Thread-safe; the sink is never called under the lock.
 */
final class OpenAiSession implements RealtimeModel.Session, SocketListener {

    private static final MediaFormat WIDE = MediaFormat.pcm(24_000);

    private final String provider;
    private final OpenAiMessages messages;
    private final RealtimeModel.Sink sink;
    private final Delivery delivery = new Delivery();
    private final OpenAiLedger ledger = new OpenAiLedger();

    private record Wanted(int response, RealtimeModel.Prompt prompt) {}

    private Optional<Wanted> next = Optional.empty();
    private @Nullable WebSocket socket;
    private @Nullable InputSound input;
    private MediaFormat output = WIDE;
    private Optional<MediaFormat> outputWanted = Optional.empty();
    private MediaFormat inputFormat = WIDE;
    private boolean opened;

    OpenAiSession(String provider, OpenAiMessages messages, RealtimeModel.Sink sink) {
        this.provider = provider;
        this.messages = messages;
        this.sink = sink;
    }

    synchronized void attach(WebSocket opening) {
        socket = opening;
        opening.send(messages.begin(output));
    }

    private synchronized void send(String message) {
        if (socket != null) {
            socket.send(message);
        }
    }

    @Override
    public synchronized void connected(int earRateHz, MediaFormat line) {
        boolean narrow = line.encoding() != MediaFormat.Encoding.PCM_S16;
        inputFormat = narrow ? line : WIDE;
        input = new InputSound(earRateHz, inputFormat);
        if (!narrow) {
            return;
        }
        outputWanted = Optional.of(line);
        if (ledger.isIdle()) {
            applyFormats();
        } else {
            // What is being said just now stays as it is.
            send(messages.formats(inputFormat, Optional.empty()));
        }
    }

    private void applyFormats() {
        outputWanted.ifPresent(wanted -> {
            output = wanted;
            send(messages.formats(inputFormat, outputWanted));
        });
        outputWanted = Optional.empty();
    }

    @Override
    public boolean transcribesAlone() {
        return true;
    }

    @Override
    public void turnStarted(int turn) {
        send(OpenAiMessages.clear());
    }

    @Override
    public synchronized void audio(short[] pcm, int offset, int samples) {
        InputSound encoder = input;
        if (encoder != null && samples > 0) {
            send(OpenAiMessages.append(encoder.base64(pcm, offset, samples)));
        }
    }

    @Override
    public void turnEnded(int turn) {
        ledger.committed(turn);
        send(OpenAiMessages.commit(turn));
    }

    @Override
    public synchronized void respond(int response, RealtimeModel.Prompt prompt) {
        next = Optional.of(new Wanted(response, prompt));
        askNext();
    }

    // A response that was cancelled is under way until the provider says that it is over, and a second one would be
    // refused.
    private synchronized void askNext() {
        if (next.isPresent() && ledger.isIdle()) {
            Wanted wanted = next.get();
            next = Optional.empty();
            applyFormats();
            ledger.asked(wanted.response(), output);
            send(messages.respond(wanted.response(), wanted.prompt()));
        }
    }

    @Override
    public synchronized void cancel(int response) {
        next = next.filter(wanted -> wanted.response() != response);
        ledger.cancel(response).ifPresent(id -> send(OpenAiMessages.cancel(id)));
    }

    @Override
    public void truncate(String item, long heardMillis) {
        send(OpenAiMessages.truncate(item, heardMillis));
    }

    @Override
    public void toolResult(ToolCall call, String output) {
        send(OpenAiMessages.toolResult(call, output));
    }

    @Override
    public void close() {
        boolean unused = delivery.shut();
        WebSocket connection;
        synchronized (this) {
            connection = socket;
        }
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void opened() {
        // The session is ready when it says so.
    }

    @Override
    public void text(String message) {
        try {
            received(Json.read(message));
        } catch (MalformedJsonException e) {
            lose(Kind.PROTOCOL, "a message that cannot be understood");
        }
    }

    private void received(Json event) {
        switch (event.text("type").orElse("")) {
            case "session.updated" -> {
                if (!opened) {
                    opened = true;
                    delivery.pass(sink::opened);
                }
            }
            case "input_audio_buffer.committed" ->
                ledger.committedAs(event.text("item_id").orElse(""));
            case "conversation.item.input_audio_transcription.completed" ->
                said(event, event.text("transcript").orElse(""));
            case "conversation.item.input_audio_transcription.failed" -> said(event, "");
            case "response.created" -> created(event.object("response"));
            case "response.output_item.added" -> event.object("item").ifPresent(ledger::item);
            case "response.output_audio.delta" -> sound(event);
            case "response.output_audio_transcript.delta" ->
                ledger.number(event)
                        .ifPresent(response -> delivery.pass(() -> sink.text(
                                response,
                                event.text("item_id").orElse(""),
                                event.text("delta").orElse(""))));
            case "response.function_call_arguments.done" -> tool(event);
            case "response.done" -> event.object("response").ifPresent(this::done);
            case "error" -> event.object("error").ifPresent(this::error);
            case "" -> lose(Kind.PROTOCOL, "a message without a type");
            default -> {
                // Much is told that nobody here needs.
            }
        }
    }

    private void said(Json event, String transcript) {
        ledger.turnOf(event.text("item_id").orElse(""))
                .ifPresent(turn -> delivery.pass(() -> sink.userSaid(turn, transcript.strip(), true)));
    }

    private void created(Optional<Json> response) {
        response.flatMap(ledger::created).ifPresent(id -> send(OpenAiMessages.cancel(id)));
    }

    private void sound(Json event) {
        ledger.response(event).ifPresent(response -> {
            Optional<short[]> pcm = OutputSound.samples(event.text("delta").orElse("?"), response.format());
            if (pcm.isEmpty()) {
                lose(Kind.PROTOCOL, "what it calls sound is none");
                return;
            }
            MediaFormat format = MediaFormat.pcm(response.format().sampleRateHz());
            String item = event.text("item_id").orElse("");
            delivery.pass(() -> sink.audio(response.number(), item, format, pcm.get(), 0, pcm.get().length));
        });
    }

    private void tool(Json event) {
        ledger.number(event).ifPresent(response -> {
            String item = event.text("item_id").orElse("");
            String name = event.text("name").orElseGet(() -> ledger.toolName(item));
            ToolCall call = new ToolCall(
                    event.text("call_id").orElse(""),
                    name,
                    event.text("arguments").orElse(""));
            delivery.pass(() -> sink.toolCall(response, call));
        });
    }

    private void done(Json response) {
        tellDone(response);
        askNext();
    }

    private void tellDone(Json response) {
        ledger.done(response.text("id").orElse("")).ifPresent(number -> {
            if (response.text("status").orElse("").equals("failed")) {
                Optional<Json> error = response.object("status_details").flatMap(details -> details.object("error"));
                ProviderException failure =
                        failure(error.flatMap(e -> e.text("code")).orElse(""));
                delivery.pass(() -> sink.failed(number, failure));
            } else {
                delivery.pass(() -> sink.done(number));
            }
        });
    }

    private void error(Json error) {
        String about = error.text("event_id").orElse("");
        String code = error.text("code").orElse("");
        if (about.startsWith("r")) {
            ledger.refused(about.substring(1))
                    .ifPresent(number -> delivery.pass(() -> sink.failed(number, failure(code))));
            askNext();
        } else if (about.startsWith("c")) {
            ledger.notCommitted(about.substring(1))
                    .ifPresent(turn -> delivery.pass(() -> sink.userSaid(turn, "", true)));
        } else if (!opened || code.equals("session_expired")) {
            ProviderException failure = failure(code);
            delivery.last(() -> sink.lost(failure));
            close();
        }
    }

    private ProviderException failure(String code) {
        Kind kind = switch (code) {
            case "rate_limit_exceeded" -> Kind.RATE_LIMIT;
            case "invalid_api_key" -> Kind.AUTHENTICATION;
            case "insufficient_quota", "model_not_found", "invalid_value", "unknown_parameter" -> Kind.REJECTED;
            default -> Kind.SERVER;
        };
        // Codes are words of the protocol; anything else might quote what was said.
        String shown = code.matches("[a-z_]{1,40}") ? code : "an error";
        return new ProviderException(provider, kind, "it reported " + shown);
    }

    private void lose(Kind kind, String what) {
        ProviderException failure = new ProviderException(provider, kind, what);
        delivery.last(() -> sink.lost(failure));
        close();
    }

    @Override
    public void ended(SocketEnd end) {
        ProviderException failure = LostSocket.explain(provider, end);
        delivery.last(() -> sink.lost(failure));
    }
}
