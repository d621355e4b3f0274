package dev.revox.audio.codec;

/**
 * One companding law of G.711 as two tables: a byte for each of the 65536 samples, a sample for each of the 256 bytes.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> ITU-T G.711 tables 1a to 2b; both laws get their samples left-justified in 16
 * bits, as RFC 3551 §4.5.14 assumes.
 */
public final class G711 {

    /** The law of North America and Japan, {@code PCMU}. */
    public static final G711 ULAW = new G711(true);

    /** The law of the rest of the world, {@code PCMA}. */
    public static final G711 ALAW = new G711(false);

    private static final int ULAW_BIAS = 132;
    private static final int ULAW_CLIP = 32635;

    private final byte[] encoded = new byte[65536];
    private final short[] decoded = new short[256];

    private G711(boolean ulaw) {
        for (int code = 0; code < 256; code++) {
            decoded[code] = (short) (ulaw ? ulawSample(code) : alawSample(code));
        }
        for (int sample = -32768; sample <= 32767; sample++) {
            encoded[sample & 0xFFFF] = (byte) (ulaw ? ulawCode(sample) : alawCode(sample));
        }
    }

    /** The byte of a sample. */
    public byte encode(short sample) {
        return encoded[sample & 0xFFFF];
    }

    /** The sample of a byte. */
    public short decode(byte code) {
        return decoded[code & 0xFF];
    }

    /** The byte that stands for silence: 0xFF in µ-law, 0xD5 in A-law. */
    public byte silence() {
        return encoded[0];
    }

    private static int ulawCode(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), ULAW_CLIP) + ULAW_BIAS;
        int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
        int interval = (magnitude >> (segment + 3)) & 0x0F;
        return ~(sign | segment << 4 | interval) & 0xFF;
    }

    private static int ulawSample(int code) {
        int bits = ~code;
        int segment = (bits >> 4) & 0x07;
        int magnitude = ((((bits & 0x0F) << 3) + ULAW_BIAS) << segment) - ULAW_BIAS;
        return (bits & 0x80) != 0 ? -magnitude : magnitude;
    }

    private static int alawCode(int sample) {
        // 12 bits of magnitude; a negative sample is counted from -1 down, so that both zeros have their own code.
        int sign = sample < 0 ? 0 : 0x80;
        int magnitude = (sample < 0 ? ~sample : sample) >> 4;
        int code = magnitude;
        if (magnitude >= 32) {
            int segment = 28 - Integer.numberOfLeadingZeros(magnitude);
            code = segment << 4 | ((magnitude >> (segment - 1)) & 0x0F);
        }
        return (sign | code) ^ 0x55;
    }

    private static int alawSample(int code) {
        int bits = code ^ 0x55;
        int segment = (bits >> 4) & 0x07;
        int magnitude = (bits & 0x0F) << 4;
        if (segment == 0) {
            magnitude += 8;
        } else {
            magnitude = (magnitude + 0x108) << (segment - 1);
        }
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }
}
