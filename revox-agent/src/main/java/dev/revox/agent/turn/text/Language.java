package dev.revox.agent.turn.text;

import java.util.List;
import java.util.Set;

/**
 * A language by its small words: which of them tell it from others, and which of them cannot end a turn.
 *
 * <p>Lists of several languages must not be mixed: "die" opens a phrase in German and closes a sentence in English.
 */
enum Language {
    ENGLISH(
            "the and is are was you your what when where how my not have do does it's i'm i'd would could please this that with for of to",
            "and or but because so that if when while with without the a an to for of from my your our their his her at in on by "
                    + "about is are was were am be it's i'm i'd i'll we're you're there's what's um uh er erm uhm hmm like "
                    + "which who whose whether than as into until between very really maybe",
            "about is are was were am for of to at in on by with like so that than her"),
    FRENCH(
            "le la les des une est et je vous nous que qui pas pour avec sur dans mon ma mes c'est j'ai bonjour merci oui non du au",
            "et ou mais parce que qu' si quand comme avec sans le la les l' un une des de du d' à au aux pour par sur dans en chez "
                    + "mon ma mes votre vos notre leur je j' il elle c'est est sont euh heu ben donc alors très plus qui dont",
            "est sont c'est très plus avec pour alors sans euh"),
    GERMAN(
            "der die das und ist ich nicht sie wir ein eine mit für auf von zu den dem ja nein bitte danke wie wann haben möchte mein",
            "und oder aber weil dass ob wenn als mit ohne der die das den dem des ein eine einen einem einer zu zum zur von vom "
                    + "für auf in im am an bei nach um über unter mein meine meinen ihr ihre unser ich wir ist sind äh ähm hm also "
                    + "sehr noch denn sondern sowie",
            "ist sind an auf zu mit ab aus bei nach um ein vor so also über unter das die der"),
    SPANISH(
            "el los las una es y que no por para con mi su está qué cuándo dónde cómo gracias hola sí quiero del muy pero se lo",
            "y e o u pero porque que si cuando como con sin el la los las un una unos unas de del a al para por en sobre mi mis "
                    + "su sus nuestro es son está eh em este pues muy más lo se cuyo",
            "es son está este muy más no lo para"),
    ITALIAN(
            "il lo gli una è e che non per con sono mio mia cosa quando dove come grazie ciao sì vorrei della del nel di anche ho",
            "e ed o ma perché che se quando come con senza il lo la i gli le l' un uno una un' di del della dei a al alla da dal in "
                    + "nel nella per su mio mia nostro è sono ehm eh allora molto più anche",
            "è sono molto più con"),
    PORTUGUESE(
            "os as um uma é e que não para com meu minha quando onde como obrigado obrigada olá sim quero do da em no na você eu",
            "e ou mas porque que se quando como com sem o a os as um uma de do da dos das para por pelo pela em no na meu minha "
                    + "nosso seu sua é são está hã é ahn então muito mais",
            "é são está muito mais"),
    DUTCH(
            "de het een en is ik niet van voor met op aan mijn wat wanneer waar hoe dank ja nee graag wij jullie zijn dat bij naar",
            "en of maar omdat dat als wanneer toen met zonder de het een van voor naar op aan in bij om over mijn onze uw jouw ik "
                    + "we is zijn eh uh uhm dus heel nog ook te",
            "is zijn aan op mee in om over van voor naar bij ook nog ik we");

    private final Set<String> markers;
    private final Set<String> dangling;
    /** Of those, the ones that can end a sentence: "what is it about?", "ich rufe an". */
    private final Set<String> closable;

    Language(String markers, String dangling, String closable) {
        this.markers = Set.of(markers.split(" "));
        this.dangling = Set.copyOf(List.of(dangling.split(" ")));
        this.closable = Set.copyOf(List.of(closable.split(" ")));
    }

    /** The language whose words these most likely are; the first listed one when they could be of several. */
    static Language of(List<String> words) {
        Language best = ENGLISH;
        int most = -1;
        for (Language language : values()) {
            int hits = 0;
            for (String word : words) {
                hits += language.markers.contains(word) ? 2 : language.dangling.contains(word) ? 1 : 0;
            }
            if (hits > most) {
                most = hits;
                best = language;
            }
        }
        return best;
    }

    /** Whether the last word leaves the phrase open. */
    boolean danglesOn(List<String> words) {
        return dangling.contains(Words.last(words));
    }

    /** Whether a last word that leaves the phrase open may end a sentence all the same. */
    boolean mayEndOn(List<String> words) {
        return closable.contains(Words.last(words));
    }
}
