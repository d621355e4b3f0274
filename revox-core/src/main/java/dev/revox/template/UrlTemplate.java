package dev.revox.template;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A URL with placeholders in its path and query, and in its host only for values that the host program itself gave.
 *
 * <p>Values are percent-encoded, so none can end a path segment, add a parameter or climb a directory.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3986 §2.1, §2.3, §3.3.
 */
public final class UrlTemplate {

    private static final Pattern BEGINNING = Pattern.compile("(?i)https?://[^/?#\\\\@]+");
    private static final Pattern HOST_VALUE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?i)(\\.|%2e){1,2}");
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private final Template authority;
    private final Template rest;

    private UrlTemplate(Template authority, Template rest) {
        this.authority = authority;
        this.rest = rest;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException when it does not begin with {@code http://} or {@code https://} and a host
     */
    public static UrlTemplate of(String text) {
        var beginning = BEGINNING.matcher(text);
        if (!beginning.lookingAt() || text.startsWith("@", beginning.end()) || text.startsWith("\\", beginning.end())) {
            throw new TemplateException("must begin with http:// or https:// and a host, without user and password");
        }
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new TemplateException("must not hold line breaks or control characters");
        }
        return new UrlTemplate(
                Template.of(text.substring(0, beginning.end())), Template.of(text.substring(beginning.end())));
    }

    /** Names in the host part, which decides who gets the request: never to be filled with what was said in a call. */
    public Set<String> hostNames() {
        return authority.names();
    }

    /** All names, each once. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(authority.names());
        names.addAll(rest.names());
        return Collections.unmodifiableSet(names);
    }

    /**
     * The URL; a missing value is empty.
     *
     * @throws TemplateException when a value would change the host's form or climb the path
     */
    public String fill(Map<String, ?> values) {
        String host = authority.fillWith(name -> {
            String value = text(values, name);
            if (!HOST_VALUE.matcher(value).matches() || value.contains("..")) {
                throw new TemplateException("the value of " + name + " cannot be part of a host name");
            }
            return value;
        });
        String tail = rest.fillWith(name -> encode(text(values, name)));
        if (!rest.names().isEmpty()) {
            refuseDotSegments(tail);
        }
        return host + tail;
    }

    /** One query parameter, {@code key=value}, both encoded. */
    public static String parameter(String key, Template value, Map<String, ?> values) {
        return encode(key) + "=" + encode(value.fillWith(name -> text(values, name)));
    }

    private static void refuseDotSegments(String tail) {
        int end = tail.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = tail.indexOf(mark);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        for (String segment : tail.substring(0, end).split("/", -1)) {
            if (DOT_SEGMENT.matcher(segment).matches()) {
                throw new TemplateException("a value must not turn a path segment into . or ..");
            }
        }
    }

    private static String text(Map<String, ?> values, String name) {
        Object value = values.get(name);
        return value == null ? "" : JsonTemplate.plain(value);
    }

    /** Percent-encodes everything but unreserved characters. */
    static String encode(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
    }

    /** Names only: the text may be private. */
    @Override
    public String toString() {
        return "UrlTemplate" + names();
    }
}
