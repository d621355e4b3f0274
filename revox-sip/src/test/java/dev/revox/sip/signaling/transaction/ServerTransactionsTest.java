package dev.revox.sip.signaling.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipReply;
import dev.revox.time.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 3261 §17.2 in virtual time, T1 = 500 ms. */
class ServerTransactionsTest {

    private static final Echo ECHO = new Echo(
            "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n",
            "To: <sip:a@b>",
            false,
            "From: <sip:c@d>;tag=f\r\nCall-ID: x\r\nCSeq: 1 INVITE\r\n",
            "Record-Route: <sip:r;lr>\r\n",
            "Timestamp: 7\r\n");

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final List<String> sent = new ArrayList<>();
    private final ServerTransactions transactions =
            new ServerTransactions(time, Duration.ofMillis(500), status -> "Phrase" + status);

    private ServerTransaction begin(String id, boolean invite, boolean reliable) {
        return transactions
                .begin(id, invite, ECHO, new ReplyWay() {
                    @Override
                    public boolean reliable() {
                        return reliable;
                    }

                    @Override
                    public void send(byte[] response) {
                        sent.add(new String(response, StandardCharsets.UTF_8));
                    }
                })
                .orElseThrow();
    }

    private List<String> statuses() {
        return sent.stream().map(text -> text.substring(8, 11)).toList();
    }

    @Test
    void a_response_repeats_what_the_request_said_and_adds_our_tag_once() {
        begin("i", true, false).reply(SipReply.of(180).tagged("mine").with("Contact", "<sip:us>"));

        assertThat(sent).containsExactly("""
                SIP/2.0 180 Phrase180\r
                Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r
                To: <sip:a@b>;tag=mine\r
                From: <sip:c@d>;tag=f\r
                Call-ID: x\r
                CSeq: 1 INVITE\r
                Record-Route: <sip:r;lr>\r
                Contact: <sip:us>\r
                Content-Length: 0\r
                \r
                """);
    }

    @Test
    void an_invite_that_nobody_answers_within_200_ms_gets_100_with_its_timestamp() {
        ServerTransaction invite = begin("i", true, false);
        time.advance(Duration.ofMillis(199));
        assertThat(sent).isEmpty();
        time.advance(Duration.ofMillis(15));
        assertThat(statuses()).containsExactly("100");
        assertThat(sent.getFirst()).contains("Timestamp: 7\r\n").doesNotContain("Record-Route");

        invite.reply(SipReply.of(180));
        assertThat(transactions.repeated("i")).isTrue();
        assertThat(statuses()).containsExactly("100", "180", "180");
    }

    @Test
    void an_invite_that_is_answered_in_time_gets_no_100() {
        begin("i", true, false).reply(SipReply.of(180));
        time.advance(Duration.ofSeconds(1));
        assertThat(statuses()).containsExactly("180");
    }

    @Test
    void a_request_that_comes_again_gets_the_same_bytes_for_64_t1_and_is_then_forgotten() {
        ServerTransaction bye = begin("b", false, false);
        assertThat(transactions.repeated("b")).isTrue();
        assertThat(sent).isEmpty();
        bye.reply(SipReply.of(200).tagged("t"));
        time.advance(Duration.ofSeconds(31));
        assertThat(transactions.repeated("b")).isTrue();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).isEqualTo(sent.get(0));

        time.advance(Duration.ofSeconds(3));
        assertThat(transactions.repeated("b")).isFalse();
        assertThat(transactions.size()).isZero();
    }

    @Test
    void a_second_final_response_is_thrown_away() {
        ServerTransaction bye = begin("b", false, false);
        bye.reply(SipReply.of(200));
        bye.reply(SipReply.of(500));
        assertThat(statuses()).containsExactly("200");
    }

    @Test
    void a_refused_invite_is_told_again_from_t1_doubling_up_to_t2_until_its_ack() {
        begin("i", true, false).reply(SipReply.of(486));
        time.advance(Duration.ofMillis(500 + 1000 + 2000 + 4000 + 4000));
        assertThat(statuses()).hasSize(6).containsOnly("486");

        assertThat(transactions.acknowledged("i")).isTrue();
        time.advance(Duration.ofSeconds(10));
        assertThat(sent).hasSize(6);
        assertThat(transactions.repeated("i")).as("a late copy is absorbed").isTrue();
        assertThat(transactions.acknowledged("i")).as("so is a second ACK").isTrue();
        assertThat(sent).hasSize(6);
        time.advance(Duration.ofSeconds(20));
        assertThat(transactions.size()).isZero();
    }

    @Test
    void a_refusal_without_an_ack_ends_after_64_t1() {
        begin("i", true, false).reply(SipReply.of(603));
        time.advance(Duration.ofMinutes(2));
        assertThat(statuses()).hasSizeBetween(10, 12);
        assertThat(transactions.size()).isZero();
    }

    @Test
    void a_200_to_an_invite_is_the_calls_to_repeat_and_can_be_sent_past_the_transaction() {
        ServerTransaction invite = begin("i", true, false);
        SipReply ok = SipReply.of(200).tagged("t");
        invite.reply(ok);
        assertThat(transactions.repeated("i")).as("forgotten at once").isFalse();
        assertThat(transactions.acknowledged("i")).isFalse();

        invite.repeat(ok);
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).isEqualTo(sent.get(0));
        time.advance(Duration.ofMinutes(2));
        assertThat(sent).hasSize(2);
    }

    @Test
    void by_a_connection_nothing_is_repeated_or_kept_but_a_refusal_until_its_ack() {
        begin("b", false, true).reply(SipReply.of(200));
        assertThat(transactions.size()).isZero();
        begin("i", true, true).reply(SipReply.of(486));
        time.advance(Duration.ofSeconds(10));
        assertThat(statuses()).containsExactly("200", "486");
        time.advance(Duration.ofSeconds(30));
        assertThat(transactions.size()).isZero();
    }

    @Test
    void the_same_request_on_two_threads_begins_once() {
        ServerTransaction unused = begin("b", false, false);
        Optional<ServerTransaction> second = transactions.begin("b", false, ECHO, new ReplyWay() {
            @Override
            public boolean reliable() {
                return false;
            }

            @Override
            public void send(byte[] response) {
                sent.add("second");
            }
        });
        assertThat(second).isEmpty();
    }

    @Test
    void after_the_line_is_closed_nothing_is_said_or_kept() {
        ServerTransaction refused = begin("i", true, false);
        refused.reply(SipReply.of(486));
        ServerTransaction open = begin("o", true, false);
        transactions.close();
        open.reply(SipReply.of(200));
        time.advance(Duration.ofMinutes(2));
        assertThat(statuses()).containsExactly("486");
        assertThat(transactions.size()).isZero();
    }

    @Test
    void an_invite_that_nobody_ever_answers_is_forgotten_and_others_are_not() {
        ServerTransaction never = begin("i", true, false);
        time.advance(Duration.ofMinutes(5));
        ServerTransaction ringing = begin("o", true, false);
        time.advance(Duration.ofMinutes(7));
        assertThat(transactions.size()).isEqualTo(1);

        sent.clear();
        never.reply(SipReply.of(486));
        ringing.reply(SipReply.of(200));
        assertThat(statuses()).containsExactly("200");
        assertThat(transactions.size()).isZero();
    }
}
