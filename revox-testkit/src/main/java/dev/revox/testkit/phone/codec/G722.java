package dev.revox.testkit.phone.codec;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.codec.FrameDecoder;
import dev.revox.audio.codec.FrameEncoder;
import java.nio.ByteBuffer;

/**
 * G.722, of which the telephone uses the lower half of the band. It is the product's own codec: whoever listens to what came through
 * it must not need to trust it.
 *
 * <p><b>Thread:</b> Confined to its owner's lock. <b>Spec:</b> RFC 3551 §4.5.2: its clock counts 8000, it samples at 16 kHz.
 */
final class G722 implements LineCodec {

    static final int PAYLOAD_TYPE = 9;

    private final FrameEncoder encoder = Codecs.encoder("G722");
    private final FrameDecoder decoder = Codecs.decoder("G722");
    private short last;

    @Override
    public int payloadType() {
        return PAYLOAD_TYPE;
    }

    @Override
    public void encode(short[] pcm, ByteBuffer into) {
        short[] wide = new short[2 * pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            wide[2 * i] = (short) ((last + pcm[i]) / 2);
            wide[2 * i + 1] = pcm[i];
            last = pcm[i];
        }
        byte[] bytes = new byte[wide.length];
        into.put(bytes, 0, encoder.encode(wide, 0, wide.length, bytes, 0));
    }

    @Override
    public short[] decode(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        short[] wide = new short[2 * bytes.length];
        int samples = decoder.decode(bytes, 0, bytes.length, wide, 0);
        short[] pcm = new short[samples / 2];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) ((wide[2 * i] + wide[2 * i + 1]) / 2);
        }
        return pcm;
    }
}
