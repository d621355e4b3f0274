package dev.revox.bench.clauses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CuttingTest {

    private static final Reply REPLY = new Reply("en", "Sure,| it is $1.50.| Fine?");

    @Test
    void tokens_are_the_text_in_pieces() {
        assertThat(REPLY.tokens())
                .containsExactly("Sure", ",", " it", " is", " ", "$", "1", ".", "50", ".", " Fine", "?");
        for (Reply reply : Corpus.TRAPS) {
            assertThat(String.join("", reply.tokens())).isEqualTo(reply.text());
        }
    }

    @Test
    void cuts_are_right_where_the_bars_are() {
        assertThat(new Cutting(REPLY, 3, List.of("Sure,", "it is $1.50.", "Fine?")).wrong())
                .isEmpty();
        assertThat(new Cutting(REPLY, 3, List.of("Sure, it is $1.", "50. Fine?")).wrong())
                .containsExactly("Sure, it is $1.");
    }

    @Test
    void a_text_that_was_damaged_is_told_apart() {
        assertThat(new Cutting(REPLY, 3, List.of("Sure,", "it is $1.50. Fine?")).whole())
                .isTrue();
        assertThat(new Cutting(REPLY, 3, List.of("Sure,", "it is $1 50. Fine?")).whole())
                .isFalse();
    }

    @Test
    void our_own_cuts_tear_nothing_apart() {
        for (List<Reply> replies : List.of(Corpus.CALLS, Corpus.TRAPS)) {
            assertThat(replies.stream().map(OwnCutter::cut).flatMap(cutting -> cutting.wrong().stream()))
                    .isEmpty();
            assertThat(replies.stream().map(OwnCutter::cut)).allMatch(Cutting::whole);
        }
    }
}
