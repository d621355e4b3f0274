package dev.revox.testkit.phone.codec;

import java.nio.ByteBuffer;
import java.util.Optional;

/** What one direction of a call is coded with; the telephone itself works at 8 kHz. <b>Thread:</b> Confined to its owner's lock. */
public interface LineCodec {

    int payloadType();

    void encode(short[] pcm, ByteBuffer into);

    short[] decode(ByteBuffer payload);

    /** A codec in its first state, by its static payload type (RFC 3551 §6). */
    static Optional<LineCodec> of(int payloadType) {
        return switch (payloadType) {
            case 0 -> Optional.of(G711.PCMU);
            case 8 -> Optional.of(G711.PCMA);
            case G722.PAYLOAD_TYPE -> Optional.of(new G722());
            default -> Optional.empty();
        };
    }
}
