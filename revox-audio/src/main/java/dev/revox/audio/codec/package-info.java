/** Between RTP payloads and PCM: G.711 and Opus, with concealment of what was lost. Doors: {@link Codecs}, {@link FrameDecoder}, {@link FrameEncoder}; the only room that knows Concentus. */
@NullMarked
package dev.revox.audio.codec;

import org.jspecify.annotations.NullMarked;
