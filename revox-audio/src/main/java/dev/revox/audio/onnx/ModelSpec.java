package dev.revox.audio.onnx;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Which model is meant: its file, what the file's bytes must be, and where its authors publish it.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param fileName plain file name
 * @param sha256 of the file, in lower-case hexadecimal
 * @param source where to download it from, at a pinned version
 * @param licence where the licence that goes with it lies
 */
public record ModelSpec(String fileName, String sha256, URI source, URI licence) {

    // Before the constants below, whose checks need them.
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private static final String SILERO = "https://raw.githubusercontent.com/snakers4/silero-vad/v6.2.1/";

    /** Silero VAD (MIT, Silero Team): for 8 and 16 kHz. */
    public static final ModelSpec SILERO_VAD = new ModelSpec(
            "silero_vad.onnx",
            "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3",
            URI.create(SILERO + "src/silero_vad/data/silero_vad.onnx"),
            URI.create(SILERO + "LICENSE"));

    public ModelSpec {
        if (!PLAIN_NAME.matcher(fileName).matches()) {
            throw new IllegalArgumentException("fileName must be a plain file name, was '" + fileName + "'");
        }
        if (!SHA_256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256 must be 64 lower-case hexadecimal digits, was '" + sha256 + "'");
        }
    }

    String licenceFileName() {
        return fileName + ".LICENSE.txt";
    }
}
