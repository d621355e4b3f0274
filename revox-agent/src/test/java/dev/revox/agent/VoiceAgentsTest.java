package dev.revox.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.RevoxException;
import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.realtime.RealtimeDeadlines;
import dev.revox.agent.stream.Cancellable;
import dev.revox.assistant.LlmModel;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.conversation.VoiceAgent;
import dev.revox.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VoiceAgentsTest {

    private static final LlmModel.Realtime REALTIME =
            new LlmModel.Realtime(LlmModel.RealtimeProvider.OPENAI, "gpt-realtime", Optional.empty());

    @Test
    void a_missing_provider_is_named_with_its_remedy() {
        assertThatThrownBy(() -> VoiceAgents.builder().build())
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("languageModel(");
    }

    @Test
    void a_key_for_open_ai_is_enough() {
        try (VoiceAgent agent =
                VoiceAgents.builder().openAi(Secret.of("canary-key")).build()) {
            assertThat(agent.toString()).doesNotContain("canary");
            assertThat(agent.analyzer()).isNotNull();
        }
    }

    @Test
    void a_voice_without_its_provider_is_named_with_its_remedy() {
        assertThatThrownBy(() -> new Voices(
                        Map.of(), Optional.empty(), Optional.of(Voice.of(VoiceProvider.CARTESIA, "v")), List.of()))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("defaultVoice")
                .hasMessageContaining("textToSpeech(VoiceProvider.CARTESIA");
    }

    @Test
    void the_model_of_a_call_comes_before_those_that_take_over() {
        LanguageModel wanted = named("wanted");
        LanguageModel fallback = named("fallback");
        Models models = new Models(List.of(fallback), Optional.of(model -> wanted));

        assertThat(models.forCall(Optional.of(LlmModel.Dedicated.GPT_4_1))).containsExactly(wanted, fallback);
        assertThat(models.forCall(Optional.empty())).containsExactly(fallback);
    }

    @Test
    void what_a_realtime_model_talked_about_is_analysed_by_one_that_writes() {
        LanguageModel writes = named("writes");
        Models models = new Models(List.of(writes), Optional.of(model -> named("never")));

        assertThat(models.forCall(Optional.of(REALTIME))).containsExactly(writes);
    }

    @Test
    void a_realtime_model_without_a_key_names_what_to_call() {
        RealtimeModels none = new RealtimeModels(Map.of(), RealtimeDeadlines.DEFAULT);

        assertThatThrownBy(() -> none.of(REALTIME))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("llm_model")
                .hasMessageContaining("VoiceAgents.builder().openAi(key)");
    }

    @Test
    void a_key_for_realtime_models_is_enough_for_an_agent() {
        VoiceAgents.builder().google(Secret.of("sk-none")).build().close();
    }

    private record Nothing() {}

    @Test
    void tools_of_one_name_or_of_a_built_in_name_are_refused_where_the_agent_is_made() {
        VoiceAgents.Builder agent =
                VoiceAgents.builder().tool("find_table", "Finds a table.", Nothing.class, (nothing, call) -> "yes");

        assertThatThrownBy(() -> agent.tool("find_table", "Finds another.", Nothing.class, (nothing, call) -> "no"))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("find_table");
        for (String builtIn : List.of("end_call", "send_dtmf", "skip_turn", "send_sms", "transfer_to_human")) {
            assertThatThrownBy(() -> agent.tool(builtIn, "Does it too.", Nothing.class, (nothing, call) -> "no"))
                    .isInstanceOf(RevoxException.class)
                    .hasMessageContaining(builtIn);
        }
    }

    private static LanguageModel named(String name) {
        return new LanguageModel() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Cancellable stream(ChatRequest request, LanguageModel.Sink sink) {
                return () -> {};
            }
        };
    }
}
