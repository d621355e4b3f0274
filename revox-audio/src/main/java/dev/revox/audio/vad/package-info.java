/** Is somebody speaking? Doors: {@link VoiceActivity}, {@link VoiceActivityModel}, {@link VoiceActivityPanel}, {@link SpeechGate}; panels and gates are confined to the media loop. */
@NullMarked
package dev.revox.audio.vad;

import org.jspecify.annotations.NullMarked;
