package dev.revox.acceptance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What bytecode does not show: lengths, names of switched-off tests, words that do not belong into the project. */
class SourceRulesTest {

    private static final int MAX_LINES = 500;
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void the_sources_are_found() {
        assertThat(sources()).hasSizeGreaterThan(100);
    }

    @Test
    void no_source_file_is_longer_than_500_lines() {
        assertThat(sources().filter(file -> read(file).lines().count() > MAX_LINES))
                .isEmpty();
    }

    @Test
    void no_test_is_switched_off_or_sleeps() {
        String disabled = "@" + "Disabled";
        String sleep = "Thread" + ".sleep(";
        assertThat(sources()
                        .filter(file -> file.toString().contains("/src/test/"))
                        .filter(file ->
                                read(file).contains(disabled) || read(file).contains(sleep)))
                .isEmpty();
    }

    @Test
    void no_source_speaks_of_unfinished_work() {
        List<String> words = List.of("TO" + "DO", "FIX" + "ME", "X" + "XX", "not implemented " + "yet");
        assertThat(sources()
                        .filter(file -> words.stream().anyMatch(read(file)::contains))
                        .map(ROOT::relativize))
                .isEmpty();
    }

    @Test
    void no_source_names_a_place_on_one_machine() {
        String folder = "/wo" + "rk/";
        assertThat(sources().filter(file -> read(file).toLowerCase(Locale.ROOT).contains(folder)))
                .isEmpty();
    }

    private static Stream<Path> sources() {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src")).filter(Files::isDirectory).toList().stream()
                    .flatMap(SourceRulesTest::javaFiles);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
