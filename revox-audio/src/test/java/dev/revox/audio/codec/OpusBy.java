package dev.revox.audio.codec;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.revox.audio.codec.opus.OpusLibrary;

/** The two libraries that every test of Opus runs on; libopus' are skipped, and say why, where it is not installed. */
enum OpusBy {
    CONCENTUS,
    LIBOPUS;

    OpusLibrary library() {
        if (this == CONCENTUS) {
            return OpusLibrary.concentus();
        }
        assumeTrue(
                OpusLibrary.libopus().isPresent(),
                "libopus (Debian package libopus0) cannot be used: " + OpusLibrary.libopusProblem());
        return OpusLibrary.libopus().orElseThrow();
    }

    FrameDecoder decoder() {
        return new OpusFrameDecoder(library());
    }

    FrameEncoder encoder() {
        return new OpusFrameEncoder(library(), false);
    }

    FrameEncoder discontinuousEncoder() {
        return new OpusFrameEncoder(library(), true);
    }
}
