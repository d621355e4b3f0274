package dev.revox.agent.listening;

import dev.revox.agent.fallback.Breaker;
import dev.revox.agent.fallback.Deadlines;
import dev.revox.agent.step.Outbox;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.conversation.AgentSignal;
import dev.revox.media.Ear;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ear of one call: pumps sound into a recogniser, numbers utterances, and replaces a recogniser that fails.
 *
 * <p>A recogniser that takes over gets the utterances whose words are still owed, and the one under way, from the start. One that
 * is away is tried again, at growing intervals, for as long as the sound that is kept reaches back.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class Listener {

    /** Its timer for the next look at the ear. */
    public static final String EAR_TIMER = "ear";

    /** Its timer for words that do not come. */
    public static final String WORDS_TIMER = "stt";

    /** Its timer for the next attempt at a recogniser. */
    public static final String RETRY_TIMER = "stt-retry";

    private static final long PUMP_NANOS = Duration.ofMillis(40).toNanos();

    /** Who wants the words. <b>Thread:</b> called on the call thread. */
    public interface Words {

        void interim(String text, long nowNanos);

        /** What was said up to a pause. */
        void soFar(int pause, String text, long nowNanos);

        void utterance(int utterance, String text, long nowNanos);

        /** The words of an utterance will not come. */
        void lost(int utterance, long nowNanos);

        void fault(ProviderException failure, long nowNanos);

        /** Every recogniser failed, again and again: the agent cannot hear. */
        void deaf(long nowNanos);
    }

    private record Owed(int utterance, long fromSample, long toSample, long dueNanos) {}

    private final StreamSupply supply;
    private final Deadlines deadlines;
    private final Outbox outbox;
    private final Words words;

    private @Nullable EarPump pump;
    private SpeechToText.@Nullable Stream stream;
    private int utterances;
    private boolean speaking;
    private boolean paused;
    private int pauses;
    private long speechFromSample;
    private final List<Owed> owed = new ArrayList<>();

    public Listener(
            List<SpeechToText> providers,
            Breaker breaker,
            Deadlines deadlines,
            Outbox outbox,
            Consumer<AgentSignal> mailbox,
            Words words) {
        supply = new StreamSupply(providers, breaker, mailbox);
        this.deadlines = deadlines;
        this.outbox = outbox;
        this.words = words;
    }

    /** The call is being dialled: the recogniser makes ready meanwhile. */
    public void dialling(long nowNanos) {
        supply.prepare(nowNanos);
    }

    public void connected(Ear ear, long nowNanos) {
        EarPump opened = new EarPump(ear);
        pump = opened;
        openStream(nowNanos);
        pumpNow();
        outbox.arm(EAR_TIMER, nowNanos + PUMP_NANOS);
    }

    public void speechStarted(long speechStartNanos, long nowNanos) {
        EarPump ear = pump;
        if (ear == null) {
            return;
        }
        pumpNow();
        long lead = ear.samplesIn(nowNanos - speechStartNanos) + ear.samplesIn(EarPump.LEAD_MS * 1_000_000L);
        speaking = true;
        paused = false;
        speechFromSample = Math.max(0, ear.recent().end() - lead);
        if (stream != null) {
            stream.speechStarted(ear.recent().end() - speechFromSample);
        }
    }

    /** The person may have finished; the words so far are wanted at once. Answers the pause's number. */
    public int speechPaused(boolean confirmed) {
        pumpNow();
        if (!paused) {
            paused = true;
            pauses++;
        }
        if (stream != null) {
            stream.speechPaused(pauses, confirmed);
        }
        return pauses;
    }

    /** The person goes on behind a pause. */
    public void speechResumed() {
        paused = false;
        if (stream != null) {
            stream.speechResumed();
        }
    }

    /** The person fell silent; the words of what they said are owed from now on. Answers the utterance's number. */
    public int speechEnded(long nowNanos) {
        int utterance = ++utterances;
        EarPump ear = pump;
        pumpNow();
        speaking = false;
        paused = false;
        long end = ear == null ? 0 : ear.recent().end();
        owed.add(new Owed(
                utterance,
                speechFromSample,
                end,
                nowNanos + deadlines.sttFinal().toNanos()));
        if (stream != null) {
            stream.speechEnded(utterance);
        }
        armWords(nowNanos);
        return utterance;
    }

    /** Whether words are still to come; their deadline is watched from now on, in case it was not. */
    public boolean owesWords(long nowNanos) {
        armWords(nowNanos);
        return !owed.isEmpty();
    }

    /** Where the speech under way, or the last one, begins; for {@link #heard}. */
    public long speechFromSample() {
        return speechFromSample;
    }

    /** The sound from there up to now, at most so much of its end. */
    public short[] heard(long fromSample, int longestMs) {
        EarPump ear = pump;
        if (ear == null) {
            return new short[0];
        }
        pumpNow();
        long end = ear.recent().end();
        return ear.recent().copy(Math.max(fromSample, end - ear.samplesIn(longestMs * 1_000_000L)), end);
    }

    /** Sampling rate of what is heard. */
    public int sampleRateHz() {
        return pump == null ? 0 : pump.sampleRateHz();
    }

    public void on(ListeningSignal signal, long nowNanos) {
        if (!supply.current(signal)) {
            return;
        }
        switch (signal) {
            case ListeningSignal.Interim interim -> words.interim(interim.text(), nowNanos);
            case ListeningSignal.SoFar soFar -> {
                if (paused && soFar.pause() == pauses) {
                    words.soFar(soFar.pause(), soFar.text(), nowNanos);
                }
            }
            case ListeningSignal.Finished finished -> {
                supply.worked();
                if (owed.removeIf(one -> one.utterance() == finished.utterance())) {
                    words.utterance(finished.utterance(), finished.text(), nowNanos);
                }
                armWords(nowNanos);
            }
            case ListeningSignal.Failed failed -> failed(failed.failure(), nowNanos);
        }
    }

    public void onTimer(String timer, long nowNanos) {
        if (timer.equals(EAR_TIMER)) {
            pumpNow();
            if (pump != null && !pump.ended()) {
                outbox.arm(EAR_TIMER, nowNanos + PUMP_NANOS);
            }
        } else if (timer.equals(WORDS_TIMER)) {
            for (Owed one : List.copyOf(owed)) {
                if (one.dueNanos() <= nowNanos) {
                    owed.remove(one);
                    words.lost(one.utterance(), nowNanos);
                }
            }
            armWords(nowNanos);
        } else if (timer.equals(RETRY_TIMER)) {
            openStream(nowNanos);
            replay();
        }
    }

    public void close() {
        supply.close();
        closeStream();
        if (pump != null) {
            pump.close();
            pump = null;
        }
        owed.clear();
    }

    private void pumpNow() {
        if (pump != null) {
            pump.pump((pcm, offset, samples) -> {
                if (stream != null) {
                    stream.audio(pcm, offset, samples);
                }
            });
        }
    }

    private void failed(ProviderException failure, long nowNanos) {
        OptionalLong wait = supply.failed(failure, nowNanos);
        closeStream();
        words.fault(failure, nowNanos);
        if (wait.isEmpty()) {
            words.deaf(nowNanos);
        } else if (wait.getAsLong() == 0) {
            openStream(nowNanos);
            replay();
        } else {
            outbox.arm(RETRY_TIMER, nowNanos + wait.getAsLong());
        }
    }

    private void replay() {
        EarPump ear = pump;
        SpeechToText.Stream fresh = stream;
        if (ear == null || fresh == null) {
            return;
        }
        for (Owed one : owed) {
            replay(fresh, ear.recent().copy(one.fromSample(), one.toSample()));
            fresh.speechEnded(one.utterance());
        }
        if (speaking) {
            replay(fresh, ear.recent().copy(speechFromSample, ear.recent().end()));
        }
    }

    private static void replay(SpeechToText.Stream stream, short[] pcm) {
        stream.audio(pcm, 0, pcm.length);
        stream.speechStarted(pcm.length);
    }

    private void openStream(long nowNanos) {
        EarPump ear = pump;
        if (ear == null) {
            return;
        }
        outbox.disarm(RETRY_TIMER);
        stream = supply.open(ear.sampleRateHz(), nowNanos);
    }

    private void closeStream() {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }

    private void armWords(long nowNanos) {
        long due = owed.stream().mapToLong(Owed::dueNanos).min().orElse(Long.MAX_VALUE);
        if (due == Long.MAX_VALUE) {
            outbox.disarm(WORDS_TIMER);
        } else {
            outbox.arm(WORDS_TIMER, Math.max(due, nowNanos + 1));
        }
    }
}
