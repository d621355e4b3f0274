package dev.revox.audio.onnx;

import java.io.IOException;
import java.net.URI;

/**
 * The fetching of a published file.
 *
 * <p><b>Thread:</b> Thread-safe; blocks.
 */
@FunctionalInterface
interface Download {

    /** The whole body, never more than {@code maxBytes}. */
    byte[] fetch(URI source, int maxBytes) throws IOException;
}
