package dev.revox.acceptance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What bytecode does not show: lengths, names of switched-off tests, words that do not belong into the project. */
class SourceRulesTest {

    private static final int MAX_LINES = 500;
    private static final int MAX_ROOM_TYPES = 12;
    private static final int MAX_ROOM_LINES = 1200;
    private static final int MAX_METHOD_LINES = 60;

    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:[a-z-]+ )*(?:class|interface|enum|record|@interface) \\w+");

    /** The first line of a method or constructor, of a class or of one nested in it, as the formatter lays it out. */
    private static final Pattern METHOD = Pattern.compile("(?: {4}| {8}(?=[^(]*\\w [^(]*\\())"
            + "(?! |(?:if|for|while|switch|catch|try|else|return|throw|new|case|do|synchronized|record)\\b)"
            + "(?:[\\w<>\\[\\], .?@&]+ )?\\w+\\((?:[^=;]*[{(,])?");

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
    void no_room_has_more_than_12_types_or_1200_lines() {
        Map<String, List<Path>> rooms = rooms();
        assertThat(rooms).containsKeys("dev.revox", "dev.revox.order", "dev.revox.audio");
        assertThat(rooms.keySet().stream().filter(room -> tooLarge(rooms.getOrDefault(room, List.of()))))
                .isEmpty();
    }

    @Test
    void no_method_of_the_library_is_longer_than_60_lines() {
        assertThat(rooms().values().stream().flatMap(List::stream).flatMap(SourceRulesTest::longMethods))
                .isEmpty();
    }

    @Test
    void a_method_of_61_lines_is_found() {
        String body = "        int a = 1;\n";
        String method = "    private static int tall(\n            int at) {\n" + body.repeat(58) + "    }\n";

        assertThat(longMethods(method.lines().toList())).hasSize(1);
        assertThat(longMethods(method.replaceFirst(body, "").lines().toList())).isEmpty();
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
    void the_library_prints_nothing_past_its_loggers() {
        Pattern prints = Pattern.compile("printStack" + "Trace\\(|System\\.(?:out|err)\\b");
        List<Path> library = sources()
                .filter(file -> file.toString().matches(".*/revox-(?!testkit|acceptance)[a-z-]+/src/main/.*"))
                .toList();

        assertThat(library).hasSizeGreaterThan(100);
        assertThat(library.stream()
                        .filter(file -> prints.matcher(read(file)).find())
                        .map(ROOT::relativize))
                .isEmpty();
    }

    @Test
    void no_source_names_a_place_on_one_machine() {
        String folder = "/wo" + "rk/";
        assertThat(sources().filter(file -> read(file).toLowerCase(Locale.ROOT).contains(folder)))
                .isEmpty();
    }

    /** The files of each room's main code, without {@code package-info}. */
    private static Map<String, List<Path>> rooms() {
        return sources()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .filter(file -> !file.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(SourceRulesTest::room));
    }

    private static String room(Path file) {
        Path folder = Objects.requireNonNull(file.getParent());
        String path = folder.toString();
        return path.substring(path.indexOf("/java/") + "/java/".length()).replace('/', '.');
    }

    private static boolean tooLarge(List<Path> files) {
        long types = files.stream()
                .mapToLong(file -> TYPE.matcher(read(file)).results().count())
                .sum();
        long lines =
                files.stream().mapToLong(file -> read(file).lines().count()).sum();
        return types > MAX_ROOM_TYPES || lines > MAX_ROOM_LINES;
    }

    private static Stream<String> longMethods(Path file) {
        return longMethods(read(file).lines().toList()).map(found -> ROOT.relativize(file) + ": " + found);
    }

    /** Methods from their first line to the brace that closes them, which stands where the method begins. */
    private static Stream<String> longMethods(List<String> lines) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String first = lines.get(i);
            if (METHOD.matcher(first).matches() && hasBody(lines, i)) {
                String last = first.substring(0, first.indexOf(first.strip())) + "}";
                int length = lines.subList(i, lines.size()).indexOf(last) + 1;
                if (length > MAX_METHOD_LINES) {
                    found.add(first.strip() + " has " + length + " lines");
                }
            }
        }
        return found.stream();
    }

    private static boolean hasBody(List<String> lines, int from) {
        return lines.subList(from, lines.size()).stream()
                .filter(line -> line.endsWith("{") || line.endsWith(";"))
                .findFirst()
                .filter(line -> line.endsWith("{"))
                .isPresent();
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
