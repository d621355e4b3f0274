package dev.revox.audio.onnx;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A model whose bytes were found and are what they should be.
 *
 * <p><b>Thread:</b> Immutable, as long as nobody writes into the bytes.
 *
 * @param bytes the file, exactly as it was checked
 * @param path where it lies; empty for streams and class-path resources
 * @param origin where it was found, in words
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data; compared by nobody.
public record ModelFile(ModelSpec spec, byte[] bytes, Optional<Path> path, String origin) {}
