package dev.revox.bench.clauses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** LiveKit's way: the sentence tokenizer that its agents put before a voice, with its defaults, in a process of its own. */
final class LiveKitCutter {

    private static final String DRIVER = "livekit-clauses.mjs";

    private final ObjectMapper json = new ObjectMapper();
    private final Path installed;

    LiveKitCutter(Path installed) {
        this.installed = installed;
    }

    List<Cutting> cut(List<Reply> replies) throws IOException {
        // Node looks for packages beside the script.
        Path script = installed.resolve(DRIVER);
        try (InputStream driver = Objects.requireNonNull(LiveKitCutter.class.getResourceAsStream(DRIVER), DRIVER)) {
            Files.copy(driver, script, StandardCopyOption.REPLACE_EXISTING);
        }
        Path input = Files.createTempFile("revox-clauses", ".json");
        try {
            json.writeValue(input.toFile(), replies.stream().map(Reply::tokens).toList());
            Process process = new ProcessBuilder("node", script.toString(), input.toString())
                    .directory(installed.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return read(process, replies);
        } finally {
            Files.delete(input);
        }
    }

    private List<Cutting> read(Process process, List<Reply> replies) throws IOException {
        List<Cutting> cuttings = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode told = json.readTree(line);
                List<String> pieces = new ArrayList<>();
                told.get("pieces").forEach(piece -> pieces.add(piece.asText()));
                cuttings.add(new Cutting(
                        replies.get(cuttings.size()), told.get("first").asInt(), pieces));
            }
        }
        if (cuttings.size() != replies.size()) {
            throw new IOException("the peer cut " + cuttings.size() + " of " + replies.size() + " replies");
        }
        return cuttings;
    }
}
