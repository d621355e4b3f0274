package dev.revox.agent.realtime.openai;

import dev.revox.agent.json.Json;
import dev.revox.media.MediaFormat;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Whose ids are whose: our numbers of turns and responses, the provider's ids of items and responses.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class OpenAiLedger {

    /** A response that is under way. */
    record Response(int number, MediaFormat format) {}

    private final Queue<Integer> uncommitted = new ArrayDeque<>();
    private final Map<String, Integer> turns = new HashMap<>();
    private final Map<Integer, MediaFormat> asked = new HashMap<>();
    private final Map<String, Response> responses = new HashMap<>();
    private final Map<String, String> toolNames = new HashMap<>();
    private int cancelledUpTo;

    synchronized void committed(int turn) {
        uncommitted.add(turn);
    }

    synchronized void committedAs(String item) {
        Integer turn = uncommitted.poll();
        if (turn != null) {
            turns.put(item, turn);
        }
    }

    synchronized Optional<Integer> notCommitted(String turn) {
        Optional<Integer> number = number(turn);
        return number.filter(uncommitted::remove);
    }

    synchronized Optional<Integer> turnOf(String item) {
        return Optional.ofNullable(turns.get(item));
    }

    synchronized void asked(int response, MediaFormat format) {
        asked.put(response, format);
    }

    /** No response is under way or asked for. */
    synchronized boolean isIdle() {
        return asked.isEmpty() && responses.isEmpty();
    }

    /** A response has begun; answers its id when it has been cancelled meanwhile. */
    synchronized Optional<String> created(Json response) {
        String id = response.text("id").orElse("");
        Optional<Integer> number = response.object("metadata")
                .flatMap(metadata -> metadata.text("n"))
                .flatMap(OpenAiLedger::number);
        @Nullable MediaFormat format = number.map(asked::remove).orElse(null);
        if (format == null) {
            return Optional.empty();
        }
        responses.put(id, new Response(number.get(), format));
        return number.get() <= cancelledUpTo ? Optional.of(id) : Optional.empty();
    }

    /** Answers the id of the response when it is under way. */
    synchronized Optional<String> cancel(int response) {
        cancelledUpTo = Math.max(cancelledUpTo, response);
        return responses.entrySet().stream()
                .filter(entry -> entry.getValue().number() == response)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The response that an event belongs to, unless nobody wants it any more. */
    synchronized Optional<Response> response(Json event) {
        return event.text("response_id").map(responses::get).filter(response -> response.number() > cancelledUpTo);
    }

    Optional<Integer> number(Json event) {
        return response(event).map(Response::number);
    }

    /** A response is over; answers its number unless nobody wants it any more. */
    synchronized Optional<Integer> done(String id) {
        return Optional.ofNullable(responses.remove(id)).map(Response::number).filter(number -> number > cancelledUpTo);
    }

    /** A response was refused. */
    synchronized Optional<Integer> refused(String response) {
        Optional<Integer> number = number(response);
        number.ifPresent(asked::remove);
        return number.filter(one -> one > cancelledUpTo);
    }

    synchronized void item(Json item) {
        if (item.text("type").orElse("").equals("function_call")) {
            toolNames.put(item.text("id").orElse(""), item.text("name").orElse(""));
        }
    }

    synchronized String toolName(String item) {
        return toolNames.getOrDefault(item, "");
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
