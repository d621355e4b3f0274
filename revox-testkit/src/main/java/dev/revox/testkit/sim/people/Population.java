package dev.revox.testkit.sim.people;

import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.DialError;
import dev.revox.phone.PhoneNumber;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * People in several countries, at home at different hours, with all the ways in which a call can go.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public final class Population {
    private record Country(String prefix, int digits, ZoneId zone) {
        static Country of(String prefix, int digits, String zone) {
            return new Country(prefix, digits, ZoneId.of(zone));
        }
    }

    /** Number ranges that lie in one zone each. */
    private static final List<Country> COUNTRIES = List.of(
            Country.of("+336123", 5, "Europe/Paris"),
            Country.of("+4915112", 6, "Europe/Berlin"),
            Country.of("+1212736", 4, "America/New_York"),
            Country.of("+1213626", 4, "America/Los_Angeles"),
            Country.of("+919812", 6, "Asia/Kolkata"),
            Country.of("+8190123", 5, "Asia/Tokyo"));

    private final List<Person> people = new ArrayList<>();
    private final Map<PhoneNumber, Person> byNumber = new HashMap<>();

    private Population() {}

    /** As many people, all different. */
    public static Population of(int size, RandomGenerator random) {
        Population population = new Population();
        while (population.people.size() < size) {
            Country country = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
            int bound = (int) Math.pow(10, country.digits());
            String subscriber = String.valueOf(bound + random.nextInt(bound)).substring(1);
            int homeFrom = 6 + random.nextInt(14);
            Person person = new Person(
                    PhoneNumber.of(country.prefix() + subscriber),
                    country.zone(),
                    homeFrom,
                    Math.min(24, homeFrom + 2 + random.nextInt(8)));
            if (population.byNumber.putIfAbsent(person.number(), person) == null) {
                population.people.add(person);
            }
        }
        return population;
    }

    public List<Person> people() {
        return people;
    }

    /** The one who owns a number. */
    public Optional<Person> owner(PhoneNumber number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** What a person does about a call now. */
    public Pickup pickup(Person person, Instant now, RandomGenerator random) {
        int lot = random.nextInt(100);
        if (lot < 4) {
            return new Pickup.Refused(millis(200 + random.nextInt(800)), 503, DialError.TOO_MANY_CALLS);
        }
        if (lot < 12) {
            return new Pickup.Refused(millis(300 + random.nextInt(2000)), 486, DialError.BUSY);
        }
        if (lot < 13) {
            return new Pickup.Refused(millis(300), 607, DialError.NON_CLASSIFIED_ERROR);
        }
        if (lot < 14) {
            return new Pickup.Refused(millis(300), 404, DialError.NUMBER_NON_ATTRIBUTED);
        }
        if (lot < 17) {
            return new Pickup.Refused(millis(500), 480, DialError.TEMPORARILY_UNAVAILABLE);
        }
        if (!atHome(person, now) && lot < 80) {
            return lot < 50 ? new Pickup.RingsOut() : machine(AnsweredBy.VOICEMAIL, random);
        }
        if (lot < 20) {
            return machine(AnsweredBy.IOS_SCREENING_FILTER, random);
        }
        if (lot < 22) {
            return machine(AnsweredBy.IVR, random);
        }
        return human(random);
    }

    private static boolean atHome(Person person, Instant now) {
        ZonedDateTime local = now.atZone(person.zone());
        boolean weekend = local.getDayOfWeek() == DayOfWeek.SATURDAY || local.getDayOfWeek() == DayOfWeek.SUNDAY;
        return weekend || (local.getHour() >= person.homeFrom() && local.getHour() < person.homeUntil());
    }

    private static Pickup machine(AnsweredBy who, RandomGenerator random) {
        return new Pickup.Answered(
                Duration.ofSeconds(2 + random.nextInt(25)), who, 1, Duration.ofSeconds(8), Optional.empty(), false);
    }

    private static Pickup human(RandomGenerator random) {
        boolean impatient = random.nextInt(5) == 0;
        boolean talkative = random.nextInt(50) == 0;
        return new Pickup.Answered(
                Duration.ofSeconds(1 + random.nextInt(40)),
                AnsweredBy.HUMAN,
                talkative ? 10_000 : 1 + random.nextInt(12),
                millis(4_000 + random.nextInt(8_000)),
                impatient ? Optional.of(millis(random.nextInt(20_000))) : Optional.empty(),
                random.nextInt(20) == 0);
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }
}
