package dev.revox.testkit.provider.realtime;

import java.io.ByteArrayOutputStream;

/** What a client said since its last turn. <b>Thread:</b> one caller at a time. */
final class Spoken {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void add(byte[] more) {
        bytes.writeBytes(more);
    }

    void clear() {
        bytes.reset();
    }

    short[] take(LineSound format) {
        short[] pcm = format.decode(bytes.toByteArray());
        bytes.reset();
        return pcm;
    }
}
