package dev.revox.agent.realtime.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.media.MediaFormat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiSessionTest {

    private static final class Heard implements RealtimeModel.Sink {

        final List<MediaFormat> sounds = new ArrayList<>();
        final List<ProviderException> losses = new ArrayList<>();

        @Override
        public void opened() {}

        @Override
        public void userSaid(int turn, String text, boolean complete) {}

        @Override
        public void audio(int response, String item, MediaFormat format, short[] pcm, int offset, int samples) {
            sounds.add(format);
        }

        @Override
        public void text(int response, String item, String delta) {}

        @Override
        public void toolCall(int response, ToolCall call) {}

        @Override
        public void done(int response) {}

        @Override
        public void failed(int response, ProviderException failure) {}

        @Override
        public void lost(ProviderException failure) {
            losses.add(failure);
        }
    }

    private final Heard heard = new Heard();

    private void sound(String mimeType) {
        GeminiSession session = new GeminiSession("gemini-live", heard);
        session.text("{\"setupComplete\":{}}");
        session.respond(1, new RealtimeModel.Prompt.Answer());
        session.text("{\"serverContent\":{\"modelTurn\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"" + mimeType
                + "\",\"data\":\"AAAAAA==\"}}]}}}");
    }

    @Test
    void sound_comes_at_the_rate_that_it_names() {
        sound("audio/pcm;rate=16000");

        assertThat(heard.sounds).containsExactly(MediaFormat.pcm(16_000));
        assertThat(heard.losses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio/pcm;rate=99999", "audio/pcm;rate=1000", "audio/pcm;rate=11025", "audio/ogg", ""})
    void sound_that_nobody_can_play_loses_the_session(String mimeType) {
        sound(mimeType);

        assertThat(heard.sounds).isEmpty();
        assertThat(heard.losses).extracting(ProviderException::kind).containsExactly(Kind.PROTOCOL);
    }
}
