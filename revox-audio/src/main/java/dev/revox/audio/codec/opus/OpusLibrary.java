package dev.revox.audio.codec.opus;

import java.util.Optional;

/**
 * Where decoders and encoders come from: libopus where the machine has it, else Concentus.
 *
 * <p>The system property {@value #PROPERTY} says {@code auto}, the default, or {@code off} for Concentus always. Which one it
 * is is said once in the log.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public abstract sealed class OpusLibrary {

    /** The system property that chooses: {@value}. */
    public static final String PROPERTY = "revox.audio.libopus";

    private static final System.Logger LOG = System.getLogger("dev.revox.audio.codec");
    private static final OpusLibrary CONCENTUS = new Concentus();

    private OpusLibrary() {}

    /** The library of all calls of this JVM. */
    public static OpusLibrary chosen() {
        return Chosen.LIBRARY;
    }

    /** The port of libopus to Java; always there. */
    public static OpusLibrary concentus() {
        return CONCENTUS;
    }

    /** The machine's own libopus; empty where it cannot be used, which {@link #libopusProblem()} explains. */
    public static Optional<OpusLibrary> libopus() {
        return libopusProblem().isEmpty() ? Optional.of(new Libopus()) : Optional.empty();
    }

    /** Why libopus cannot be used; empty where it can. */
    public static String libopusProblem() {
        return LibopusCalls.PROBLEM;
    }

    /** The library's name and version. */
    public abstract String name();

    /** A new decoder. */
    public abstract OpusDecoding decoder(int sampleRateHz);

    /** A new encoder. */
    public abstract OpusEncoding encoder(OpusVoice voice);

    static OpusLibrary choose(String setting) {
        if (setting.equals("off")) {
            LOG.log(System.Logger.Level.INFO, "Opus by {0}: {1} is off", CONCENTUS.name(), PROPERTY);
            return CONCENTUS;
        }
        if (!setting.equals("auto")) {
            LOG.log(System.Logger.Level.WARNING, "{0} must be auto or off; taken for auto", PROPERTY);
        }
        Optional<OpusLibrary> found = libopus();
        if (found.isPresent()) {
            LOG.log(System.Logger.Level.INFO, "Opus by {0}", found.get().name());
        } else {
            LOG.log(System.Logger.Level.INFO, "Opus by {0}: {1}", CONCENTUS.name(), libopusProblem());
        }
        return found.orElse(CONCENTUS);
    }

    private static final class Chosen {
        static final OpusLibrary LIBRARY = choose(System.getProperty(PROPERTY, "auto"));
    }

    private static final class Concentus extends OpusLibrary {
        @Override
        public String name() {
            return "Concentus";
        }

        @Override
        public OpusDecoding decoder(int sampleRateHz) {
            return new ConcentusDecoder(sampleRateHz);
        }

        @Override
        public OpusEncoding encoder(OpusVoice voice) {
            return new ConcentusEncoder(voice);
        }
    }

    private static final class Libopus extends OpusLibrary {
        @Override
        public String name() {
            return LibopusCalls.VERSION;
        }

        @Override
        public OpusDecoding decoder(int sampleRateHz) {
            return new LibopusDecoder(sampleRateHz);
        }

        @Override
        public OpusEncoding encoder(OpusVoice voice) {
            return new LibopusEncoder(voice);
        }
    }
}
