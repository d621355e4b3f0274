/**
 * Opus by either of two libraries: libopus of the machine, called through the Foreign Function API, or Concentus. Door:
 * {@link dev.revox.audio.codec.opus.OpusLibrary}; what can be read from a packet without either is in
 * {@link dev.revox.audio.codec.opus.OpusPacket}. Knows nothing of RTP.
 */
@NullMarked
package dev.revox.audio.codec.opus;

import org.jspecify.annotations.NullMarked;
