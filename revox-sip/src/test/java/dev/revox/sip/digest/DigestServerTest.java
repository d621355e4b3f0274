package dev.revox.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.secret.Secret;
import dev.revox.sip.digest.DigestClient.ChallengeHeader;
import dev.revox.sip.digest.DigestServer.Verdict;
import dev.revox.time.ManualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestServerTest {

    private static final String URI = "sip:+14155550123@192.0.2.1";
    private static final InetAddress CALLER = address("198.51.100.7");

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-30T10:00:00Z"));
    private final DigestServer server =
            new DigestServer("revox.test", Map.of("desk", Secret.of("correct horse")), new byte[32], time);

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static DigestClient client(String user, String password) {
        return new DigestClient(user, Secret.of(password), Optional.empty(), DigestAlgorithm.MD5, () -> "cn");
    }

    private List<String> answer(DigestClient client, List<String> challenges) {
        assertThat(client.challenged(challenges.stream()
                        .map(c -> new ChallengeHeader(false, c))
                        .toList()))
                .isTrue();
        return answers(client);
    }

    private static List<String> answers(DigestClient client) {
        return client.credentials("INVITE", URI).stream()
                .map(DigestClient.CredentialsHeader::value)
                .toList();
    }

    private Verdict judge(List<String> answers, String transaction) {
        return server.judge(answers, "INVITE", URI, transaction, CALLER);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void s17_whoever_knows_the_password_is_let_in_by_any_algorithm_that_was_offered(int algorithm) {
        List<String> challenge = List.of(server.challenges(CALLER, false).get(algorithm));
        assertThat(judge(answer(client("desk", "correct horse"), challenge), "t1"))
                .isEqualTo(new Verdict.Accepted("desk"));
    }

    @Test
    void s17_the_strongest_is_offered_first_and_a_client_of_ours_takes_it() {
        List<String> challenges = server.challenges(CALLER, false);
        assertThat(challenges).hasSize(3);
        assertThat(challenges.getFirst())
                .contains("algorithm=SHA-512-256", "qop=\"auth\"")
                .doesNotContain("stale");
        assertThat(answer(client("desk", "correct horse"), challenges).getFirst())
                .contains("algorithm=SHA-512-256");
    }

    @Test
    void x07_a_wrong_password_and_an_unknown_user_get_the_same_answer() {
        List<String> challenges = server.challenges(CALLER, false);
        assertThat(judge(answer(client("desk", "wrong"), challenges), "t1")).isEqualTo(new Verdict.Refused(false));
        assertThat(judge(answer(client("nobody", "correct horse"), challenges), "t2"))
                .isEqualTo(new Verdict.Refused(false));
        assertThat(judge(List.of(), "t3")).isEqualTo(new Verdict.Refused(false));
    }

    @Test
    void s17_a_nonce_that_is_too_old_or_was_made_for_another_address_is_stale() {
        List<String> old = answer(client("desk", "correct horse"), server.challenges(CALLER, false));
        time.advance(Duration.ofSeconds(61));
        assertThat(judge(old, "t1")).isEqualTo(new Verdict.Refused(true));

        List<String> foreign =
                answer(client("desk", "correct horse"), server.challenges(address("198.51.100.8"), false));
        assertThat(judge(foreign, "t2")).isEqualTo(new Verdict.Refused(true));
    }

    @Test
    void s17_a_recorded_request_is_taken_once_and_its_repetition_too() {
        DigestClient client = client("desk", "correct horse");
        List<String> first = answer(client, server.challenges(CALLER, false));
        assertThat(judge(first, "t1")).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge(first, "t1")).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge(first, "t2")).isEqualTo(new Verdict.Refused(true));
        assertThat(judge(answers(client), "t3")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void x12_an_answer_for_one_number_is_none_for_another() {
        List<String> answers = answer(client("desk", "correct horse"), server.challenges(CALLER, false));
        assertThat(server.judge(answers, "INVITE", "sip:+881612345678@192.0.2.1", "t1", CALLER))
                .isEqualTo(new Verdict.Refused(false));
        assertThat(server.judge(answers, "INVITE", "sip:+14155550123@proxy.test;transport=udp", "t1", CALLER))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void a_user_beside_whose_password_was_not_shown_gets_nothing() {
        List<String> right = answer(client("desk", "correct horse"), server.challenges(CALLER, false));
        List<String> both = List.of(right.getFirst().replace("\"desk\"", "\"boss\""), right.getFirst());
        assertThat(judge(both, "t1")).isEqualTo(new Verdict.Accepted("desk"));
        assertThat(server.userOf(both, "INVITE", URI)).contains("desk");
    }

    @Test
    void garbage_is_refused() {
        Random random = new Random(7);
        String right = answer(client("desk", "correct horse"), server.challenges(CALLER, false))
                .getFirst();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(right);
            for (int edits = random.nextInt(1, 6); edits > 0; edits--) {
                text.setCharAt(7 + random.nextInt(text.length() - 7), (char) random.nextInt(1, 128));
            }
            Verdict verdict = judge(List.of(text.toString()), "t" + i);
            if (verdict instanceof Verdict.Accepted accepted) {
                assertThat(accepted.user()).isEqualTo("desk");
            }
        }
        assertThat(judge(List.of("Digest ", "Basic abc", "", "Digest nonce=\"AAAA\", qop=auth, nc=00000001"), "t"))
                .isEqualTo(new Verdict.Refused(false));
    }
}
