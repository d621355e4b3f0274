package dev.revox.agent.speech.text;

import dev.revox.agent.speech.text.SpokenForm.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes out what voices read badly. In English that is prices, dates, times, addresses of all kinds, percent, ranges and
 * abbreviations; in any language phone numbers, digit by digit. A text tells its language by its small words; one that does
 * not is taken for the language of the text before it, and the first for English.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class SpeechWriter {

    private static final Pattern WORD = Pattern.compile("(?<!\\S)[\\p{L}']+(?=[.,;:!?…]?(?:\\s|$))");
    private static final Set<String> ENGLISH = Set.of(
            ("the and is are was you your what when where how my not have do it's i'm would could please this that with for of to"
                            + " at by it we our or be can will us call costs")
                    .split(" "));
    private static final Set<String> OTHER = Set.of(
            ("le la les des une est et je vous nous que qui pas pour avec sur mon ma mes votre au du der die das und ist ich nicht"
                            + " sie wir ein eine mit für auf von zu ihre ihr ihnen uhr el al una y por para con su está"
                            + " del muy il lo gli è e non per sono di os um uma não com seu de het een en ik niet van voor"
                            + " kostet cuesta coûte costa kost unter à")
                    .split(" "));

    /** One small word may be a name or a quotation. */
    private static final int CERTAIN = 2;

    private boolean english = true;

    /** How a text without markdown is said. */
    public SpokenForm write(String text) {
        recognise(text);
        List<Change> changes = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            Optional<Change> change = startsWord(text, at) ? change(text, at) : Optional.empty();
            change.ifPresent(changes::add);
            at = change.map(Change::end).orElse(at + 1);
        }
        return SpokenForm.of(text, changes);
    }

    private void recognise(String text) {
        int balance = 0;
        Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (words.find()) {
            balance += ENGLISH.contains(words.group()) ? 1 : OTHER.contains(words.group()) ? -1 : 0;
        }
        if (Math.abs(balance) >= CERTAIN) {
            english = balance > 0;
        }
    }

    private Optional<Change> change(String text, int at) {
        for (Rule rule : Rules.ALL) {
            if (rule.anyLanguage() || english) {
                Matcher matcher = rule.pattern().matcher(text).region(at, text.length());
                matcher.useTransparentBounds(true);
                if (matcher.lookingAt()) {
                    Optional<String> spoken = rule.words().say(matcher, english);
                    if (spoken.isPresent()) {
                        return Optional.of(new Change(at, matcher.end(), spoken.get()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Behind white space or an opening bracket or quote. */
    private static boolean startsWord(String text, int at) {
        if (at == 0) {
            return true;
        }
        char before = text.charAt(at - 1);
        return Character.isWhitespace(before) || "([{<\"'“„«".indexOf(before) >= 0;
    }
}
