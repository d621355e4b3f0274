package dev.revox.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with {@code {{name}}} placeholders; blanks are allowed inside the braces.
 *
 * <p>A name is made of letters, digits, {@code _}, {@code -}, {@code .} and inner blanks. Braces around anything else are plain
 * text, so a prompt may show JSON.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class Template {

    private static final Pattern PLACEHOLDER = Pattern.compile(
            "\\{\\{[ \\t]*([\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N}_.\\- ]*[\\p{L}\\p{M}\\p{N}_.\\-])?)[ \\t]*}}");

    /** Plain text or a name. */
    sealed interface Part {
        record Text(String text) implements Part {}

        record Name(String name) implements Part {}
    }

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    public static Template of(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        int end = 0;
        while (matcher.find()) {
            if (matcher.start() > end) {
                parts.add(new Part.Text(text.substring(end, matcher.start())));
            }
            parts.add(new Part.Name(matcher.group(1)));
            end = matcher.end();
        }
        if (end < text.length()) {
            parts.add(new Part.Text(text.substring(end)));
        }
        return new Template(parts);
    }

    /** The placeholders' names, each once, in order of appearance. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part instanceof Part.Name name) {
                names.add(name.name());
            }
        }
        return Collections.unmodifiableSet(names);
    }

    /** The name, when the text is exactly one placeholder and nothing else. */
    public Optional<String> onlyName() {
        return parts.size() == 1 && parts.get(0) instanceof Part.Name name
                ? Optional.of(name.name())
                : Optional.empty();
    }

    /**
     * The text with every placeholder replaced.
     *
     * @throws TemplateException that lists the names without a value
     */
    public String fill(Map<String, String> values) {
        Set<String> missing = names().stream()
                .filter(name -> !values.containsKey(name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!missing.isEmpty()) {
            throw new TemplateException("no value for " + String.join(", ", missing));
        }
        return fillOrEmpty(values);
    }

    /** The text with every placeholder replaced, by nothing where there is no value. */
    public String fillOrEmpty(Map<String, String> values) {
        return fillWith(name -> values.getOrDefault(name, ""));
    }

    /**
     * The value of an HTTP header with every placeholder replaced, by nothing where there is no value.
     *
     * @throws TemplateException when a value holds a line break or another control character
     */
    public String fillHeader(Map<String, String> values) {
        String filled = fillOrEmpty(values);
        if (filled.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
            throw new TemplateException("a header value must not hold line breaks or control characters");
        }
        return filled;
    }

    List<Part> parts() {
        return parts;
    }

    String fillWith(Function<String, String> value) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            filled.append(
                    switch (part) {
                        case Part.Text text -> text.text();
                        case Part.Name name -> value.apply(name.name());
                    });
        }
        return filled.toString();
    }

    /** Names only: the text may be private. */
    @Override
    public String toString() {
        return "Template" + names();
    }
}
