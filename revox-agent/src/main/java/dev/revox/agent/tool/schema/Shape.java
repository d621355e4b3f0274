package dev.revox.agent.tool.schema;

import dev.revox.agent.json.ModelJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The form of a JSON value: the part of JSON schema that tools need.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface Shape {

    /** A text of that format, or one of the options where there are any. */
    record Text(TextFormat format, List<String> options) implements Shape {

        /** Any text. */
        public static final Text ANY = new Text(TextFormat.FREE, List.of());

        public Text {
            options = List.copyOf(options);
        }

        public static Text of(TextFormat format) {
            return new Text(format, List.of());
        }

        public static Text oneOf(List<String> options) {
            return new Text(TextFormat.FREE, options);
        }
    }

    /** A number; {@code whole} without a fraction. */
    record Numeric(boolean whole) implements Shape {}

    record Bool() implements Shape {}

    /** A list of values of one form. */
    record Items(Shape each) implements Shape {}

    /**
     * An object.
     *
     * @param open whether it may hold members that are not named here
     */
    record Members(List<Member> members, boolean open) implements Shape {

        /** No arguments at all. */
        public static final Members NONE = new Members(List.of(), false);

        public Members {
            members = List.copyOf(members);
        }

        /** Exactly these members. */
        public static Members of(Member... members) {
            return new Members(List.of(members), false);
        }

        /** The object as a JSON schema. */
        public String jsonSchema() {
            return ModelJson.write(SchemaWriter.schema(this));
        }

        /** What is wrong with these arguments, in words that a model can act on; empty when nothing is. */
        public Optional<String> problem(Map<String, Object> arguments) {
            return Check.problem(this, "", arguments);
        }
    }

    /** A value that somebody else judges; its schema is passed on as it is. */
    record Foreign(Map<String, Object> schema) implements Shape {
        public Foreign {
            // Not copyOf: a schema may hold null, as a default.
            schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
        }
    }

    /** A member of an object. A member that is null counts as not given. */
    record Member(String name, Shape shape, boolean required, Optional<String> description) {

        public static Member required(String name, Shape shape, String description) {
            return new Member(name, shape, true, Optional.of(description));
        }

        public static Member optional(String name, Shape shape, String description) {
            return new Member(name, shape, false, Optional.of(description));
        }
    }
}
