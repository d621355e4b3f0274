package dev.revox.testkit.provider.realtime;

import dev.revox.testkit.phone.codec.G711;
import dev.revox.testkit.provider.Pcm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Sound in the formats of the Realtime API. */
enum LineSound {
    PCM(24_000),
    PCMU(8000),
    PCMA(8000);

    final int rateHz;

    LineSound(int rateHz) {
        this.rateHz = rateHz;
    }

    static LineSound of(String type) {
        return switch (type) {
            case "audio/pcmu" -> PCMU;
            case "audio/pcma" -> PCMA;
            default -> PCM;
        };
    }

    short[] decode(byte[] bytes) {
        if (this == PCM) {
            short[] pcm = new short[bytes.length / 2];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(pcm);
            return pcm;
        }
        short[] pcm = new short[bytes.length];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = law().decode(bytes[i]);
        }
        return pcm;
    }

    /** In pieces of a tenth of a second. */
    List<byte[]> encode(short[] pcm) {
        if (this == PCM) {
            return Pcm.pieces(pcm, rateHz);
        }
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < pcm.length; from += rateHz / 10) {
            byte[] piece = new byte[Math.min(rateHz / 10, pcm.length - from)];
            for (int i = 0; i < piece.length; i++) {
                piece[i] = law().encode(pcm[from + i]);
            }
            pieces.add(piece);
        }
        return pieces;
    }

    private G711 law() {
        return this == PCMA ? G711.PCMA : G711.PCMU;
    }
}
