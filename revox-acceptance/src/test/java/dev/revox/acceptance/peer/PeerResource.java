package dev.revox.acceptance.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A configuration or scenario among this module's test resources. */
final class PeerResource {

    private PeerResource() {}

    static String text(String name) {
        try (InputStream resource = PeerResource.class.getResourceAsStream("/peer/" + name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the test resources");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
