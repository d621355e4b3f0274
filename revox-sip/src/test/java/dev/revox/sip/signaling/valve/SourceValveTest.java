package dev.revox.sip.signaling.valve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SourceValveTest {

    private static final InetAddress TRUNK = address("192.0.2.1");
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000);
    private final MessageScan scan = new MessageScan();
    private final SourceValve valve = new SourceValve(
            ValveSettings.DEFAULT.known(100, 50).strangers(2, 20), TRUNK::equals, "live"::equals, now::get);

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean admits(InetAddress source, String callId) {
        byte[] bytes = ("OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP b\r\nCall-ID: " + callId + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        return valve.admits(source, bytes, bytes.length, scan);
    }

    private int admitted(InetAddress source, String callId, int tries) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            admitted += admits(source, callId) ? 1 : 0;
        }
        return admitted;
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void s28_a_trunk_has_a_budget_that_fills_again_also_where_the_clock_wraps() {
        assertThat(admitted(TRUNK, "other", 1000)).isEqualTo(50);
        pass(Duration.ofMillis(100));
        assertThat(admitted(TRUNK, "other", 1000)).isEqualTo(10);
        pass(Duration.ofSeconds(60));
        assertThat(admitted(TRUNK, "other", 1000)).isEqualTo(50);
        assertThat(valve.counts().knownOverBudget()).isEqualTo(3000 - 110);
        assertThat(valve.counts().passed()).isEqualTo(110);
    }

    @Test
    void f10_a_flood_in_the_trunks_name_leaves_room_for_calls_that_are_up() {
        assertThat(admitted(TRUNK, "forged", 1000)).isEqualTo(50);
        assertThat(admitted(TRUNK, "live", 40)).isEqualTo(40);
    }

    @Test
    void f10_many_messages_of_calls_that_are_up_leave_room_for_new_ones_however_long_they_take() {
        for (int i = 0; i < 50; i++) {
            assertThat(admits(TRUNK, "live")).isTrue();
            pass(Duration.ofMillis(9));
            valve.read(TRUNK, scan);
        }

        assertThat(admitted(TRUNK, "new", 1000)).isEqualTo(50);
    }

    @Test
    void f10_what_takes_long_to_read_counts_for_as_many_as_fit_into_its_time() {
        int admitted = 0;
        for (int ms = 0; ms < 20_000; ms++) {
            if (admits(TRUNK, "slow")) {
                admitted++;
                pass(Duration.ofNanos(950_000));
                valve.read(TRUNK, scan);
                pass(Duration.ofNanos(50_000));
            } else {
                pass(Duration.ofMillis(1));
            }
        }

        // 100 a second, and each counts for ten.
        assertThat(admitted).isBetween(200, 210);
        assertThat(admitted(TRUNK, "live", 1000)).isEqualTo(50);
    }

    @Test
    void f10_a_reader_that_stood_still_for_an_hour_does_not_lock_the_trunk_out() {
        assertThat(admits(TRUNK, "first")).isTrue();
        pass(Duration.ofHours(1));
        valve.read(TRUNK, scan);

        assertThat(admits(TRUNK, "at once")).isFalse();
        pass(Duration.ofMillis(100));
        assertThat(admitted(TRUNK, "soon", 1000)).isEqualTo(10);
    }

    @Test
    void f10_what_an_address_owes_is_paid_when_its_budget_has_filled_once() {
        assertThat(admitted(TRUNK, "many", 1000)).isEqualTo(50);
        pass(Duration.ofMillis(10));
        assertThat(admits(TRUNK, "one more")).isTrue();
        pass(Duration.ofMillis(50));
        valve.read(TRUNK, scan);

        pass(Duration.ofMillis(440));
        assertThat(admits(TRUNK, "too soon")).isFalse();
        pass(Duration.ofMillis(20));
        assertThat(admits(TRUNK, "paid")).isTrue();
    }

    @Test
    void x07_a_stranger_gets_few_answers_and_all_strangers_together_not_many() {
        assertThat(admitted(address("198.51.100.1"), "x", 1000)).isEqualTo(10);
        int all = 0;
        for (int host = 0; host < 5000; host++) {
            all += admits(address("10.0." + host / 250 + "." + host % 250), "live") ? 1 : 0;
        }
        assertThat(all).isEqualTo(90);
        pass(Duration.ofSeconds(1));
        assertThat(admitted(address("198.51.100.2"), "x", 1000)).isBetween(9, 10);
    }

    @Test
    void a_stranger_that_becomes_known_owes_nothing_for_what_was_read_before() {
        InetAddress callee = address("203.0.113.8");
        assertThat(admits(callee, "before")).isTrue();
        pass(Duration.ofSeconds(1));
        valve.read(callee, scan);
        valve.befriend(callee);

        assertThat(admitted(callee, "after", 1000)).isEqualTo(50);
    }

    @Test
    void x07_strangers_can_be_met_with_silence() {
        SourceValve silent =
                new SourceValve(ValveSettings.DEFAULT.silentToStrangers(), TRUNK::equals, "live"::equals, now::get);
        byte[] bytes = "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP b\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(silent.admits(address("198.51.100.1"), bytes, bytes.length, scan))
                .isFalse();
        assertThat(silent.admits(TRUNK, bytes, bytes.length, scan)).isTrue();
    }

    @Test
    void a_host_that_we_call_is_known_for_an_hour() {
        InetAddress callee = address("203.0.113.7");
        assertThat(valve.knows(callee)).isFalse();
        valve.befriend(callee);
        pass(Duration.ofMinutes(59));
        assertThat(admitted(callee, "x", 1000)).isEqualTo(50);
        pass(Duration.ofMinutes(2));
        assertThat(valve.knows(callee)).isFalse();
    }

    @Test
    void one_network_of_ipv6_is_one_stranger() {
        int admitted = 0;
        for (int host = 1; host < 1000; host++) {
            admitted += admits(address("2001:db8:1:2::" + Integer.toHexString(host)), "x") ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(10);
    }

    @Test
    void a_million_forged_sources_take_no_memory_and_do_not_lock_the_trunk_out() {
        byte[] bytes = "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP b\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        byte[] source = new byte[4];
        for (int i = 0; i < 200_000; i++) {
            source[0] = 11;
            source[1] = (byte) (i >> 16);
            source[2] = (byte) (i >> 8);
            source[3] = (byte) i;
            try {
                valve.admits(InetAddress.getByAddress(source), bytes, bytes.length, scan);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(admitted(TRUNK, "x", 60)).isEqualTo(50);
        assertThat(valve.counts().passed()).isEqualTo(100 + 50);
    }
}
