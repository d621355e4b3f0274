/** Between RTP payloads and PCM: G.711 and Opus, with concealment of what was lost. Doors: {@link Codecs}, {@link FrameDecoder}, {@link FrameEncoder}. Opus itself is made in {@link dev.revox.audio.codec.opus}. */
@NullMarked
package dev.revox.audio.codec;

import org.jspecify.annotations.NullMarked;
