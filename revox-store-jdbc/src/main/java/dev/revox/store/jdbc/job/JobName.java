package dev.revox.store.jdbc.job;

import dev.revox.job.Job;
import dev.revox.order.OrderKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What identifies a job in the table: the task is its kind, the instance is tenant, order and subject. All of it is plain ASCII:
 * {@code ~} for no tenant, else {@code =} and the tenant; other characters as {@code %} and four hexadecimal digits.
 *
 * <p><b>Thread:</b> Immutable.
 */
record JobName(String task, String instance) {
    private static final String PREFIX = "revox-";
    private static final int DIGITS = 4;

    static JobName of(Job job) {
        String tenant = job.order().tenant().map(name -> "=" + encode(name)).orElse("~");
        return new JobName(task(job.kind()), tenant + "/" + encode(job.order().id()) + "/" + encode(job.subject()));
    }

    static String task(Job.Kind kind) {
        return PREFIX + kind.name().toLowerCase(Locale.ROOT);
    }

    static List<String> tasks() {
        return Arrays.stream(Job.Kind.values()).map(JobName::task).toList();
    }

    Job job(Instant due) {
        List<String> parts = List.of(instance.split("/", -1));
        Optional<String> tenant =
                parts.get(0).startsWith("=") ? Optional.of(decode(parts.get(0).substring(1))) : Optional.empty();
        Job.Kind kind = Job.Kind.valueOf(task.substring(PREFIX.length()).toUpperCase(Locale.ROOT));
        return new Job(kind, new OrderKey(tenant, decode(parts.get(1))), decode(parts.get(2)), due);
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c > ' ' && c < 0x7f && c != '%' && c != '/';
            encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%04x", (int) c));
        }
        return encoded.toString();
    }

    private static String decode(String encoded) {
        StringBuilder text = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                text.append((char) Integer.parseInt(encoded.substring(i + 1, i + 1 + DIGITS), 16));
                i += DIGITS;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
