package dev.revox.testkit.sim;

import dev.revox.assistant.Assistant;
import dev.revox.order.CallOrder;
import dev.revox.order.CallOrderBuilder;
import dev.revox.order.PlacedOrder;
import dev.revox.schedule.CallingWindow;
import dev.revox.schedule.RetryPolicy;
import dev.revox.schedule.WallTime;
import dev.revox.testkit.sim.people.Person;
import dev.revox.testkit.sim.people.Population;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Orders of all kinds: policies, windows and zones at random, wished starts, forced calls, concurrency keys.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
final class OrderMaker {
    private static final int MINUTES_PER_DAY = 1440;

    /** Zones with gaps, overlaps, half hours and other dates. */
    private static final List<ZoneId> ODD_ZONES = List.of(
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("Africa/Casablanca"),
            ZoneId.of("Pacific/Kiritimati"),
            ZoneId.of("America/St_Johns"),
            ZoneId.of("Asia/Beirut"));

    private static final int[] DELAYS_SECONDS = {60, 300, 900, 3600, 7200};
    private static final int[] LONGEST_TALKS_MINUTES = {2, 5, 15};

    private final Population population;
    private final RandomGenerator random;
    private final int keys;
    private final List<Assistant> assistants = new ArrayList<>();

    OrderMaker(Population population, RandomGenerator random, int orders) {
        this.population = population;
        this.random = random;
        this.keys = 2 + orders / 60;
        for (int minutes : LONGEST_TALKS_MINUTES) {
            assistants.add(Assistant.prompt("You confirm tomorrow's appointment.")
                    .maxCallDuration(Duration.ofMinutes(minutes))
                    .build());
        }
    }

    /** The zones that decide, known from the script and not from the engine. */
    List<ZoneId> zones(PlacedOrder order) {
        Optional<ZoneId> given = order.retryPolicy().timezone();
        return given.or(() -> population.owner(order.to()).map(Person::zone)).stream()
                .toList();
    }

    /** An order that is placed at this instant. */
    CallOrder make(Instant now, Optional<String> idempotencyKey) {
        Person person =
                population.people().get(random.nextInt(population.people().size()));
        CallOrderBuilder order = CallOrder.to(person.number().e164())
                .assistant(assistants.get(random.nextInt(assistants.size())))
                .retryPolicy(policy());
        if (chance(15)) {
            order.forceNow();
        }
        if (chance(25)) {
            order.scheduledAt(now.plusSeconds(random.nextInt(2 * 86_400) - 3_600));
        }
        if (chance(40)) {
            int key = random.nextInt(keys);
            // Mostly one limit per key, but each order brings its own.
            order.concurrency("desk-" + key, chance(90) ? 1 + key % 3 : 1 + random.nextInt(4));
        }
        idempotencyKey.ifPresent(order::idempotencyKey);
        return order.build();
    }

    private RetryPolicy policy() {
        RetryPolicy.Builder policy = RetryPolicy.builder()
                .allowedDays(days())
                .windows(windows())
                .maxAttempts(1 + random.nextInt(4))
                .callTwiceInARow(chance(20));
        if (chance(25)) {
            policy.timezone(ODD_ZONES.get(random.nextInt(ODD_ZONES.size())));
        }
        return policy.build();
    }

    private Set<DayOfWeek> days() {
        if (chance(50)) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (chance(60)) {
                days.add(day);
            }
        }
        return days.isEmpty() ? EnumSet.of(DayOfWeek.TUESDAY) : days;
    }

    private List<CallingWindow> windows() {
        List<CallingWindow> windows = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            int start = chance(60) ? 480 + random.nextInt(300) : random.nextInt(MINUTES_PER_DAY);
            int end = chance(80) ? start + 30 + random.nextInt(600) : random.nextInt(MINUTES_PER_DAY + 1);
            windows.add(new CallingWindow(
                    new WallTime(start),
                    new WallTime(end > MINUTES_PER_DAY ? end - MINUTES_PER_DAY : end),
                    Duration.ofSeconds(DELAYS_SECONDS[random.nextInt(DELAYS_SECONDS.length)])));
        }
        return windows;
    }

    private boolean chance(int ofHundred) {
        return random.nextInt(100) < ofHundred;
    }
}
