package dev.revox.agent.turn.text;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether somebody is in the middle of dictating: a number in groups, a name letter by letter, an address without its end.
 */
enum Dictation {
    NONE,
    UNFINISHED,
    FINISHED;

    /** A telephone number has at least so many digits: {@value}. Fewer at the end of a turn that dictates one are a part of it. */
    private static final int SHORTEST_NUMBER = 7;

    private static final Set<String> NUMBER_CUES = Set.of(
            ("number numbers phone telephone reach extension account card reference code pin zip numéro téléphone nummer telefon "
                            + "telefonnummer rufnummer número teléfono numero telefono telefone telefoonnummer")
                    .split(" "));

    private static final Set<String> ADDRESS_CUES = Set.of(
            "mail e-mail email gmail address adresse mailadresse correo indirizzo posta endereço mailadres courriel"
                    .split(" "));

    private static final Set<String> AT =
            Set.of("at", "@", "arobase", "arroba", "chiocciola", "apenstaartje", "klammeraffe");
    private static final Set<String> DOT =
            Set.of("dot", "point", "punkt", "punto", "ponto", "punt", "underscore", "dash");

    /** Dots that are said in addresses and hardly anywhere else. */
    private static final Set<String> SPOKEN_DOTS = Set.of("dot", "underscore");

    private static final Set<String> ENDINGS = Set.of(
            "com org net edu gov info biz io ai app dev eu uk us ca au ie de at ch fr be nl es mx it pt br co me tv"
                    .split(" "));

    private static final Set<String> DIGITS =
            Set.of(("zero oh one two three four five six seven eight nine double triple "
                            + "zéro deux trois quatre cinq sept huit neuf null eins zwei drei vier fünf sechs sieben acht neun zwo "
                            + "cero uno dos tres cuatro cinco seis siete ocho nueve due tre quattro cinque sei sette otto nove "
                            + "um dois três quatro sete oito nul een twee drie vijf zes zeven negen")
                    .split(" "));

    private static final Pattern FINISHED_ADDRESS = Pattern.compile(
            "(?iu).*[\\p{L}\\d] ?(?:@|\\bat\\b|\\barobase\\b|\\barroba\\b|\\bchiocciola\\b) ?[\\p{L}\\d-]+ ?(?:\\.|\\b(?:dot|point|punkt|punto|ponto|punt)\\b) ?\\p{L}{2,}");

    private static final Pattern OPEN_ADDRESS = Pattern.compile("(?iu).*[\\p{L}\\d]@[\\p{L}\\d-]*\\.?");

    static Dictation of(String text, List<String> words) {
        if (FINISHED_ADDRESS.matcher(text).matches() || endsWithDomain(words)) {
            return FINISHED;
        }
        if (OPEN_ADDRESS.matcher(text).matches() || openAddress(words) || spelling(words)) {
            return UNFINISHED;
        }
        return number(text, words);
    }

    /** "... dot com": the rest of an address whose beginning was said before. */
    private static boolean endsWithDomain(List<String> words) {
        int count = words.size();
        return count >= 2 && DOT.contains(words.get(count - 2)) && ENDINGS.contains(words.getLast());
    }

    private static boolean openAddress(List<String> words) {
        String last = Words.last(words);
        if (AT.contains(last) || DOT.contains(last)) {
            return words.size() > 1;
        }
        // "anna dot green" still wants its other half.
        if (words.size() > 2 && SPOKEN_DOTS.contains(words.get(words.size() - 2))) {
            return true;
        }
        boolean announced = words.stream().anyMatch(ADDRESS_CUES::contains);
        return announced && (words.stream().anyMatch(AT::contains) || ADDRESS_CUES.contains(last) || "is".equals(last));
    }

    /** Three single letters in a row at the end. */
    private static boolean spelling(List<String> words) {
        if (words.size() < 3) {
            return false;
        }
        return words.subList(words.size() - 3, words.size()).stream()
                .allMatch(word -> word.length() == 1 && Character.isLetter(word.charAt(0)));
    }

    private static Dictation number(String text, List<String> words) {
        int digits = 0;
        int groups = 0;
        int first = words.size();
        while (first > 0) {
            String word = words.get(first - 1);
            if (word.chars().allMatch(c -> Character.isDigit(c) || c == '-')) {
                digits += (int) word.chars().filter(Character::isDigit).count();
            } else if (DIGITS.contains(word)) {
                digits++;
            } else {
                break;
            }
            groups++;
            first--;
        }
        if (groups == 0) {
            return NONE;
        }
        boolean announced = (first == 0 && groups > 1)
                || words.subList(0, first).stream().anyMatch(NUMBER_CUES::contains)
                || text.contains("+");
        boolean inGroups = groups > 1 && digits > 2;
        if (digits < SHORTEST_NUMBER && (announced || inGroups)) {
            return UNFINISHED;
        }
        return NONE;
    }
}
