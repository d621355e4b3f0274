package dev.revox.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.secret.Secret;
import dev.revox.sip.digest.DigestClient.ChallengeHeader;
import dev.revox.sip.digest.DigestClient.CredentialsHeader;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigestClientTest {

    private static DigestClient client(String user, String secret, String cnonce) {
        return new DigestClient(user, Secret.of(secret), Optional.empty(), DigestAlgorithm.MD5, () -> cnonce);
    }

    private static ChallengeHeader user(String value) {
        return new ChallengeHeader(false, value);
    }

    private static String only(List<CredentialsHeader> headers) {
        assertThat(headers).hasSize(1);
        return headers.getFirst().value();
    }

    @Test
    void s17_the_example_of_rfc_2617_section_3_5() {
        DigestClient client = client("Mufasa", "Circle Of Life", "0a4f113b");
        assertThat(client.challenged(List.of(user("Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                        + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
                        + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""))))
                .isTrue();
        assertThat(only(client.credentials("GET", "/dir/index.html")))
                .contains("response=\"6629fae49393a05397450978507c4ef1\"")
                .contains("opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"")
                .contains("qop=auth, nc=00000001");
    }

    @Test
    void s17_the_examples_of_rfc_7616_section_3_9_1() {
        String challenge = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=%s,"
                + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
        String cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        DigestClient md5 = client("Mufasa", "Circle of Life", cnonce);
        assertThat(md5.challenged(List.of(user(challenge.formatted("MD5"))))).isTrue();
        assertThat(only(md5.credentials("GET", "/dir/index.html")))
                .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"");
        DigestClient both = client("Mufasa", "Circle of Life", cnonce);
        assertThat(both.challenged(List.of(user(challenge.formatted("MD5")), user(challenge.formatted("SHA-256")))))
                .isTrue();
        assertThat(only(both.credentials("GET", "/dir/index.html")))
                .contains("algorithm=SHA-256")
                .contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"");
    }

    @Test
    void s17_the_older_form_without_qop_sends_neither_cnonce_nor_count() {
        DigestClient client = client("bob", "zanzibar", "c");
        assertThat(client.challenged(
                        List.of(user("Digest realm=\"biloxi.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\""))))
                .isTrue();
        assertThat(only(client.credentials("INVITE", "sip:bob@biloxi.com")))
                .contains("response=\"bf57e4e0d0bffc0fbaedce64d59add5e\"")
                .doesNotContain("cnonce", "qop", "nc=");
    }

    @Test
    void s17_session_algorithms_and_sha_512_256_hash_as_their_names_say() {
        DigestClient session = client("a", "b", "c");
        assertThat(session.challenged(
                        List.of(user("Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=MD5-sess"))))
                .isTrue();
        String ha1 = DigestAlgorithm.MD5.hash(DigestAlgorithm.MD5.hash("a:r:b") + ":n:c");
        String expected = DigestAlgorithm.MD5.hash(ha1 + ":n:00000001:c:auth:" + DigestAlgorithm.MD5.hash("BYE:sip:x"));
        assertThat(only(session.credentials("BYE", "sip:x"))).contains("response=\"" + expected + "\"");
        // FIPS 180-4 test value for the empty message.
        assertThat(DigestAlgorithm.SHA_512_256.hash(""))
                .isEqualTo("c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a");
    }

    @Test
    void s17_the_count_rises_per_nonce_and_begins_anew_with_a_new_one() {
        DigestClient client = client("a", "b", "c");
        assertThat(client.challenged(List.of(user("Digest realm=\"r\", nonce=\"n1\", qop=\"auth\""))))
                .isTrue();
        assertThat(only(client.credentials("INVITE", "sip:x"))).contains("nc=00000001");
        assertThat(only(client.credentials("BYE", "sip:x"))).contains("nc=00000002");
        client.beginRequest();
        assertThat(client.challenged(List.of(user("Digest realm=\"r\", nonce=\"n2\", qop=\"auth\", stale=TRUE"))))
                .isTrue();
        assertThat(only(client.credentials("BYE", "sip:x")))
                .contains("nonce=\"n2\"")
                .contains("nc=00000001");
    }

    @Test
    void s17_the_same_nonce_rejected_twice_stops() {
        DigestClient client = client("a", "wrong", "c");
        List<ChallengeHeader> challenge = List.of(user("Digest realm=\"r\", nonce=\"n\", qop=\"auth\""));
        assertThat(client.challenged(challenge)).isTrue();
        assertThat(client.challenged(challenge)).isFalse();
    }

    @Test
    void s17_new_nonces_without_stale_stop_after_two_tries_and_stale_ones_after_two_more() {
        DigestClient client = client("a", "wrong", "c");
        assertThat(client.challenged(List.of(user("Digest realm=\"r\", nonce=\"1\""))))
                .isTrue();
        assertThat(client.challenged(List.of(user("Digest realm=\"r\", nonce=\"2\""))))
                .isTrue();
        assertThat(client.challenged(List.of(user("Digest realm=\"r\", nonce=\"3\""))))
                .isFalse();
        client.beginRequest();
        for (int i = 0; i < 2; i++) {
            assertThat(client.challenged(List.of(user("Digest realm=\"r\", nonce=\"s" + i + "\", stale=true"))))
                    .isTrue();
        }
        assertThat(client.challenged(List.of(user("Digest realm=\"r\", nonce=\"s9\", stale=true"))))
                .isFalse();
    }

    @Test
    void s17_several_realms_and_both_kinds_are_answered_together() {
        DigestClient client = client("a", "b", "c");
        assertThat(client.challenged(List.of(
                        new ChallengeHeader(true, "Digest realm=\"proxy\", nonce=\"p\""),
                        user("Digest realm=\"one\", nonce=\"1\""),
                        user("Digest realm=\"two\", nonce=\"2\""))))
                .isTrue();
        assertThat(client.credentials("INVITE", "sip:x"))
                .extracting(CredentialsHeader::name)
                .containsExactly("Proxy-Authorization", "Authorization", "Authorization");
    }

    @Test
    void s17_a_pinned_realm_is_the_only_one_that_is_answered() {
        DigestClient client =
                new DigestClient("a", Secret.of("b"), Optional.of("ours"), DigestAlgorithm.SHA_256, () -> "c");
        assertThat(client.challenged(List.of(user("Digest realm=\"theirs\", nonce=\"n\", algorithm=SHA-256"))))
                .isFalse();
        assertThat(client.challenged(List.of(user("Digest realm=\"ours\", nonce=\"n\", algorithm=MD5"))))
                .isFalse();
        assertThat(client.challenged(List.of(user("Digest realm=\"ours\", nonce=\"n\", algorithm=SHA-256"))))
                .isTrue();
    }

    @Test
    void s17_quirks_of_quoting_are_read_and_what_we_write_is_quoted() {
        DigestClient client = client("us\"er", "b", "c");
        assertThat(client.challenged(List.of(user(
                        "digest realm=\"say \\\"hi\\\"\",nonce=abc ,algorithm=\"MD5\", qop=auth , stale=\"false\""))))
                .isTrue();
        assertThat(only(client.credentials("INVITE", "sip:x")))
                .contains("username=\"us\\\"er\"")
                .contains("realm=\"say \\\"hi\\\"\"")
                .contains("nonce=\"abc\"")
                .contains("qop=auth");
    }

    @Test
    void s17_what_cannot_be_answered_is_not() {
        DigestClient client = client("a", "b", "c");
        for (String value : List.of(
                "Basic realm=\"r\"",
                "Digest",
                "Digest nonce=\"n\"",
                "Digest realm=\"r\"",
                "Digest realm=\"r\", nonce=\"n\", algorithm=ROT13",
                "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"")) {
            assertThat(client.challenged(List.of(user(value)))).as(value).isFalse();
        }
        assertThat(client.credentials("INVITE", "sip:x")).isEmpty();
    }

    @Test
    void s17_no_challenge_makes_it_throw_or_write_a_line_end() {
        long seed = 77;
        Random random = new Random(seed);
        String original = "Digest realm=\"trunk\", nonce=\"abc\", qop=\"auth\", algorithm=SHA-256, opaque=\"o\"";
        for (int round = 0; round < 5_000; round++) {
            StringBuilder mutant = new StringBuilder(original);
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                mutant.setCharAt(random.nextInt(mutant.length()), (char) random.nextInt(128));
            }
            DigestClient client = client("a", "b", "c");
            boolean unused = client.challenged(List.of(user(mutant.toString())));
            for (CredentialsHeader header : client.credentials("INVITE", "sip:x")) {
                assertThat(header.value()).as("seed %s", seed).doesNotContain("\r", "\n");
            }
        }
    }
}
