package dev.revox.examples.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line and the environment ask of the demo.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param listen wait for a call instead of making one
 * @param listenPort SIP port in that mode
 * @param openAiKey set: real providers; empty: local ones
 * @param trunk set: a real trunk; empty: the test telephone on loopback
 * @param to who is called
 * @param deadline after which the demo gives up
 */
public record DemoSettings(
        boolean listen,
        int listenPort,
        Optional<String> openAiKey,
        Optional<KeyAndVoice> cartesia,
        Optional<KeyAndVoice> elevenLabs,
        Optional<Trunk> trunk,
        String to,
        Path folder,
        Duration deadline) {

    /** A key for a voice provider, and which of its voices speaks. */
    public record KeyAndVoice(String key, String voice) {
        @Override
        public String toString() {
            return "KeyAndVoice[****]";
        }
    }

    /** Where real calls go through. */
    public record Trunk(String uri, Optional<String> user, Optional<String> password, Optional<String> from) {
        @Override
        public String toString() {
            return "Trunk[" + uri + "]";
        }
    }

    /** Voices that every account of the provider has. */
    private static final String CARTESIA_VOICE = "a0e99841-438c-4a64-b679-ae501e7d6091";

    private static final String ELEVENLABS_VOICE = "21m00Tcm4TlvDq8ikWAM";

    private static final String FICTIONAL_NUMBER = "+14155550132";

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException when something is missing or unknown; the message is for the person at the keyboard
     */
    public static DemoSettings read(String[] args, Map<String, String> env) {
        String mode = args.length == 0 || args[0].isBlank() ? "call" : args[0].replaceFirst("^--", "");
        if (!mode.equals("call") && !mode.equals("listen")) {
            throw new IllegalArgumentException("unknown mode \"" + args[0] + "\": use call or listen");
        }
        Optional<Trunk> trunk = value(env, "REVOX_TRUNK")
                .map(uri -> new Trunk(
                        uri,
                        value(env, "REVOX_TRUNK_USER"),
                        value(env, "REVOX_TRUNK_PASSWORD"),
                        value(env, "REVOX_FROM")));
        Optional<String> to = value(env, "REVOX_TO");
        if (trunk.isPresent() && to.isEmpty() && mode.equals("call")) {
            throw new IllegalArgumentException("REVOX_TRUNK is set: set REVOX_TO to the number to call, too");
        }
        Optional<String> openAiKey = value(env, "OPENAI_API_KEY");
        if (trunk.isPresent() && openAiKey.isEmpty()) {
            throw new IllegalArgumentException(
                    "REVOX_TRUNK is set: a real call needs real providers, set OPENAI_API_KEY, too");
        }
        boolean listen = mode.equals("listen");
        boolean longCall = listen || trunk.isPresent();
        return new DemoSettings(
                listen,
                value(env, "REVOX_LISTEN_PORT").map(Integer::parseInt).orElse(5060),
                openAiKey,
                keyAndVoice(env, "CARTESIA", CARTESIA_VOICE),
                keyAndVoice(env, "ELEVENLABS", ELEVENLABS_VOICE),
                trunk,
                to.filter(number -> trunk.isPresent()).orElse(FICTIONAL_NUMBER),
                Path.of("target", "demo").toAbsolutePath(),
                longCall ? Duration.ofMinutes(15) : Duration.ofSeconds(90));
    }

    private static Optional<KeyAndVoice> keyAndVoice(Map<String, String> env, String provider, String usualVoice) {
        return value(env, provider + "_API_KEY")
                .map(key ->
                        new KeyAndVoice(key, value(env, provider + "_VOICE_ID").orElse(usualVoice)));
    }

    private static Optional<String> value(Map<String, String> env, String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank());
    }

    @Override
    public String toString() {
        return "DemoSettings[listen=" + listen + ", realProviders=" + openAiKey.isPresent() + "]";
    }
}
