package dev.revox.audio.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.RevoxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

    private static final String PLATFORM = "win-x64";
    private static final Map<String, String> SMALL =
            Map.of("onnxruntime4j_jni.dll", "ae04d3135e65ce4dc97b6950470e370a26d2796fd0966ff5b90e8fe386156878");

    @TempDir
    Path folder;

    @Test
    void x14_native_code_is_unpacked_once() throws IOException {
        NativeLibrary.unpack(PLATFORM, SMALL, folder);
        Path file = folder.resolve("onnxruntime4j_jni.dll");
        assertThat(Sha256.of(Files.readAllBytes(file))).isEqualTo(SMALL.get("onnxruntime4j_jni.dll"));
        FileTime old = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(file, old);
        NativeLibrary.unpack(PLATFORM, SMALL, folder);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(old);
    }

    @Test
    void x14_a_file_that_was_changed_in_the_cache_is_replaced_from_the_jar() throws IOException {
        Path file = folder.resolve("onnxruntime4j_jni.dll");
        Files.writeString(file, "not a library");
        NativeLibrary.unpack(PLATFORM, SMALL, folder);
        assertThat(Sha256.of(Files.readAllBytes(file))).isEqualTo(SMALL.get("onnxruntime4j_jni.dll"));
    }

    @Test
    void x14_a_jar_with_other_native_code_is_refused() {
        Map<String, String> other = Map.of("onnxruntime4j_jni.dll", "0".repeat(64));
        assertThatThrownBy(() -> NativeLibrary.unpack(PLATFORM, other, folder))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("expected 0000");
        assertThat(folder.resolve("onnxruntime4j_jni.dll")).doesNotExist();
    }

    @Test
    void x14_all_pinned_files_are_those_of_the_jar_on_the_class_path() throws IOException {
        for (String platform : new String[] {"linux-x64", "linux-aarch64", "osx-aarch64", PLATFORM}) {
            Map<String, String> files = NativeLibrary.pinned(platform);
            assertThat(files).as(platform).hasSizeGreaterThanOrEqualTo(2);
            NativeLibrary.unpack(platform, files, folder.resolve(platform));
        }
    }

    @Test
    void platforms_are_named_as_the_jar_names_them() {
        assertThat(NativeLibrary.platform("Linux", "amd64")).isEqualTo("linux-x64");
        assertThat(NativeLibrary.platform("Linux", "aarch64")).isEqualTo("linux-aarch64");
        assertThat(NativeLibrary.platform("Mac OS X", "aarch64")).isEqualTo("osx-aarch64");
        assertThat(NativeLibrary.platform("Windows 11", "amd64")).isEqualTo("win-x64");
    }
}
