package dev.revox.bench.kill;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.revox.CallEngine;
import dev.revox.RevoxException;
import dev.revox.assistant.Assistant;
import dev.revox.attempt.EndReason;
import dev.revox.bench.far.FarEnd;
import dev.revox.bench.far.Said;
import dev.revox.bench.far.SilentAgent;
import dev.revox.event.CallEvent;
import dev.revox.order.CallOrder;
import dev.revox.order.CallOrderBuilder;
import dev.revox.order.OrderStatus;
import dev.revox.phone.PhoneNumbers;
import dev.revox.schedule.RetryPolicy;
import dev.revox.store.EngineStore;
import dev.revox.store.StoredOrder;
import dev.revox.store.jdbc.JdbcStore;
import dev.revox.store.search.OrderQuery;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The process that is killed: an engine that places orders and calls people all the time. It does what its input says: {@code go
 * <first number> <orders> <ms between two>}, {@code again <number>} (place an order once more), {@code settle} (say when nothing is
 * open), {@code settle-but-doubt} (the same, but for orders that wait for the horizon of a call in doubt).
 *
 * <p><b>Thread:</b> its main thread reads; another one places.
 */
final class KilledEngine {
    static final Duration RING_TIMEOUT = Duration.ofSeconds(2);
    static final Duration LONGEST_CALL = Duration.ofSeconds(2);
    static final Duration LEASE = Duration.ofSeconds(2);
    static final int MOST_ATTEMPTS = 3;

    /** Rings for as long as a test may take. */
    private static final Duration RINGS_ON = Duration.ofMinutes(10);

    private static final long FIRST_NUMBER = 14152000000L;
    private static final int ENOUGH = 20_000;
    private static final long LOOK_MS = 200;
    private static final int LOOKS = 3;

    /** More than any delay but that of a call in doubt. */
    private static final Duration LONG_WAIT = Duration.ofSeconds(10);

    private static final Assistant ASSISTANT = Assistant.prompt("You confirm tomorrow's appointment.")
            .firstSentence("Hi!")
            .maxCallDuration(LONGEST_CALL)
            .build();
    private static final RetryPolicy POLICY = RetryPolicy.builder()
            .everyDay()
            .window("00:00", "24:00", Duration.ofSeconds(1))
            .maxAttempts(MOST_ATTEMPTS)
            .timezone(ZoneId.of("UTC"))
            .build();

    private final EngineStore store;
    private final CallEngine engine;

    private KilledEngine(EngineStore store, CallEngine engine) {
        this.store = store;
        this.engine = engine;
    }

    /** {@code <JDBC URL | folder> <node> <manner> <seed>}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        // What reads only the class path may be done before the engine that is awaited is needed.
        PhoneNumbers.warmUp();
        Said.say(Said.STANDBY);
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String[] go = words(told.readLine());
        Said.say(Said.BUILDING);
        KilledEngine killed = build(arguments);
        Said.say(Said.READY);
        Thread.ofPlatform().daemon(true).start(() -> killed.placeAll(go));
        while (true) {
            String[] words = words(told.readLine());
            if (words[0].equals("again")) {
                killed.place(Integer.parseInt(words[1]));
            } else {
                killed.settle(words[0].equals("settle"));
            }
        }
    }

    private static String[] words(@Nullable String line) {
        if (line == null) {
            Runtime.getRuntime().halt(0);
            throw new IllegalStateException();
        }
        return line.split(" ");
    }

    private static KilledEngine build(String[] arguments) {
        EngineStore store = open(arguments[0]);
        FarEnd.Manner manner = FarEnd.Manner.valueOf(arguments[2]);
        CallEngine engine = CallEngine.builder()
                .line(new FarEnd(manner, Long.parseLong(arguments[3])))
                .agent(new SilentAgent())
                .store(store)
                .nodeName(arguments[1])
                .lease(LEASE)
                .ringTimeout(manner == FarEnd.Manner.SILENT ? RINGS_ON : RING_TIMEOUT)
                .maxConcurrentCalls(ENOUGH)
                .listener(KilledEngine::tell)
                .build();
        return new KilledEngine(store, engine);
    }

    /** A store on the same rows, in this process. */
    static EngineStore open(String where) {
        if (!where.startsWith("jdbc:")) {
            return JdbcStore.embedded(Path.of(where));
        }
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(where);
        return JdbcStore.builder()
                .dataSource(new HikariDataSource(settings))
                .applySchema()
                .build();
    }

    private static void tell(CallEvent event) {
        switch (event) {
            case CallEvent.AttemptEnded ended -> {
                if (ended.attempt().endReason().equals(Optional.of(EndReason.ENGINE_LOST))) {
                    Said.say(Said.LOST, event.order().id(), ended.attempt().id());
                }
            }
            case CallEvent.Reported reported ->
                Said.say(Said.REPORTED, event.order().id());
            default -> {}
        }
    }

    private void placeAll(String[] go) {
        int first = Integer.parseInt(go[1]);
        int orders = Integer.parseInt(go[2]);
        try {
            for (int number = first; number < first + orders; number++) {
                place(number);
                Thread.sleep(Long.parseLong(go[3]));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void place(int number) {
        CallOrderBuilder order = CallOrder.to("+" + (FIRST_NUMBER + number))
                .assistant(ASSISTANT)
                .retryPolicy(POLICY)
                .forceNow();
        if (hasKey(number)) {
            order.idempotencyKey("key-" + number);
        }
        Said.say(Said.PLACING, number);
        try {
            Said.say(Said.ACCEPTED, number, engine.place(order.build()).id());
        } catch (RevoxException unavailable) {
            System.err.println("not placed: " + unavailable);
        }
    }

    /** Every other order can be placed again without becoming two. */
    static boolean hasKey(int number) {
        return number % 2 == 0;
    }

    private void settle(boolean toTheEnd) throws InterruptedException {
        // An order that moves from one status to the other while they are looked at may be overlooked, but not again
        // and again.
        int idle = 0;
        while (idle < LOOKS) {
            Thread.sleep(LOOK_MS);
            idle = open(toTheEnd ? Instant.MAX : Instant.now().plus(LONG_WAIT)) ? 0 : idle + 1;
        }
        Said.say(Said.IDLE);
    }

    private boolean open(Instant dueBefore) {
        return Stream.of(
                                OrderStatus.INITIALIZING,
                                OrderStatus.SCHEDULED,
                                OrderStatus.QUEUED_FOR_CALLING,
                                OrderStatus.CALLING)
                        .flatMap(this::some)
                        .anyMatch(row -> row.dueAt().orElse(Instant.MIN).isBefore(dueBefore))
                || !store.unreported(Instant.now().plusSeconds(1), 1).isEmpty();
    }

    private Stream<StoredOrder> some(OrderStatus status) {
        OrderQuery query = OrderQuery.of(Optional.empty())
                .status(status)
                .limit(OrderQuery.LARGEST_PAGE)
                .build();
        return store.search(query).orders().stream();
    }
}
