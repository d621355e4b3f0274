package dev.revox.acceptance.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.revox.CallEngine;
import dev.revox.RevoxException;
import dev.revox.audio.onnx.ModelSpec;
import dev.revox.secret.Secret;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipSettings;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.provider.ChatScript;
import dev.revox.testkit.provider.LocalProviders;
import dev.revox.testkit.recognise.PhraseRecogniser;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.ClipVoice;
import dev.revox.time.SystemTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine starts with the model file that was pinned, and with no other. */
class TamperedModelLoopbackIT {

    private static final String SETTING = "REVOX_MODELS";
    private static final ModelSpec SILERO = ModelSpec.SILERO_VAD;

    @TempDir
    Path folder;

    private final String before = System.getProperty(SETTING, "");
    private final SystemTime time = SystemTime.start();
    private final LocalProviders providers = LocalProviders.start(
            time,
            Secret.of("sk-local"),
            request -> ChatScript.Answer.text(""),
            ClipVoice.of(ClipSet.agent()),
            PhraseRecogniser.of(ClipSet.caller()));

    @BeforeEach
    void models_folder_is_our_own() {
        System.setProperty(SETTING, folder.toString());
    }

    @AfterEach
    void models_folder_is_given_back() {
        if (before.isEmpty()) {
            System.clearProperty(SETTING);
        } else {
            System.setProperty(SETTING, before);
        }
        providers.close();
        time.close();
    }

    @Test
    void x16_another_file_under_the_models_name_stops_the_engine_with_what_to_do() throws IOException {
        Files.writeString(folder.resolve(SILERO.fileName()), "not the network that was asked for");

        assertThatThrownBy(this::engine)
                .isInstanceOfSatisfying(
                        RevoxException.class,
                        refusal -> assertThat(refusal.retryable()).isFalse())
                .hasMessageContaining(SILERO.fileName())
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("expected " + SILERO.sha256())
                .hasMessageContaining("replace or remove it");
    }

    @Test
    void x16_one_changed_bit_is_enough_and_the_right_file_is_taken() throws IOException {
        Path original = Path.of(before.isEmpty() ? System.getenv().getOrDefault(SETTING, "") : before)
                .resolve(SILERO.fileName());
        assumeTrue(Files.exists(original), "REVOX_MODELS does not name a folder with " + SILERO.fileName());
        byte[] bytes = Files.readAllBytes(original);
        Files.write(folder.resolve(SILERO.fileName()), bytes);
        try (CallEngine engine = engine()) {
            assertThat(engine.get("no such order")).isEmpty();
        }

        bytes[bytes.length / 2] ^= 1;
        Files.write(folder.resolve(SILERO.fileName()), bytes);
        assertThatThrownBy(this::engine).hasMessageContaining("expected " + SILERO.sha256());
    }

    /** As a host builds it: the line finds its voice activity model itself. */
    private CallEngine engine() {
        return CallEngine.builder()
                .line(SipCallLine.builder()
                        .trunk(SipTrunk.of("sip:127.0.0.1:9").name("none"))
                        .settings(SipSettings.DEFAULT.withBindAddress("127.0.0.1"))
                        .build())
                .agent(providers.agent().build())
                .build();
    }
}
