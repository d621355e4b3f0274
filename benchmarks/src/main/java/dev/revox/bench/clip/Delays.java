package dev.revox.bench.clip;

/** What the providers need, in ms: the recogniser for words, the model for its first token, the voice for its first sound. */
public record Delays(int recogniserMs, int modelMs, int voiceMs) {

    public static final Delays IDEAL = new Delays(0, 0, 0);
    public static final Delays USUAL = new Delays(150, 300, 190);
}
