package dev.revox.sip.signaling.header;

import dev.revox.sip.signaling.SipFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Extensions by name, and methods: the headers Require, Supported and Allow. <b>Thread:</b> Thread-safe. */
public final class OptionTags {

    /** Reliable provisional responses (RFC 3262). */
    public static final String RELIABLE = "100rel";

    /** Session timers (RFC 4028). */
    public static final String TIMER = "timer";

    /** One dialog instead of another (RFC 3891). */
    public static final String REPLACES = "replaces";

    private static final Set<String> KNOWN = Set.of(RELIABLE, TIMER, REPLACES, "199", "norefersub");

    private OptionTags() {}

    public static boolean required(SipFrame frame, String tag) {
        return tags(frame, "Require").contains(tag);
    }

    /** True when the sender can do it, by saying so or by asking it of us. */
    public static boolean supported(SipFrame frame, String tag) {
        return tags(frame, "Supported").contains(tag) || required(frame, tag);
    }

    /** What is required of us and nobody here has heard of. */
    public static List<String> unknown(SipFrame frame) {
        List<String> unknown = tags(frame, "Require");
        unknown.removeIf(KNOWN::contains);
        return unknown;
    }

    public static boolean allows(SipFrame frame, String method) {
        return tags(frame, "Allow").contains(method.toLowerCase(Locale.ROOT));
    }

    private static List<String> tags(SipFrame frame, String header) {
        List<String> tags = new ArrayList<>();
        for (String value : frame.values(header)) {
            for (String tag : value.split(",", -1)) {
                if (!tag.isBlank()) {
                    tags.add(tag.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return tags;
    }
}
