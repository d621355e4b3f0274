package dev.revox.agent.realtime.turns;

import java.util.Locale;
import java.util.Set;

/** Words that only say that somebody listens. */
final class Attention {

    private static final Set<String> WORDS =
            Set.of("mm", "mhm", "mm-hm", "mm-hmm", "hm", "hmm", "uh-huh", "ok", "okay", "yeah", "right", "sure");

    private Attention() {}

    static boolean isOnly(String text) {
        String plain = text.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}' -]", " ")
                .strip();
        return !plain.isEmpty() && Set.of(plain.split("\\s+")).stream().allMatch(WORDS::contains);
    }
}
