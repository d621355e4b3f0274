package dev.revox.agent.turn.text;

import java.util.Locale;
import java.util.Set;

/** Tells noises of attention ("mm-hm", "ok") and greetings from speech that wants the floor. */
public final class Backchannel {

    private static final Set<String> ATTENTION = Set.of(
            "mm",
            "mhm",
            "mm-hm",
            "mm-hmm",
            "mmhm",
            "hm",
            "hmm",
            "uh-huh",
            "uhhuh",
            "aha",
            "ah",
            "oh",
            "ok",
            "okay",
            "yeah",
            "yep",
            "right",
            "sure",
            "i see",
            "got it",
            "alright",
            "all right",
            "d'accord",
            "oui",
            "ouais",
            "ja",
            "genau",
            "ach so",
            "vale",
            "sí",
            "si",
            "claro",
            "certo",
            "va bene",
            "tá",
            "sim",
            "はい",
            "うん",
            "ええ");

    private static final Set<String> GREETING = Set.of(
            "hello",
            "hi",
            "hey",
            "yes",
            "yes hello",
            "hello hello",
            "hi there",
            "good morning",
            "good afternoon",
            "good evening",
            "speaking",
            "allo",
            "allô",
            "bonjour",
            "oui allô",
            "hallo",
            "guten tag",
            "hola",
            "diga",
            "dígame",
            "bueno",
            "pronto",
            "olá",
            "alô",
            "もしもし");

    private Backchannel() {}

    public static boolean attention(String text) {
        String bare = bare(text);
        // "I" may become "I see"; whether it does, its next word says.
        if (ATTENTION.contains(bare) || ATTENTION.stream().anyMatch(phrase -> phrase.startsWith(bare + " "))) {
            return true;
        }
        // "mm-hm, mm-hm" and "yeah yeah"
        String[] words = bare.split(" ");
        return words.length <= 3 && words.length > 1 && allAttention(words);
    }

    public static boolean greeting(String text) {
        return GREETING.contains(bare(text)) || attention(text);
    }

    private static boolean allAttention(String[] words) {
        for (String word : words) {
            if (!ATTENTION.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private static String bare(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[\\p{Punct}。、？！¿¡…&&[^'-]]", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
