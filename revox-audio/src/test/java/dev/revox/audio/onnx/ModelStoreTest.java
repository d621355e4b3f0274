package dev.revox.audio.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.RevoxException;
import dev.revox.audio.speech.Speech;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {

    private static final byte[] GOOD = "a network".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BAD = "a netwOrk".getBytes(StandardCharsets.UTF_8);
    private static final ModelSpec SPEC = new ModelSpec(
            "tiny.onnx",
            Sha256.of(GOOD),
            URI.create("https://models.example/tiny.onnx"),
            URI.create("https://models.example/LICENSE"));

    @TempDir
    Path folder;

    private String before = "";

    @BeforeEach
    void models_folder_is_our_own() throws IOException {
        before = System.getProperty("REVOX_MODELS", "");
        System.setProperty(
                "REVOX_MODELS",
                Files.createDirectory(folder.resolve("models-setting")).toString());
    }

    @AfterEach
    void models_folder_is_given_back() {
        if (before.isEmpty()) {
            System.clearProperty("REVOX_MODELS");
        } else {
            System.setProperty("REVOX_MODELS", before);
        }
    }

    private ModelStore.Builder store() {
        return ModelStore.builder().cacheFolder(folder.resolve("cache"));
    }

    private Path put(String place, byte[] bytes) throws IOException {
        Path file = folder.resolve(place).resolve("tiny.onnx");
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    @Test
    void a_model_that_is_nowhere_is_not_found_and_nothing_is_downloaded() {
        assertThat(store().build().find(SPEC)).isEmpty();
        assertThat(store().build().places(SPEC)).contains("models-setting").contains("downloading is not allowed");
    }

    @Test
    void places_are_searched_in_their_order() throws Exception {
        Path cached = put("cache/models", GOOD);
        assertThat(store().build().find(SPEC).orElseThrow().path()).contains(cached);

        put("jar/dev/revox/models", GOOD);
        try (URLClassLoader jar =
                new URLClassLoader(new URL[] {folder.resolve("jar").toUri().toURL()}, null)) {
            assertThat(store().classLoader(jar).build().find(SPEC).orElseThrow().origin())
                    .isEqualTo("the class path");

            Path inFolder = put("models-setting", GOOD);
            assertThat(store().classLoader(jar).build().find(SPEC).orElseThrow().path())
                    .contains(inFolder);
        }
        ModelFile streamed = store().stream(SPEC, () -> new ByteArrayInputStream(GOOD))
                .build()
                .find(SPEC)
                .orElseThrow();
        assertThat(streamed.origin()).isEqualTo("the given stream");
        assertThat(streamed.path()).isEmpty();

        Path named = put("elsewhere", GOOD);
        assertThat(store().stream(SPEC, () -> new ByteArrayInputStream(GOOD))
                        .file(SPEC, named)
                        .build()
                        .find(SPEC)
                        .orElseThrow()
                        .path())
                .contains(named);
    }

    @Test
    void x16_a_file_with_another_hash_is_a_clear_error_wherever_it_lies() throws IOException {
        Path named = put("elsewhere", BAD);
        assertThatThrownBy(() -> store().file(SPEC, named).build().find(SPEC))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining(named.toString())
                .hasMessageContaining(SPEC.sha256())
                .hasMessageContaining(Sha256.of(BAD));
        assertThatThrownBy(() -> store().stream(SPEC, () -> new ByteArrayInputStream(BAD))
                        .build()
                        .find(SPEC))
                .hasMessageContaining("given stream");
        put("cache/models", BAD);
        assertThatThrownBy(() -> store().build().find(SPEC)).hasMessageContaining("cache folder");
        put("models-setting", BAD);
        assertThatThrownBy(() -> store().build().find(SPEC)).hasMessageContaining("REVOX_MODELS");
    }

    @Test
    void a_named_file_that_does_not_exist_is_an_error() {
        Path absent = folder.resolve("absent.onnx");
        assertThatThrownBy(() -> store().file(SPEC, absent).build().find(SPEC))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("absent.onnx");
    }

    @Test
    void an_allowed_download_happens_once_and_keeps_the_licence_beside_the_model() throws IOException {
        List<URI> fetched = new ArrayList<>();
        ModelStore store = store().download((source, maxBytes) -> {
                    fetched.add(source);
                    return source.equals(SPEC.source()) ? GOOD : "MIT".getBytes(StandardCharsets.UTF_8);
                })
                .build();
        assertThat(store.find(SPEC).orElseThrow().origin())
                .isEqualTo(SPEC.source().toString());
        assertThat(store.find(SPEC).orElseThrow().origin()).contains("cache");
        assertThat(fetched).containsExactly(SPEC.source(), SPEC.licence());
        try (var files = Files.list(folder.resolve("cache/models"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("tiny.onnx", "tiny.onnx.LICENSE.txt");
        }
    }

    @Test
    void x16_a_download_with_another_hash_is_refused_and_not_kept() {
        ModelStore store = store().download((source, maxBytes) -> BAD).build();
        assertThatThrownBy(() -> store.find(SPEC)).hasMessageContaining("SHA-256");
        assertThat(folder.resolve("cache/models/tiny.onnx")).doesNotExist();
    }

    @Test
    void a_failed_download_says_where_from_and_may_be_tried_again() {
        ModelStore store = store().download((source, maxBytes) -> {
                    throw new IOException("no route");
                })
                .build();
        assertThatThrownBy(() -> store.find(SPEC))
                .isInstanceOfSatisfying(
                        RevoxException.class, e -> assertThat(e.retryable()).isTrue())
                .hasMessageContaining("models.example")
                .hasMessageContaining("no route");
    }

    @Test
    void the_real_model_has_its_pinned_hash() {
        String root = before.isEmpty() ? Speech.environment("REVOX_MODELS") : before;
        Path file = Path.of(root, ModelSpec.SILERO_VAD.fileName());
        Assumptions.assumeTrue(
                !root.isEmpty() && Files.exists(file), "needs REVOX_MODELS with " + ModelSpec.SILERO_VAD.fileName());
        ModelStore store = store().file(ModelSpec.SILERO_VAD, file).build();
        assertThat(store.find(ModelSpec.SILERO_VAD).orElseThrow().path()).contains(file);
    }

    @Test
    void specs_are_checked() {
        URI any = URI.create("https://models.example/");
        assertThatThrownBy(() -> new ModelSpec("../x.onnx", SPEC.sha256(), any, any))
                .hasMessageContaining("fileName");
        assertThatThrownBy(() -> new ModelSpec("x.onnx", "abc", any, any)).hasMessageContaining("sha256");
    }
}
