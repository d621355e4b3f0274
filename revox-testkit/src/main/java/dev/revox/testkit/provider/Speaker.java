package dev.revox.testkit.provider;

/**
 * The voice behind the local speech servers: text to sound.
 *
 * <p><b>Thread:</b> implementations must be thread-safe; servers call it from many threads.
 */
@FunctionalInterface
public interface Speaker {

    /** The text as mono 16 bit samples at the asked rate; empty for text with nothing to say. */
    short[] speak(String text, int sampleRateHz);
}
