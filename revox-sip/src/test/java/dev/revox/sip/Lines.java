package dev.revox.sip;

import static org.awaitility.Awaitility.await;

import dev.revox.line.CallLeg;
import dev.revox.line.DialRequest;
import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.phone.PhoneNumber;
import dev.revox.time.SystemTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A line on loopback with a fake media plane, and what its legs told. */
final class Lines implements AutoCloseable {

    static final Duration T1 = Duration.ofMillis(30);
    static final String CALLEE = "+14155550123";

    /** Every event of one leg. */
    static final class Events implements Consumer<LegEvent> {

        final List<LegEvent> all = new CopyOnWriteArrayList<>();

        @Override
        public void accept(LegEvent event) {
            all.add(event);
        }

        <T extends LegEvent> T await(Class<T> type) {
            AtomicReference<T> found = new AtomicReference<>();
            org.awaitility.Awaitility.await(type.getSimpleName())
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        all.stream()
                                .filter(type::isInstance)
                                .map(type::cast)
                                .findFirst()
                                .ifPresent(found::set);
                        return found.get() != null;
                    });
            return found.get();
        }

        long terminals() {
            return all.stream().filter(LegEvent::terminal).count();
        }
    }

    final FakeMediaPlane plane = new FakeMediaPlane();
    private final List<CallLeg> dialled = new CopyOnWriteArrayList<>();
    final SystemTime time = SystemTime.start();
    final SipCallLine line;

    Lines(SipTrunk trunk) {
        this(trunk, SipSettings.DEFAULT.withT1(T1));
    }

    Lines(SipTrunk trunk, SipSettings settings) {
        this(builder -> builder.trunk(trunk), settings);
    }

    Lines(UnaryOperator<SipCallLine.Builder> change) {
        this(change, SipSettings.DEFAULT.withT1(T1));
    }

    Lines(UnaryOperator<SipCallLine.Builder> change, SipSettings settings) {
        line = change.apply(SipCallLine.builder())
                .settings(settings.withBindAddress("127.0.0.1"))
                .media((clock, address) -> plane)
                .build();
        line.start(time);
    }

    CallLeg dial(Events events) {
        return dial(CALLEE, Duration.ofSeconds(20), events);
    }

    CallLeg dial(String number, Duration ringTimeout, Consumer<LegEvent> events) {
        CallLeg leg = line.dial(
                new DialRequest(
                        "order-1",
                        "leg-1",
                        PhoneNumber.of(number),
                        Optional.of(PhoneNumber.of("+14155550199")),
                        ringTimeout,
                        ListenSettings.DEFAULT),
                events);
        dialled.add(leg);
        return leg;
    }

    void hangUpAll() {
        dialled.forEach(CallLeg::hangUp);
        dialled.clear();
    }

    static void eventually(String what, java.util.concurrent.Callable<Boolean> condition) {
        await(what)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    @Override
    public void close() {
        line.close();
        time.close();
    }
}
