package dev.revox.wire.assistant;

import dev.revox.schedule.CallingWindow;
import dev.revox.schedule.RetryPolicy;
import dev.revox.schedule.WallTime;
import dev.revox.wire.json.Members;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Reads {@code call_retry_config}, each member of which has a default. <b>Thread:</b> Immutable. */
public final class PolicyReader {

    private PolicyReader() {}

    public static RetryPolicy read(Members members) {
        RetryPolicy.Builder policy = RetryPolicy.builder();
        members.choices("allowed_days", WireNames.DAYS)
                .filter(days -> filled(members, "allowed_days", days))
                .ifPresent(days -> policy.allowedDays(new LinkedHashSet<>(days)));
        members.bool("call_twice_in_a_row").ifPresent(policy::callTwiceInARow);
        members.objects("calling_windows")
                .filter(windows -> filled(members, "calling_windows", windows))
                .ifPresent(windows -> policy.windows(
                        windows.stream().map(PolicyReader::window).toList()));
        members.integer("max_retry_attempts", 1).ifPresent(policy::maxAttempts);
        members.text("timezone").ifPresent(id -> {
            if (ZoneId.getAvailableZoneIds().contains(id)) {
                policy.timezone(ZoneId.of(id));
            } else {
                members.wrong("timezone", "must be an IANA time zone such as America/New_York");
            }
        });
        members.finish();
        return policy.build();
    }

    private static boolean filled(Members members, String name, List<?> read) {
        if (read.isEmpty() && members.node(name).filter(list -> list.isEmpty()).isPresent()) {
            members.wrong(name, "must not be empty; leave it out for the default");
        }
        return !read.isEmpty();
    }

    private static CallingWindow window(Members members) {
        WallTime start = time(members, "calling_window_start_time", WallTime::parse, CallingWindow.DEFAULT.start());
        WallTime end = time(members, "calling_window_end_time", WallTime::parseEnd, CallingWindow.DEFAULT.end());
        Duration pause = members.integer("retry_delay_seconds", 1)
                .map(Duration::ofSeconds)
                .orElse(CallingWindow.DEFAULT.retryDelay());
        members.finish();
        return new CallingWindow(start, end, pause);
    }

    private static WallTime time(Members members, String name, Function<String, WallTime> parse, WallTime otherwise) {
        return members.text(name)
                .map(text -> {
                    try {
                        return parse.apply(text);
                    } catch (IllegalArgumentException unreadable) {
                        members.wrong(
                                name, Objects.requireNonNullElse(unreadable.getMessage(), "is not a time of day"));
                        return otherwise;
                    }
                })
                .orElse(otherwise);
    }
}
