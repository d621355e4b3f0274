package dev.revox.bench.turns;

/** What the providers need, in ms: the recogniser for words, the model for its first token, the voice for its first sound. */
record Delays(int recogniserMs, int modelMs, int voiceMs) {

    static final Delays IDEAL = new Delays(0, 0, 0);
    static final Delays USUAL = new Delays(150, 300, 190);
}
