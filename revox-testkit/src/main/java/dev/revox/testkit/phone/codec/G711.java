package dev.revox.testkit.phone.codec;

import java.nio.ByteBuffer;

/**
 * The two laws of G.711, by decision tables that are filled from their decoders.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> ITU-T G.711; payload types 0 and 8 of RFC 3551 §6.
 */
public enum G711 implements LineCodec {
    PCMU(0) {
        @Override
        int expand(int code) {
            int bits = ~code & 0xFF;
            int magnitude = ((((bits & 0x0F) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84;
            return (bits & 0x80) != 0 ? -magnitude : magnitude;
        }
    },
    PCMA(8) {
        @Override
        int expand(int code) {
            int bits = code ^ 0x55;
            int segment = (bits & 0x70) >> 4;
            int magnitude = ((bits & 0x0F) << 4) + 8;
            if (segment > 0) {
                magnitude = (magnitude + 0x100) << (segment - 1);
            }
            return (bits & 0x80) != 0 ? magnitude : -magnitude;
        }
    };

    private final int payloadType;
    private final short[] decoded = new short[256];
    private final byte[] encoded = new byte[65536];

    G711(int payloadType) {
        this.payloadType = payloadType;
        for (int code = 0; code < 256; code++) {
            decoded[code] = (short) expand(code);
        }
        // Nearest code for each sample: slow to fill, but it cannot disagree with the decoder.
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            encoded[sample & 0xFFFF] = (byte) nearest(sample);
        }
    }

    abstract int expand(int code);

    private int nearest(int sample) {
        int best = 0;
        for (int code = 1; code < 256; code++) {
            if (Math.abs(decoded[code] - sample) < Math.abs(decoded[best] - sample)) {
                best = code;
            }
        }
        return best;
    }

    @Override
    public int payloadType() {
        return payloadType;
    }

    public short decode(byte code) {
        return decoded[code & 0xFF];
    }

    public byte encode(short sample) {
        return encoded[sample & 0xFFFF];
    }

    @Override
    public void encode(short[] pcm, ByteBuffer into) {
        for (short sample : pcm) {
            into.put(encode(sample));
        }
    }

    @Override
    public short[] decode(ByteBuffer payload) {
        short[] pcm = new short[payload.remaining()];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = decode(payload.get());
        }
        return pcm;
    }
}
