package dev.revox.testkit.provider;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Samples as providers send them. */
public final class Pcm {

    private static final int PIECES_PER_SECOND = 10;

    private Pcm() {}

    /** Little-endian bytes, in pieces of a tenth of a second. */
    public static List<byte[]> pieces(short[] pcm, int sampleRateHz) {
        int pieceSamples = sampleRateHz / PIECES_PER_SECOND;
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < pcm.length; from += pieceSamples) {
            int samples = Math.min(pieceSamples, pcm.length - from);
            ByteBuffer piece = ByteBuffer.allocate(samples * 2).order(ByteOrder.LITTLE_ENDIAN);
            piece.asShortBuffer().put(pcm, from, samples);
            pieces.add(piece.array());
        }
        return pieces;
    }
}
