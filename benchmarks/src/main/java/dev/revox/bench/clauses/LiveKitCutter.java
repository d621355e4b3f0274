package dev.revox.bench.clauses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.revox.bench.peer.NodeScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** LiveKit's way: the sentence tokenizer that its agents put before a voice, with its defaults, in a process of its own. */
final class LiveKitCutter {

    private static final String DRIVER = "livekit-clauses.mjs";

    private final ObjectMapper json = new ObjectMapper();
    private final Path installed;

    LiveKitCutter(Path installed) {
        this.installed = installed;
    }

    List<Cutting> cut(List<Reply> replies) throws IOException {
        Path input = Files.createTempFile("revox-clauses", ".json");
        try {
            json.writeValue(input.toFile(), replies.stream().map(Reply::tokens).toList());
            return read(NodeScript.run(installed, LiveKitCutter.class, DRIVER, List.of(input.toString())), replies);
        } finally {
            Files.delete(input);
        }
    }

    private List<Cutting> read(List<String> lines, List<Reply> replies) throws IOException {
        List<Cutting> cuttings = new ArrayList<>();
        for (String line : lines) {
            JsonNode told = json.readTree(line);
            List<String> pieces = new ArrayList<>();
            told.get("pieces").forEach(piece -> pieces.add(piece.asText()));
            cuttings.add(
                    new Cutting(replies.get(cuttings.size()), told.get("first").asInt(), pieces));
        }
        if (cuttings.size() != replies.size()) {
            throw new IOException("the peer cut " + cuttings.size() + " of " + replies.size() + " replies");
        }
        return cuttings;
    }
}
