package dev.revox.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.DialError;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.SipFailure;
import dev.revox.sip.failure.DialVerdict;
import dev.revox.sip.failure.FailureSignal;
import dev.revox.sip.failure.LocalFailure;
import dev.revox.sip.failure.RetryClass;
import dev.revox.sip.location.NameService;
import dev.revox.sip.location.ServerLocator;
import dev.revox.sip.location.Site;
import dev.revox.sip.location.Target;
import dev.revox.sip.route.Routes;
import dev.revox.sip.sdes.MediaEncryption;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.signaling.ResponseSink;
import dev.revox.sip.signaling.SignalingWire;
import dev.revox.sip.signaling.SignalingWire.WireObserver;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.session.CallObserver;
import dev.revox.sip.trunk.TrunkPlan.Capacity;
import dev.revox.sip.trunk.TrunkPlan.Numbers;
import dev.revox.sip.trunk.TrunkPlan.Upkeep;
import dev.revox.time.ManualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class HuntTest {

    private static final Duration RING = Duration.ofSeconds(45);

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private Duration tryTakes = Duration.ofSeconds(1);
    private final List<String> tried = new ArrayList<>();
    private final List<Duration> left = new ArrayList<>();
    private final List<SipFailure> failures = new ArrayList<>();
    private final List<DialVerdict> verdicts = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();
    private final Routes routes =
            new Routes(new NoWire(), new ServerLocator(new Addresses(), time, new Random(1)), time);

    /** A host "a1b2" has the addresses 192.0.2.1 and 192.0.2.2. */
    private static final class Addresses implements NameService {
        @Override
        public Found<Naptr> naptr(String domain) {
            return new Found<>(List.of(), Duration.ofHours(1));
        }

        @Override
        public Found<Srv> srv(String name) {
            return new Found<>(List.of(), Duration.ofHours(1));
        }

        @Override
        public Found<InetAddress> addresses(String host) {
            List<InetAddress> addresses = new ArrayList<>();
            for (char digit : host.replaceAll(".*[.]", "").toCharArray()) {
                try {
                    addresses.add(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) (digit - '0')}));
                } catch (UnknownHostException e) {
                    throw new IllegalStateException(e);
                }
            }
            return new Found<>(addresses, Duration.ofHours(1));
        }
    }

    private static final class NoWire implements SignalingWire {
        @Override
        public void send(SipRequest request, Target target, ResponseSink sink) {}

        @Override
        public void sendOnce(SipRequest request, Target target) {}

        @Override
        public int localPort() {
            return 5060;
        }

        @Override
        public int openTransactions() {
            return 0;
        }

        @Override
        public int openConnections() {
            return 0;
        }

        @Override
        public void show(WireObserver observer) {}

        @Override
        public void keepAlive() {}

        @Override
        public void close() {}
    }

    private final class Told implements CallObserver {
        @Override
        public void changed(LegEvent event) {
            throw new AssertionError("nothing changes in a call that never came up: " + event);
        }

        @Override
        public void ringing(int status) {}

        @Override
        public void earlyMedia(NegotiatedMedia media) {}

        @Override
        public void mediaAgreed(NegotiatedMedia media) {}

        @Override
        public void answered(NegotiatedMedia media) {}

        @Override
        public void failed(DialVerdict verdict, SipFailure raw) {
            verdicts.add(verdict);
            failures.add(raw);
        }

        @Override
        public void ended(LegEnd cause, Optional<String> reason) {}
    }

    // The literal's last digits are its addresses: 192.0.2.12 stands for 192.0.2.1 and 192.0.2.2.
    private Trunk trunk(String name, String digits, int weight) {
        return trunk(name, digits, new Capacity(0, 0, weight));
    }

    private Trunk trunk(String name, String digits, Capacity capacity) {
        return new Trunk(
                new TrunkPlan(
                        Site.of("sip:192.0.2." + digits).orElseThrow(),
                        Optional.empty(),
                        name,
                        Optional.empty(),
                        new Numbers(
                                Optional.empty(),
                                Optional.empty(),
                                CallerIdPolicy.FROM,
                                n -> n.e164(),
                                Optional.empty()),
                        capacity,
                        new Upkeep(Optional.empty(), Optional.empty()),
                        true,
                        new TrunkPlan.Sound(MediaEncryption.OFF, false, List.of()),
                        new TrunkPlan.Callers(List.of(), Optional.empty())),
                time);
    }

    private Hunt hunting(List<Trunk> trunks, Executor mailbox, Hunt.Dialler dialler) {
        return Hunt.of(trunks, new Random(1), routes, mailbox, time, RING, dialler, new Told());
    }

    /** What each try comes to, in turn. */
    private void hunt(List<Trunk> trunks, String... outcomes) {
        Hunt hunt = hunting(trunks, Runnable::run, (trunk, target, ringLeft, observer) -> {
            String outcome = outcomes[tried.size()];
            tried.add(trunk.plan().name() + " " + target.address().getHostAddress());
            left.add(ringLeft);
            time.advance(tryTakes);
            end(outcome, trunk.plan().name(), observer);
            return new CommandedCall(commands);
        });
        hunt.begin();
    }

    private static void end(String outcome, String trunk, CallObserver observer) {
        if (outcome.startsWith("180 ")) {
            observer.ringing(180);
            end(outcome.substring(4), trunk, observer);
        } else if (outcome.equals("nothing")) {
            observer.failed(
                    DialVerdict.of(LocalFailure.NO_RESPONSE),
                    SipFailure.local(LocalFailure.NO_RESPONSE.phrase(), trunk));
        } else if (outcome.equals("unreachable")) {
            observer.failed(
                    DialVerdict.of(LocalFailure.TRANSPORT), SipFailure.local(LocalFailure.TRANSPORT.phrase(), trunk));
        } else if (outcome.equals("cancelled")) {
            observer.failed(
                    DialVerdict.of(LocalFailure.CANCELLED), SipFailure.local(LocalFailure.CANCELLED.phrase(), trunk));
        } else {
            int status = Integer.parseInt(outcome.substring(0, 3));
            String phrase = outcome.substring(3).strip();
            observer.failed(
                    DialVerdict.of(new FailureSignal(
                            status, OptionalInt.empty(), false, phrase, Optional.empty(), false, true)),
                    new SipFailure(OptionalInt.of(status), OptionalInt.empty(), Optional.of(phrase), trunk));
        }
    }

    @Test
    void f09_503_unreachable_and_silence_go_on_to_the_next_target_then_to_the_next_trunk() {
        hunt(
                List.of(trunk("one", "123", 0), trunk("two", "4", 0)),
                "503 Service Unavailable",
                "unreachable",
                "nothing",
                "486 Busy Here");
        assertThat(tried).containsExactly("one 192.0.2.1", "one 192.0.2.2", "one 192.0.2.3", "two 192.0.2.4");
        assertThat(failures).singleElement().satisfies(raw -> {
            assertThat(raw.sipStatus()).hasValue(486);
            assertThat(raw.trunk()).isEqualTo("two");
        });
        assertThat(left).containsExactly(RING, RING.minusSeconds(1), RING.minusSeconds(2), RING.minusSeconds(3));
    }

    @Test
    void s20_no_second_try_after_it_rang() {
        hunt(List.of(trunk("one", "12", 0), trunk("two", "4", 0)), "180 503 Service Unavailable");
        assertThat(tried).containsExactly("one 192.0.2.1");
        assertThat(failures)
                .singleElement()
                .satisfies(raw -> assertThat(raw.sipStatus()).hasValue(503));
    }

    @Test
    void s20_no_route_and_what_we_have_not_go_to_the_next_trunk_at_once() {
        hunt(List.of(trunk("one", "12", 0), trunk("two", "4", 0)), "404 Not Found", "404 Not Found");
        assertThat(tried).containsExactly("one 192.0.2.1", "two 192.0.2.4");
        assertThat(verdicts.getFirst().error()).isEqualTo(DialError.NUMBER_NON_ATTRIBUTED);
    }

    @Test
    void busy_declined_and_cancelled_are_final() {
        for (String outcome : List.of("486 Busy Here", "603 Decline", "410 Gone", "cancelled")) {
            tried.clear();
            hunt(List.of(trunk("one", "12", 0), trunk("two", "4", 0)), outcome);
            assertThat(tried).as(outcome).containsExactly("one 192.0.2.1");
        }
    }

    @Test
    void f09_what_a_trunk_said_is_told_also_when_the_last_one_was_unreachable() {
        hunt(List.of(trunk("one", "1", 0), trunk("two", "4", 0)), "503 Service Unavailable", "unreachable");
        assertThat(failures.getFirst().trunk()).isEqualTo("one");
        assertThat(verdicts.getFirst().error()).isEqualTo(DialError.TEMPORARILY_UNAVAILABLE);
    }

    @Test
    void f09_silence_of_all_trunks_is_not_classified() {
        hunt(List.of(trunk("one", "1", 0), trunk("two", "4", 0)), "nothing", "nothing");
        assertThat(verdicts)
                .singleElement()
                .satisfies(v -> assertThat(v.error()).isEqualTo(DialError.NON_CLASSIFIED_ERROR));
    }

    @Test
    void s26_a_trunk_that_complains_gets_fewer_calls_and_others_take_them() {
        List<Trunk> trunks = List.of(trunk("one", "1", 0), trunk("two", "4", 0));
        tryTakes = Duration.ofMillis(10);
        for (int call = 0; call < 5; call++) {
            tried.clear();
            hunt(trunks, "486 Busy Here");
        }
        tried.clear();
        hunt(trunks, "503 Trunk CPS limit exceeded", "486 Busy Here");
        assertThat(tried).containsExactly("one 192.0.2.1", "two 192.0.2.4");
        tried.clear();
        hunt(trunks, "486 Busy Here");
        assertThat(tried).containsExactly("two 192.0.2.4");
    }

    @Test
    void s21_a_trunk_that_is_down_is_tried_last_and_still_tried() {
        Trunk one = trunk("one", "1", 0);
        Trunk two = trunk("two", "4", 0);
        one.missed();
        one.missed();
        assertThat(one.down()).isFalse();
        one.missed();
        assertThat(one.down()).isTrue();
        hunt(List.of(one, two), "unreachable", "486 Busy Here");
        assertThat(tried).containsExactly("two 192.0.2.4", "one 192.0.2.1");
        assertThat(one.down()).isFalse();
    }

    @Test
    void s26_a_trunk_whose_channels_are_taken_is_passed_over_until_one_is_given_back() {
        Trunk full = trunk("full", "1", new Capacity(1, 0, 0));
        assertThat(full.channels().take()).isTrue();

        hunt(List.of(full, trunk("free", "4", 0)), "486");
        assertThat(tried).containsExactly("free 192.0.2.4");

        full.channels().giveBack();
        tried.clear();
        hunt(List.of(full, trunk("free", "4", 0)), "486");
        assertThat(tried).containsExactly("full 192.0.2.1");
        assertThat(full.channels().take()).isTrue();
    }

    @Test
    void s26_where_all_channels_are_taken_the_attempt_does_not_count() {
        Trunk full = trunk("full", "1", new Capacity(1, 0, 0));
        assertThat(full.channels().take()).isTrue();

        hunt(List.of(full), "486");

        assertThat(tried).isEmpty();
        assertThat(verdicts).containsExactly(new DialVerdict(DialError.TOO_MANY_CALLS, RetryClass.RETRY_UNCOUNTED));
    }

    @Test
    void s20_weights_share_the_calls_among_trunks() {
        List<Trunk> trunks = List.of(trunk("spare", "3", 0), trunk("one", "1", 3), trunk("two", "4", 1));
        int first = 0;
        Random random = new Random(7);
        for (int call = 0; call < 1000; call++) {
            List<Trunk> order = TrunkOrder.of(trunks, random);
            assertThat(order.getLast().plan().name()).isEqualTo("spare");
            first += order.getFirst().plan().name().equals("one") ? 1 : 0;
        }
        assertThat(first).isBetween(700, 800);
    }

    @Test
    void s20_the_ring_timeout_is_that_of_the_attempt() {
        Hunt hunt = hunting(List.of(trunk("one", "12", 0)), Runnable::run, (trunk, target, ringLeft, observer) -> {
            tried.add(target.toString());
            time.advance(RING);
            end("nothing", "one", observer);
            return new CommandedCall(commands);
        });
        hunt.begin();
        assertThat(tried).hasSize(1);
        assertThat(failures).hasSize(1);
    }

    @Test
    void s05_a_hang_up_between_two_tries_is_not_lost() {
        List<Runnable> mailbox = new ArrayList<>();
        List<CallObserver> calls = new ArrayList<>();
        Hunt hunt = hunting(List.of(trunk("one", "12", 0)), mailbox::add, (trunk, target, ringLeft, observer) -> {
            calls.add(observer);
            return new CommandedCall(commands);
        });
        hunt.begin();
        drain(mailbox);
        assertThat(calls).hasSize(1);
        hunt.hangUp(LegEnd.LOCAL_HANGUP);
        end("503 Service Unavailable", "one", calls.getFirst());
        drain(mailbox);
        assertThat(calls).as("nobody is called any more").hasSize(1);
        assertThat(failures).hasSize(1);
    }

    @Test
    void s05_a_hang_up_while_a_name_is_looked_up_ends_the_attempt() {
        List<Runnable> mailbox = new ArrayList<>();
        Hunt hunt = hunting(List.of(trunk("one", "12", 0)), mailbox::add, (trunk, target, ringLeft, observer) -> {
            throw new AssertionError("nobody is called");
        });
        hunt.begin();
        hunt.hangUp(LegEnd.LOCAL_HANGUP);
        drain(mailbox);
        assertThat(verdicts).containsExactly(DialVerdict.of(LocalFailure.CANCELLED));
    }

    @Test
    void commands_go_to_the_call_that_is_under_way() {
        Hunt hunt = hunting(
                List.of(trunk("one", "1", 0)),
                Runnable::run,
                (trunk, target, ringLeft, observer) -> new CommandedCall(commands));
        assertThat(hunt.sendDigits("1")).isFalse();
        hunt.begin();
        hunt.hold(true);
        hunt.hangUp(LegEnd.LOCAL_HANGUP);
        hunt.abandon();
        List<Optional<String>> uris = new ArrayList<>();
        hunt.takeoverUri(uris::add);
        assertThat(hunt.sendDigits("1")).isTrue();
        assertThat(commands).containsExactly("hold true", "hang up", "abandon");
        assertThat(uris).containsExactly(Optional.of("sip:far"));
    }

    @Test
    void a_dial_plan_that_fails_ends_the_attempt_or_leaves_it_to_the_next_trunk() {
        Hunt hunt = hunting(
                List.of(trunk("one", "1", 0), trunk("two", "4", 0)),
                Runnable::run,
                (trunk, target, ringLeft, observer) -> {
                    tried.add(trunk.plan().name());
                    throw new IllegalArgumentException("no dial string");
                });
        hunt.begin();
        assertThat(tried).containsExactly("one", "two");
        assertThat(failures)
                .singleElement()
                .satisfies(
                        raw -> assertThat(raw.reasonPhrase()).contains("the trunk's settings do not fit this number"));
    }

    @Test
    void a_name_that_is_never_looked_up_ends_the_attempt_at_its_ring_timeout() {
        List<Runnable> mailbox = new ArrayList<>();
        Hunt hunt = hunting(List.of(trunk("one", "1", 0)), mailbox::add, (trunk, target, ringLeft, observer) -> {
            throw new AssertionError("nobody is called");
        });
        hunt.begin();
        mailbox.clear();
        time.advance(RING);
        drain(mailbox);
        assertThat(failures).hasSize(1);
    }

    private static void drain(List<Runnable> mailbox) {
        while (!mailbox.isEmpty()) {
            mailbox.removeFirst().run();
        }
    }
}
