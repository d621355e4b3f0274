package dev.revox.agent.realtime.talk;

import dev.revox.agent.realtime.session.RealtimeParts;
import dev.revox.agent.realtime.voice.Talk;
import dev.revox.agent.speech.Speaker;
import dev.revox.agent.speech.Speech;
import dev.revox.agent.speech.SpeechSignal;
import dev.revox.agent.step.Outbox;
import dev.revox.agent.stream.ProviderException;
import dev.revox.conversation.AgentSignal;
import dev.revox.conversation.ConversationNotice;
import dev.revox.conversation.ConversationSetup;
import dev.revox.media.PlayoutEvent;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The voice beside the model's own, if the agent has one: says that an answer takes a moment while the model cannot, and the farewell
 * when the model is down.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class OtherVoice {

    /** Its segments are numbered behind all of the model's own. */
    private static final long FIRST_SEGMENT = 1L << 32;

    /** Who is told what goes wrong. */
    interface Trouble {

        void fault(ProviderException failure);

        /** Nobody can say a word any more. */
        void mute();
    }

    private final Optional<Speaker> speaker;
    private final Talk talk;
    private final Outbox outbox;

    OtherVoice(
            ConversationSetup setup,
            RealtimeParts parts,
            Outbox outbox,
            Consumer<AgentSignal> mailbox,
            Talk talk,
            Trouble trouble) {
        this.talk = talk;
        this.outbox = outbox;
        speaker = parts.voices().isEmpty()
                ? Optional.empty()
                : Optional.of(new Speaker(
                                parts.voices(),
                                parts.breaker(),
                                parts.voiceDeadlines(),
                                outbox,
                                mailbox,
                                setup.time(),
                                new Reports(trouble))
                        .behind(FIRST_SEGMENT));
    }

    /** Says that it takes a moment. False when there is nobody to say so, or it is being said. */
    boolean moment(int turn, String words, long nowNanos) {
        if (speaker.isEmpty() || speaker.get().unsettled()) {
            return false;
        }
        say(Speech.Kind.FILLER, turn, words, nowNanos);
        return true;
    }

    void farewell(String words, long nowNanos) {
        if (speaker.isPresent()) {
            say(Speech.Kind.CLOSING, 0, words, nowNanos);
        }
    }

    private void say(Speech.Kind kind, int turn, String words, long nowNanos) {
        Speaker voice = speaker.orElseThrow();
        Speech speech = voice.begin(kind, turn, false);
        talk.agent(speech);
        voice.sayAll(speech, words, nowNanos);
    }

    /** Something is being said, or waits to be. */
    boolean busy() {
        return speaker.map(Speaker::busy).orElse(false);
    }

    /** Something is in the mouth, or thrown away and not yet accounted for. */
    boolean unsettled() {
        return speaker.map(Speaker::unsettled).orElse(false);
    }

    /** Throws away what it has to say; the mouth is flushed with it. */
    void cut(long nowNanos) {
        speaker.filter(Speaker::busy).ifPresent(voice -> voice.cut(nowNanos));
    }

    void on(PlayoutEvent event, long nowNanos) {
        speaker.ifPresent(voice -> voice.on(event, nowNanos));
    }

    void on(SpeechSignal signal, long nowNanos) {
        speaker.ifPresent(voice -> voice.on(signal, nowNanos));
    }

    void onTimer(String timer, long nowNanos) {
        speaker.ifPresent(voice -> voice.onTimer(timer, nowNanos));
    }

    void close() {
        speaker.ifPresent(Speaker::close);
    }

    private final class Reports implements Speaker.Progress {

        private final Trouble trouble;

        Reports(Trouble trouble) {
            this.trouble = trouble;
        }

        @Override
        public void firstSound(Speech speech, long atNanos) {}

        @Override
        public void started(Speech speech, long atNanos) {}

        @Override
        public void made(Speech speech, long nowNanos) {}

        @Override
        public void ended(Speech speech, long nowNanos) {
            if (speech.started()) {
                outbox.tell(
                        new ConversationNotice.AgentSpeech(speech.heard(), speech.generated(), speech.interrupted()));
            }
        }

        @Override
        public void fault(Speech speech, ProviderException failure, boolean lost, long nowNanos) {
            trouble.fault(failure);
            if (lost && speech.kind() == Speech.Kind.CLOSING) {
                trouble.mute();
            }
        }
    }
}
