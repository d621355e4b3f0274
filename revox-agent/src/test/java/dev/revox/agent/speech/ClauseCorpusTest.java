package dev.revox.agent.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A hundred texts of three sentences each: whole sentences come out, whatever stands in them. */
class ClauseCorpusTest {

    private static final List<String> SENTENCES = """
            It costs $12.50 per month.
            You can write to dana.smith@example.com today.
            Our page is www.example.com at the moment.
            Dr. Smith will see you at 3:30 PM.
            Please call 415.555.0100 and ask for Kim!
            Is 9 a.m. fine for you?
            Version 2.5.1 is out now.
            We have apples, pears, etc. in the shop.
            Fruit, e.g. apples, is on sale.
            It was Mr. J. Doe who called.
            The rate is 3.5% at most!
            Open from 09:00-17:00 on weekdays.
            Well... that depends.
            Did you say "yes"?
            She said "no."
            The address is 5 Main St. in Dover.
            Das kostet ca. 20 Euro.
            Herr Dr. Braun kommt um 15.30 Uhr.
            Wir haben z.B. Montag frei.
            Bonjour, comment allez-vous ?
            Le prix est de 12,50 euros.
            La cita es el 3.4. por la tarde.
            The deadline is 2026-03-05 at noon.
            Acme Inc. and Foo Ltd. are our partners.
            That is approx. 20 minutes from here.
            Prof. Jones vs. Prof. Hall was the debate.
            Take 5th Ave. to the bridge.
            Room 4.12 is on the fourth floor.
            See https://example.com/a.b?c=d for more.
            I am sorry to hear that!
            Room no. 12 is free on Jan. 5 and on Dec. 24.
            Es kostet 20 Euro inkl. Versand.
            Wir sehen uns am 3. Mai oder am 15. Juni.
            Sie können z. B. mit Karte zahlen.
            Das ist im 2. Stock, d. h. ganz oben.
            Il Dott. Rossi torna domani.
            El Sr. Ruiz y la Dra. Vega le esperan.
            M. Dupont et Mme. Martin sont là.
            """.lines().toList();

    static IntStream texts() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void only_sentences_end_a_piece(int number) {
        int count = SENTENCES.size();
        List<String> sentences = List.of(
                "Here we go.",
                SENTENCES.get(number % count),
                SENTENCES.get((number * 7 + number / count + 1) % count),
                SENTENCES.get((number * 11 + 5) % count));
        String text = String.join(" ", sentences);

        for (int chunk : List.of(1, 3, 7, text.length())) {
            assertThat(split(text, chunk)).isEqualTo(sentences);
        }
    }

    private static List<String> split(String text, int chunk) {
        ClauseSplitter splitter = new ClauseSplitter();
        List<String> clauses = new ArrayList<>();
        for (int i = 0; i < text.length(); i += chunk) {
            clauses.addAll(splitter.accept(text.substring(i, Math.min(text.length(), i + chunk))));
        }
        splitter.finish().ifPresent(clauses::add);
        return clauses;
    }
}
