package dev.revox.agent.realtime.gemini;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One session with the Live API.
 *
 * <p>Its messages carry no ids: what comes belongs to the generation under way, and one generation follows the other. Each ends
 * with {@code turnComplete}, an interrupted one too, or with calls of tools. So what comes of a cancelled response is dropped up to
 * there.
 *
 * <p><b>Thread:</b> Thread-safe; the sink is never called under the lock.
 */
final class GeminiSession implements RealtimeModel.Session, SocketListener {

    /** At the rates that a mouth takes; another one is no sound to us. */
    private static final Pattern SOUND = Pattern.compile("audio/pcm(?:;rate=(8000|16000|24000|48000))?");

    private static final int DEFAULT_RATE_HZ = 24_000;

    private final String provider;
    private final RealtimeModel.Sink sink;
    private final Delivery delivery = new Delivery();
    private final List<String> beforeReady = new ArrayList<>();
    private @Nullable WebSocket socket;
    private @Nullable InputSound input;
    private boolean ready;
    private boolean leaving;

    /** The response that the generation under way stands for, 0 for none. */
    private int current;

    /** A generation of a cancelled response is still to come to its end. */
    private boolean draining;

    /** A turn has ended, or a tool has answered: the generation begins without being asked for. */
    private boolean begun;

    private int turn;
    private final StringBuilder said = new StringBuilder();

    GeminiSession(String provider, RealtimeModel.Sink sink) {
        this.provider = provider;
        this.sink = sink;
    }

    synchronized void attach(WebSocket opening, RealtimeModel.SessionRequest request) {
        socket = opening;
        opening.send(GeminiMessages.setup(request));
    }

    // Nothing may be said before the set-up is confirmed.
    private synchronized void send(String message) {
        if (!ready) {
            beforeReady.add(message);
        } else if (socket != null) {
            socket.send(message);
        }
    }

    @Override
    public synchronized void connected(int earRateHz, MediaFormat line) {
        input = new InputSound(earRateHz, MediaFormat.pcm(GeminiMessages.INPUT_RATE_HZ));
    }

    @Override
    public boolean transcribesAlone() {
        return false;
    }

    @Override
    public void turnStarted(int started) {
        send(GeminiMessages.ACTIVITY_START);
    }

    @Override
    public synchronized void audio(short[] pcm, int offset, int samples) {
        InputSound encoder = input;
        if (encoder != null && samples > 0) {
            send(GeminiMessages.audio(encoder.base64(pcm, offset, samples)));
        }
    }

    @Override
    public synchronized void turnEnded(int ended) {
        turn = ended;
        said.setLength(0);
        begun = true;
        send(GeminiMessages.ACTIVITY_END);
    }

    @Override
    public synchronized void respond(int response, RealtimeModel.Prompt prompt) {
        current = response;
        boolean comesAnyway = begun && prompt instanceof RealtimeModel.Prompt.Answer;
        begun = false;
        if (!comesAnyway) {
            send(GeminiMessages.ask(prompt));
        }
    }

    @Override
    public synchronized void cancel(int response) {
        if (response == current) {
            current = 0;
            draining = true;
        }
    }

    @Override
    public void truncate(String item, long heardMillis) {
        // The Live API knows no such message: what it has sent it takes for heard.
    }

    @Override
    public synchronized void toolResult(ToolCall call, String output) {
        begun = true;
        send(GeminiMessages.toolResult(call, output));
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
        // The session is ready when the set-up is confirmed.
    }

    @Override
    public void text(String message) {
        try {
            received(Json.read(message));
        } catch (MalformedJsonException e) {
            lose(Kind.PROTOCOL, "a message that cannot be understood");
        }
    }

    private void received(Json message) {
        if (message.object("setupComplete").isPresent()) {
            ready();
        }
        message.object("serverContent").ifPresent(this::content);
        message.object("toolCall").ifPresent(this::tools);
        if (message.object("goAway").isPresent()) {
            leave();
        }
    }

    private void ready() {
        synchronized (this) {
            ready = true;
            beforeReady.forEach(this::send);
            beforeReady.clear();
        }
        delivery.pass(sink::opened);
    }

    private void content(Json content) {
        content.object("inputTranscription")
                .flatMap(words -> words.text("text"))
                .ifPresent(words -> {
                    synchronized (this) {
                        said.append(words);
                    }
                    tellSaid(false);
                });
        int response = wanted();
        content.object("modelTurn").ifPresent(model -> model.objects("parts").forEach(part -> sound(response, part)));
        content.object("outputTranscription")
                .flatMap(words -> words.text("text"))
                .ifPresent(words -> {
                    if (response > 0) {
                        delivery.pass(() -> sink.text(response, item(response), words));
                    }
                });
        if (content.isTrue("turnComplete")) {
            complete();
        }
    }

    private synchronized int wanted() {
        return draining ? 0 : current;
    }

    private static String item(int response) {
        return "response-" + response;
    }

    private void tellSaid(boolean complete) {
        int ofTurn;
        String text;
        synchronized (this) {
            ofTurn = turn;
            text = said.toString().strip();
        }
        if (ofTurn > 0 && !text.isEmpty()) {
            delivery.pass(() -> sink.userSaid(ofTurn, text, complete));
        }
    }

    private void sound(int response, Json part) {
        Optional<Json> data = part.object("inlineData");
        if (response == 0 || data.isEmpty()) {
            return;
        }
        Matcher type = SOUND.matcher(data.get().text("mimeType").orElse(""));
        int rateHz = type.matches() && type.group(1) != null ? Integer.parseInt(type.group(1)) : DEFAULT_RATE_HZ;
        MediaFormat format = MediaFormat.pcm(rateHz);
        Optional<short[]> pcm = OutputSound.samples(data.get().text("data").orElse("?"), format);
        if (!type.matches() || pcm.isEmpty()) {
            lose(Kind.PROTOCOL, "what it calls sound is none");
            return;
        }
        delivery.pass(() -> sink.audio(response, item(response), format, pcm.get(), 0, pcm.get().length));
    }

    private void complete() {
        int done;
        boolean goes;
        synchronized (this) {
            done = draining ? 0 : current;
            if (!draining) {
                current = 0;
            }
            draining = false;
            goes = leaving;
        }
        tellSaid(true);
        if (done > 0) {
            delivery.pass(() -> sink.done(done));
        }
        if (goes) {
            lose(Kind.CONNECTION, "it is about to hang up");
        }
    }

    private void tools(Json request) {
        int response;
        synchronized (this) {
            response = draining ? 0 : current;
            draining = false;
            current = 0;
        }
        if (response == 0) {
            return;
        }
        tellSaid(true);
        for (Json call : request.objects("functionCalls")) {
            ToolCall wanted = new ToolCall(
                    call.text("id").orElse(""),
                    call.text("name").orElse(""),
                    call.object("args").map(Json::asText).orElse("{}"));
            delivery.pass(() -> sink.toolCall(response, wanted));
        }
        delivery.pass(() -> sink.done(response));
    }

    /** The provider ends the session soon: between two responses is the best moment. */
    private void leave() {
        boolean idle;
        synchronized (this) {
            leaving = true;
            idle = current == 0;
        }
        if (idle) {
            lose(Kind.CONNECTION, "it is about to hang up");
        }
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
