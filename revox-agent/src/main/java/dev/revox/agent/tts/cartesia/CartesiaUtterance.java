package dev.revox.agent.tts.cartesia;

import dev.revox.agent.http.Refusals;
import dev.revox.agent.json.Json;
import dev.revox.agent.socket.SocketEnd;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.sound.SocketVoice;
import dev.revox.agent.tts.sound.SoundIntake;
import dev.revox.assistant.sound.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One utterance: a context on a socket of its own for the time being.
 *
 * <p>A warm socket may have died without our knowing. When it does so before a word was heard, everything is said again over a
 * new one, once.
 *
 * <p><b>Thread:</b> the lock guards the socket and what was said; the sink is called outside of it.
 */
final class CartesiaUtterance implements TextToSpeech.Utterance {

    private final String provider;
    private final CartesiaSockets sockets;
    private final CartesiaWords words;
    private final Voice voice;
    private final SoundIntake intake;
    private final String contextId = UUID.randomUUID().toString();

    private final List<String> said = new ArrayList<>();
    private @Nullable CartesiaSocket socket;
    private boolean warm;
    private boolean answered;

    CartesiaUtterance(
            SocketVoice.Settings settings,
            CartesiaSockets sockets,
            CartesiaWords words,
            Voice voice,
            TextToSpeech.Sink sink) {
        provider = settings.provider().name();
        this.sockets = sockets;
        this.words = words;
        this.voice = voice;
        // A socket that failed us is not given to the next utterance.
        intake = new SoundIntake(settings, sink, this::drop);
    }

    void start() {
        @Nullable CartesiaSocket ready = sockets.warm();
        synchronized (this) {
            if (ready != null && ready.use(this)) {
                warm = true;
                socket = ready;
                return;
            }
        }
        CartesiaSocket opened = sockets.open(this);
        synchronized (this) {
            socket = opened;
        }
    }

    String contextId() {
        return contextId;
    }

    @Override
    public void text(String more) {
        synchronized (this) {
            if (intake.isOver() || (said.isEmpty() && more.isBlank())) {
                return;
            }
            say(words.speak(contextId, voice, more, true));
        }
        intake.asked();
    }

    @Override
    public void end() {
        boolean nothing;
        synchronized (this) {
            if (intake.isOver()) {
                return;
            }
            nothing = said.isEmpty();
            if (!nothing) {
                say(words.speak(contextId, voice, "", false));
            }
        }
        if (nothing) {
            intake.done();
            release(false);
        } else {
            intake.allAsked();
        }
    }

    private void say(String message) {
        said.add(message);
        if (socket != null) {
            socket.send(message);
        }
    }

    @Override
    public void demand(boolean more) {
        synchronized (this) {
            if (socket != null && !intake.isOver()) {
                socket.reading(more);
            }
        }
        intake.demand(more);
    }

    @Override
    public void cancel() {
        if (intake.cancel()) {
            release(true);
        }
    }

    private void release(boolean cancel) {
        @Nullable CartesiaSocket used;
        boolean begun;
        synchronized (this) {
            used = socket;
            socket = null;
            begun = !said.isEmpty();
        }
        if (used != null) {
            if (cancel && begun) {
                used.send(CartesiaWords.cancel(contextId));
            }
            used.release();
        }
    }

    private void drop() {
        @Nullable CartesiaSocket used;
        synchronized (this) {
            used = socket;
            socket = null;
        }
        if (used != null) {
            used.close();
        }
    }

    /** A message of this context, or of none. */
    void received(Json message) {
        synchronized (this) {
            answered = true;
        }
        switch (message.text("type").orElse("")) {
            case "chunk" -> message.text("data").ifPresentOrElse(intake::sound, () -> garbled());
            case "timestamps" -> message.object("word_timestamps").ifPresent(this::words);
            case "done" -> {
                intake.finished();
                release(false);
            }
            case "error" -> refused(message);
            case "" -> garbled();
            default -> {
                // flush_done and phoneme_timestamps are of no use here.
            }
        }
    }

    private void words(Json timestamps) {
        List<String> texts = timestamps.texts("words");
        double[] starts = timestamps.numbers("start");
        double[] ends = timestamps.numbers("end");
        if (starts.length != texts.size() || ends.length != texts.size()) {
            garbled();
            return;
        }
        List<TextToSpeech.WordTiming> timings = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            timings.add(new TextToSpeech.WordTiming(
                    texts.get(i).strip(), Math.round(starts[i] * 1e6), Math.round(ends[i] * 1e6)));
        }
        intake.words(timings);
    }

    private void refused(Json error) {
        int status = error.integer("status_code").orElse(500);
        intake.fail(Refusals.ofStatus(provider, status, Optional.empty()));
    }

    /** Something came that is not Cartesia's protocol. */
    void garbled() {
        intake.garbled();
    }

    /** The socket has ended. */
    void lost(SocketEnd end) {
        boolean again;
        synchronized (this) {
            socket = null;
            again = warm && !answered && !intake.isOver();
            warm = false;
        }
        if (again) {
            repeat();
            return;
        }
        intake.lost(end);
    }

    private void repeat() {
        CartesiaSocket opened = sockets.open(this);
        synchronized (this) {
            socket = opened;
            said.forEach(opened::send);
        }
    }
}
