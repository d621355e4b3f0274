package dev.revox.wire.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.RevoxException;
import dev.revox.assistant.Assistant;
import dev.revox.order.PlacedOrder;
import dev.revox.store.StoredAttempt;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredFormTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void an_order_comes_back_with_every_field(long seed) {
        PlacedOrder order = new RandomOrders(seed).order();

        String text = StoredForm.order(order);
        Assistant content = StoredForm.assistant(StoredForm.assistant(order.assistant()));

        assertThat(StoredForm.order(text, content, OrderState.of(order))).isEqualTo(order);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void an_attempt_comes_back_with_every_field(long seed) {
        StoredAttempt attempt = new RandomAttempts(new RandomOrders(seed)).attempt();

        assertThat(StoredForm.attempt(StoredForm.attempt(attempt))).isEqualTo(attempt);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void no_text_holds_control_characters(long seed) {
        RandomOrders any = new RandomOrders(seed);
        String text = StoredForm.attempt(new RandomAttempts(any).attempt()) + StoredForm.order(any.order());

        assertThat(text.chars()).allMatch(c -> c >= ' ');
    }

    @Test
    void two_snapshots_of_one_assistant_are_one_content() {
        Assistant inline = Assistant.prompt("Confirm the appointment.").build();
        Assistant first = inline.snapshot("one", Instant.EPOCH);
        Assistant second = inline.snapshot("two", Instant.EPOCH.plusSeconds(1));

        assertThat(StoredForm.assistant(first)).isEqualTo(StoredForm.assistant(second));
        assertThat(StoredForm.assistant(first))
                .isNotEqualTo(StoredForm.assistant(
                        first.toBuilder().prompt("Cancel it.").build()));
    }

    @Test
    void a_prompt_longer_than_any_request_may_be_is_kept() {
        Assistant assistant = Assistant.prompt("x".repeat(1_000_000)).build();

        assertThat(StoredForm.assistant(StoredForm.assistant(assistant))).isEqualTo(assistant);
    }

    @Test
    void a_member_of_a_newer_version_is_passed_over() {
        PlacedOrder order = new RandomOrders(7).order();
        String content = StoredForm.assistant(order.assistant());
        String newer = "{\"new\":{\"deep\":1}," + StoredForm.order(order).substring(1);
        String newerContent = "{\"new\":[true]," + content.substring(1);

        assertThat(StoredForm.order(newer, StoredForm.assistant(newerContent), OrderState.of(order)))
                .isEqualTo(order);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{}", "{\"id\":\"secret-canary\"}", "\"secret-canary\""})
    void what_cannot_be_read_is_refused_without_quoting_it(String text) {
        PlacedOrder order = new RandomOrders(1).order();
        assertThatThrownBy(() -> StoredForm.attempt(text))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("cannot be read")
                .hasMessageNotContaining("canary")
                .hasNoCause();
        assertThatThrownBy(() -> StoredForm.order(text, order.assistant(), OrderState.of(order)))
                .isInstanceOf(RevoxException.class)
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> StoredForm.assistant(text))
                .isInstanceOf(RevoxException.class)
                .hasMessageNotContaining("canary");
    }
}
