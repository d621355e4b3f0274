package dev.revox.sip.sdp;

import java.util.Optional;

/**
 * An audio encoding that Revox can send and receive.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3551 §6 (static payload types), §4.5.11 (L16), RFC 7587 (Opus is always 48000/2).
 */
public enum AudioCodec {
    PCMU("PCMU", 0, 8000, 1, ""),
    PCMA("PCMA", 8, 8000, 1, ""),
    /** Wide band at 16 kHz, on an RTP clock of 8000 by a mistake that is now the rule (RFC 3551 §4.5.2). */
    G722("G722", 9, 8000, 1, ""),
    OPUS("opus", 111, 48000, 2, "minptime=10;useinbandfec=1"),
    /** Samples as they are, 128 kbit/s: for machines on the same network. */
    L16_8KHZ("L16", 112, 8000, 1, ""),
    /** The same in wide band, 256 kbit/s; packets of up to 40 ms. */
    L16_16KHZ("L16", 113, 16000, 1, "");

    private final String encodingName;
    private final int defaultPayloadType;
    private final int clockRateHz;
    private final int channels;
    private final String formatParameters;

    AudioCodec(String encodingName, int defaultPayloadType, int clockRateHz, int channels, String formatParameters) {
        this.encodingName = encodingName;
        this.defaultPayloadType = defaultPayloadType;
        this.clockRateHz = clockRateHz;
        this.channels = channels;
        this.formatParameters = formatParameters;
    }

    public String encodingName() {
        return encodingName;
    }

    public int clockRateHz() {
        return clockRateHz;
    }

    int defaultPayloadType() {
        return defaultPayloadType;
    }

    String formatParameters() {
        return formatParameters;
    }

    String rtpmap() {
        return encodingName + "/" + clockRateHz + (channels > 1 ? "/" + channels : "");
    }

    static Optional<AudioCodec> of(PayloadFormat format) {
        for (AudioCodec codec : values()) {
            if (codec.encodingName.equalsIgnoreCase(format.encodingName())
                    && codec.clockRateHz == format.clockRateHz()
                    && codec.channels == format.channels()) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }
}
