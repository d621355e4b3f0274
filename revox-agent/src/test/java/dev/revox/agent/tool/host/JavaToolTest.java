package dev.revox.agent.tool.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.RevoxException;
import dev.revox.agent.json.ModelJson;
import dev.revox.agent.tool.ToolContext;
import dev.revox.agent.tool.ToolOutput;
import dev.revox.order.Direction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaToolTest {

    enum Room {
        BAR,
        TERRACE
    }

    record Guest(String name, int age) {}

    record Booking(
            @Description("the day") LocalDate day,
            Instant until,
            Optional<OffsetDateTime> from,
            int guests,
            double budget,
            boolean smoking,
            Room room,
            List<Guest> party,
            @Nullable String note) {}

    record Nothing() {}

    record Limits(long many, BigInteger huge, BigDecimal exact, short few, float rough) {}

    record Judging(int guests) {
        Judging {
            if (guests < 1) {
                throw new IllegalArgumentException("guests must be at least 1");
            }
        }
    }

    record Endless(String name, List<Endless> more) {}

    record Odd(Thread thread) {}

    record Answer(String table, Optional<LocalDate> day, List<Room> rooms, Map<String, int[]> free) {}

    private static final ToolContext CONTEXT =
            new ToolContext("order-1", "attempt-1", Direction.OUTBOUND, Map.of("name", "Dana"), Optional.empty());

    private static ToolOutput call(JavaTool<?> tool, String json) {
        Map<String, Object> arguments = ModelJson.object(json).orElseThrow();
        assertThat(tool.input().problem(arguments)).isEmpty();
        return tool.call(arguments, CONTEXT).toCompletableFuture().join();
    }

    private static <A extends Record> JavaTool<A> giving(Class<A> arguments, ToolFunction<A> function) {
        return JavaTool.of("look_up", "Looks something up.", arguments, function);
    }

    @Test
    void the_schema_is_derived_from_the_record() {
        assertThat(giving(Booking.class, (booking, call) -> null).spec().parametersJsonSchema())
                .isEqualTo("{\"type\":\"object\",\"properties\":{"
                        + "\"day\":{\"type\":\"string\",\"format\":\"date\",\"description\":\"the day\"},"
                        + "\"until\":{\"type\":\"string\",\"format\":\"date-time\"},"
                        + "\"from\":{\"type\":\"string\",\"format\":\"date-time\"},"
                        + "\"guests\":{\"type\":\"integer\"},\"budget\":{\"type\":\"number\"},"
                        + "\"smoking\":{\"type\":\"boolean\"},"
                        + "\"room\":{\"type\":\"string\",\"enum\":[\"BAR\",\"TERRACE\"]},"
                        + "\"party\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"
                        + "\"name\":{\"type\":\"string\"},\"age\":{\"type\":\"integer\"}},"
                        + "\"required\":[\"name\",\"age\"],\"additionalProperties\":false}},"
                        + "\"note\":{\"type\":\"string\"}},"
                        + "\"required\":[\"day\",\"until\",\"guests\",\"budget\",\"smoking\",\"room\",\"party\"],"
                        + "\"additionalProperties\":false}");
    }

    @Test
    void arguments_arrive_typed_with_what_is_known_of_the_call() {
        AtomicReference<@Nullable Booking> seen = new AtomicReference<>();
        JavaTool<Booking> tool = giving(Booking.class, (booking, call) -> {
            seen.set(booking);
            return call.variables().get("name") + " in " + call.orderId();
        });

        ToolOutput output = call(tool, """
                {"day":"2026-03-05","until":"2026-03-05T22:00:00+01:00","guests":2.0,"budget":50,"smoking":false,
                 "room":"BAR","party":[{"name":"Dana","age":40}],"note":null}""");

        assertThat(output).isEqualTo(ToolOutput.of("Dana in order-1"));
        assertThat(seen.get())
                .isEqualTo(new Booking(
                        LocalDate.of(2026, 3, 5),
                        Instant.parse("2026-03-05T21:00:00Z"),
                        Optional.empty(),
                        2,
                        50.0,
                        false,
                        Room.BAR,
                        List.of(new Guest("Dana", 40)),
                        null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"day\":\"tomorrow\"}                                | argument day must be a date such as 2026-03-05",
                "{\"day\":\"2026-03-05\",\"until\":\"22:00\"}          | argument until must be a date and time with its",
                "{\"day\":\"2026-03-05\",\"until\":\"2026-03-05T22:00:00Z\",\"guests\":true} | argument guests must be",
            })
    void what_does_not_fit_is_named(String json, String problem) {
        assertThat(giving(Booking.class, (booking, call) -> null)
                        .input()
                        .problem(ModelJson.object(json).orElseThrow())
                        .orElseThrow())
                .startsWith(problem);
    }

    @Test
    void places_inside_lists_are_named() {
        record Party(List<Guest> party) {}

        assertThat(giving(Party.class, (party, call) -> null)
                        .input()
                        .problem(ModelJson.object("{\"party\":[{\"name\":\"A\",\"age\":1},{\"name\":\"B\"}]}")
                                .orElseThrow()))
                .contains("argument party[1].age is required");
    }

    @Test
    void numbers_that_are_too_large_for_their_type_do_nothing() {
        List<Limits> seen = new ArrayList<>();
        JavaTool<Limits> tool = giving(Limits.class, (limits, call) -> {
            seen.add(limits);
            return null;
        });

        assertThat(call(tool, "{\"many\":1,\"huge\":12345678901234567890,\"exact\":0.1,\"few\":7,\"rough\":0.5}"))
                .isEqualTo(ToolOutput.of("Done."));
        assertThat(call(tool, "{\"many\":12345678901234567890,\"huge\":1,\"exact\":1,\"few\":1,\"rough\":1}")
                        .text())
                .isEqualTo("Nothing was done: argument many is too large");
        assertThat(call(tool, "{\"many\":1,\"huge\":1,\"exact\":1,\"few\":40000,\"rough\":1}")
                        .error())
                .isTrue();
        assertThat(call(tool, "{\"many\":1,\"huge\":1e300,\"exact\":1,\"few\":4,\"rough\":1}")
                        .error())
                .isTrue();
        assertThat(seen)
                .containsExactly(
                        new Limits(1, new BigInteger("12345678901234567890"), new BigDecimal("0.1"), (short) 7, 0.5f));
    }

    @Test
    void a_record_that_judges_its_components_tells_the_model_what_is_wrong() {
        assertThat(call(giving(Judging.class, (judging, call) -> "booked"), "{\"guests\":0}"))
                .isEqualTo(ToolOutput.error("Nothing was done: the arguments do not fit: guests must be at least 1"));
    }

    @Test
    void results_become_json() {
        Answer answer = new Answer(
                "7", Optional.of(LocalDate.of(2026, 3, 5)), List.of(Room.BAR), Map.of("x", new int[] {1, 2}));

        assertThat(call(giving(Nothing.class, (nothing, call) -> answer), "{}").text())
                .isEqualTo("{\"table\":\"7\",\"day\":\"2026-03-05\",\"rooms\":[\"BAR\"],\"free\":{\"x\":[1,2]}}");
        assertThat(call(giving(Nothing.class, (nothing, call) -> 7), "{}").text())
                .isEqualTo("7");
        assertThat(call(giving(Nothing.class, (nothing, call) -> ToolOutput.error("closed")), "{}"))
                .isEqualTo(ToolOutput.error("closed"));
    }

    @Test
    void a_later_result_is_waited_for_and_cancelled_with_the_call() {
        CompletableFuture<Object> source = new CompletableFuture<>();
        JavaTool<Nothing> tool = giving(Nothing.class, (nothing, call) -> source);

        CompletableFuture<ToolOutput> output = tool.call(Map.of(), CONTEXT).toCompletableFuture();
        assertThat(output).isNotDone();
        output.cancel(true);

        assertThat(source).isCancelled();
    }

    @Test
    void a_result_that_holds_itself_is_a_failure_and_no_endless_loop() {
        List<Object> inside = new ArrayList<>();
        inside.add(inside);

        assertThatThrownBy(() -> giving(Nothing.class, (nothing, call) -> inside)
                        .call(Map.of(), CONTEXT)
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("nested too deeply");
    }

    @Test
    void records_without_a_schema_are_refused_where_the_agent_is_made() {
        assertThatThrownBy(() -> giving(Endless.class, (endless, call) -> null))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("holds itself");
        assertThatThrownBy(() -> giving(Odd.class, (odd, call) -> null))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("Odd.thread");
        assertThatThrownBy(() -> JavaTool.of("LookUp", "Looks.", Nothing.class, (nothing, call) -> null))
                .hasMessageContaining("lowercase_snake_case");
        assertThatThrownBy(() -> JavaTool.of("look_up", " ", Nothing.class, (nothing, call) -> null))
                .hasMessageContaining("description");
    }
}
