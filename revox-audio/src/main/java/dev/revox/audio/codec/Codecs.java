package dev.revox.audio.codec;

import dev.revox.audio.codec.opus.OpusLibrary;
import java.util.List;
import java.util.Locale;

/**
 * The codecs of this house, by their encoding names in SDP.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class Codecs {

    private static final List<String> NAMES = List.of("opus", "L16/16000", "G722", "L16/8000", "PCMU", "PCMA");

    private Codecs() {}

    /** Encoding names as SDP writes them, L16 with its rate, best sounding first. */
    public static List<String> names() {
        return NAMES;
    }

    /** The name here of an encoding in SDP, which has one name for L16 at every rate. */
    public static String named(String encodingName, int clockRateHz) {
        return encodingName.equalsIgnoreCase("L16") ? "L16/" + clockRateHz : encodingName;
    }

    /**
     * A new decoder.
     *
     * @param encodingName one of {@link #names()}, in any case (RFC 4855 §3)
     */
    public static FrameDecoder decoder(String encodingName) {
        return switch (encodingName.toLowerCase(Locale.ROOT)) {
            case "pcmu" -> OctetDecoder.g711(G711.ULAW);
            case "pcma" -> OctetDecoder.g711(G711.ALAW);
            case "g722" -> OctetDecoder.g722();
            case "opus" -> new OpusFrameDecoder(OpusLibrary.chosen());
            case "l16/8000" -> OctetDecoder.l16(8000);
            case "l16/16000" -> OctetDecoder.l16(16_000);
            default -> throw unknown(encodingName);
        };
    }

    /**
     * A new encoder.
     *
     * @param encodingName one of {@link #names()}, in any case (RFC 4855 §3)
     */
    public static FrameEncoder encoder(String encodingName) {
        return encoder(encodingName, false);
    }

    /**
     * A new encoder.
     *
     * @param encodingName one of {@link #names()}, in any case (RFC 4855 §3)
     * @param discontinuous nothing need be sent for silence; only Opus knows how
     */
    public static FrameEncoder encoder(String encodingName, boolean discontinuous) {
        return switch (encodingName.toLowerCase(Locale.ROOT)) {
            case "pcmu" -> new G711Encoder(G711.ULAW);
            case "pcma" -> new G711Encoder(G711.ALAW);
            case "g722" -> new G722Encoder();
            case "opus" -> new OpusFrameEncoder(OpusLibrary.chosen(), discontinuous);
            case "l16/8000" -> new L16Encoder(8000);
            case "l16/16000" -> new L16Encoder(16_000);
            default -> throw unknown(encodingName);
        };
    }

    private static IllegalArgumentException unknown(String encodingName) {
        return new IllegalArgumentException("encodingName must be one of " + NAMES + ", was '" + encodingName + "'");
    }
}
