package dev.revox.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A script of ours for Node.js, run where its packages are installed. */
public final class NodeScript {

    private NodeScript() {}

    /**
     * Runs a script to its end.
     *
     * @param installed folder with the packages; Node looks for them beside the script, so it is copied there
     * @param room a class beside which the script lies as a resource
     * @return the lines that it printed
     */
    public static List<String> run(Path installed, Class<?> room, String name, List<String> arguments)
            throws IOException {
        Path script = installed.resolve(name);
        try (InputStream source = Objects.requireNonNull(room.getResourceAsStream(name), name)) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>(List.of("node", script.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(installed.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            return lines.lines().toList();
        } finally {
            process.destroy();
        }
    }
}
