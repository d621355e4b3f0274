package dev.revox.wire.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.revox.order.rules.OrderRules;
import dev.revox.phone.InvalidPhoneNumberException;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.PhoneNumbers;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members of one JSON object, asked for by name and type. What has the wrong type is noted as a problem and counts as not
 * given; so does null. Members nobody asked for are unknown.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
public final class Members {

    /** Longest string; more than any model takes as a prompt. */
    public static final int MAX_STRING_CHARS = 262_144;

    private final JsonNode object;
    private final String path;
    private final Problems problems;
    private final Set<String> asked = new HashSet<>();

    private Members(JsonNode object, String path, Problems problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
    }

    /** Of a value that should be an object; without members when it is not. */
    public static Members of(JsonNode value, String path, Problems problems) {
        if (!value.isObject()) {
            problems.add(path, "must be an object");
            // A separate list: what is missing in something that is no object is no news.
            return new Members(JsonNodeFactory.instance.objectNode(), path, new Problems(true));
        }
        return new Members(value, path, problems);
    }

    public String pathOf(String name) {
        return JsonText.member(path, name);
    }

    public void wrong(String name, String message) {
        problems.add(pathOf(name), message);
    }

    /** The member, unless it is missing or null. */
    public Optional<JsonNode> node(String name) {
        asked.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    public Optional<String> text(String name) {
        return node(name).flatMap(value -> text(value, pathOf(name)));
    }

    private Optional<String> text(JsonNode value, String at) {
        if (!value.isTextual()) {
            problems.add(at, "must be a string");
            return Optional.empty();
        }
        String text = value.textValue();
        if (problems.tooLong(text)) {
            problems.add(at, "must not be longer than " + MAX_STRING_CHARS + " characters");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    /** The empty string, beside the problem, when it is missing. */
    public String requiredText(String name) {
        require(name);
        return text(name).orElse("");
    }

    public void require(String name) {
        if (node(name).isEmpty()) {
            wrong(name, "is required");
        }
    }

    public Optional<Boolean> bool(String name) {
        return node(name).flatMap(value -> {
            if (!value.isBoolean()) {
                wrong(name, "must be true or false");
                return Optional.empty();
            }
            return Optional.of(value.booleanValue());
        });
    }

    public Optional<BigDecimal> decimal(String name) {
        return node(name).flatMap(value -> {
            if (!value.isNumber()) {
                wrong(name, "must be a number");
                return Optional.empty();
            }
            return Optional.of(value.decimalValue());
        });
    }

    public Optional<Double> number(String name) {
        return decimal(name).flatMap(value -> {
            double number = value.doubleValue();
            if (Double.isInfinite(number)) {
                wrong(name, "is too large");
                return Optional.empty();
            }
            return Optional.of(number);
        });
    }

    /** A whole number within bounds; {@code 3.0} is one. */
    public Optional<Long> integer(String name, long min) {
        return decimal(name).flatMap(value -> {
            // Magnitude first: writing out the digits of 1e999999999 would take for ever.
            boolean huge = (long) value.precision() - value.scale() > 17;
            boolean whole =
                    huge || value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
            if (!whole) {
                wrong(name, "must be a whole number");
                return Optional.empty();
            }
            long number = huge ? Long.MAX_VALUE : value.longValue();
            if (huge || number < min || number > OrderRules.MAX_SAFE_INTEGER) {
                wrong(name, "must be within " + min + " and " + OrderRules.MAX_SAFE_INTEGER);
                return Optional.empty();
            }
            return Optional.of(number);
        });
    }

    public <E> Optional<E> choice(String name, Map<String, E> choices) {
        return text(name).flatMap(text -> choose(text, pathOf(name), choices));
    }

    private <E> Optional<E> choose(String text, String at, Map<String, E> choices) {
        E chosen = choices.get(text);
        if (chosen == null) {
            problems.add(at, "must be one of " + String.join(", ", choices.keySet()));
        }
        return Optional.ofNullable(chosen);
    }

    public Optional<Members> object(String name) {
        return node(name).map(value -> of(value, pathOf(name), problems));
    }

    /** The values of a list, each with its path; empty when the list is missing. */
    private Optional<List<JsonNode>> list(String name) {
        return node(name).flatMap(value -> {
            if (!value.isArray()) {
                wrong(name, "must be a list");
                return Optional.empty();
            }
            List<JsonNode> items = new ArrayList<>();
            value.forEach(items::add);
            return Optional.of(items);
        });
    }

    public Optional<List<Members>> objects(String name) {
        return list(name).map(items -> {
            List<Members> members = new ArrayList<>();
            for (JsonNode item : items) {
                members.add(of(item, pathOf(name) + "[" + members.size() + "]", problems));
            }
            return members;
        });
    }

    public Optional<List<String>> texts(String name) {
        return list(name).map(items -> {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                text(items.get(i), pathOf(name) + "[" + i + "]").ifPresent(texts::add);
            }
            return texts;
        });
    }

    public <E> Optional<List<E>> choices(String name, Map<String, E> choices) {
        return list(name).map(items -> {
            List<E> chosen = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                String at = pathOf(name) + "[" + i + "]";
                text(items.get(i), at)
                        .flatMap(text -> choose(text, at, choices))
                        .ifPresent(chosen::add);
            }
            return chosen;
        });
    }

    /** Names and strings; an entry of the wrong type keeps its name, so that placeholders still find it. */
    public Map<String, String> textMap(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        object(name)
                .ifPresent(entries -> entries.object.properties().forEach(entry -> {
                    if (!entry.getValue().isNull()) {
                        map.put(
                                entry.getKey(),
                                entries.text(entry.getValue(), entries.pathOf(entry.getKey()))
                                        .orElse(""));
                    }
                }));
        return map;
    }

    /** Any values under any names. */
    public Optional<Map<String, Object>> map(String name) {
        return node(name).flatMap(value -> {
            if (!value.isObject()) {
                wrong(name, "must be an object");
                return Optional.empty();
            }
            return Optional.of(Nodes.map(value));
        });
    }

    public Optional<PhoneNumber> phoneNumber(String name) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(PhoneNumbers.parse(text));
            } catch (InvalidPhoneNumberException unreadable) {
                wrong(name, unreadable.getMessage());
                return Optional.empty();
            }
        });
    }

    /** A number in E.164 form, whether or not the numbering plan knows it. */
    public Optional<PhoneNumber> e164(String name) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(PhoneNumber.of(text));
            } catch (IllegalArgumentException unreadable) {
                wrong(name, "must be a number in E.164 form");
                return Optional.empty();
            }
        });
    }

    public Optional<URI> uri(String name) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(new URI(text));
            } catch (URISyntaxException unreadable) {
                wrong(name, "must be a URL such as https://host.example/path");
                return Optional.empty();
            }
        });
    }

    public Optional<Instant> instant(String name) {
        return text(name).flatMap(text -> {
            try {
                OffsetDateTime time = OffsetDateTime.parse(text);
                if (time.getYear() >= 1 && time.getYear() <= 9999) {
                    return Optional.of(time.toInstant());
                }
            } catch (DateTimeException unreadable) {
                // Falls through to the message for both.
            }
            wrong(name, "must be an ISO 8601 time with an offset, such as 2026-06-15T13:00:00Z");
            return Optional.empty();
        });
    }

    /** Notes the members nobody asked for. */
    public void finish() {
        object.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                problems.unknownMember(pathOf(name));
            }
        });
    }
}
