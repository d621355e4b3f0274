package dev.revox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.time.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingHttpTest {

    private static final String PUBLIC = "93.184.216.34";

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final FakeNet net = new FakeNet();
    private final OutgoingHttp http = OutgoingHttp.builder(time)
            .executor(Runnable::run)
            .resolver(net)
            .connector(net)
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://127.0.0.1/",
                "http://127.1.2.3:8080/",
                "http://10.0.0.1/",
                "http://192.168.1.1/",
                "http://172.16.0.1/",
                "http://100.64.0.1/",
                "http://0.0.0.0/",
                "http://224.0.0.1/",
                "http://[::1]/",
                "http://[::]/",
                "http://[fd00::1]/",
                "http://[fe80::1]/",
                "http://[fe80::1%25eth0]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://2130706433/",
                "http://017700000001/",
                "http://0x7f000001/",
                "http://0177.0.0.1/",
                "http://0x7f.0.0.1/",
                "http://127.1/",
                "http://127.0.1/",
                "http://127.0.0.1./",
                "http://1.2.3.4.5/",
                "http://256.1.1.1/",
                "http://user:password@shop.example/",
                "http://shop.example@127.0.0.1/",
                "file:///etc/passwd",
                "ftp://shop.example/",
                "gopher://127.0.0.1:25/",
                "jar:http://shop.example/a.jar!/",
                "//shop.example/",
                "/relative",
                "http:///nohost"
            })
    void forbidden_targets_are_refused_before_any_connection(String url) {
        net.reply("HTTP/1.1 200 OK\n\n");

        assertReason(send(url), HttpException.Reason.FORBIDDEN_TARGET);
        assertThat(net.connected).isEmpty();
    }

    @Test
    void a_name_that_leads_inside_is_refused_even_among_public_addresses() throws Exception {
        net.name("evil.example", PUBLIC + ",10.0.0.5").reply("HTTP/1.1 200 OK\n\n");

        assertReason(send("https://evil.example/"), HttpException.Reason.FORBIDDEN_TARGET);
        assertThat(net.connected).isEmpty();
    }

    @Test
    void the_connection_goes_to_the_address_that_was_judged_whatever_the_name_server_says_next() throws Exception {
        net.name("rebind.example", PUBLIC, "127.0.0.1").reply("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");

        HttpReply reply = send("http://rebind.example/").join();

        assertThat(reply.text()).isEqualTo("ok");
        assertThat(net.resolved).containsExactly("rebind.example");
        assertThat(net.connected)
                .extracting(address -> address.getAddress().getHostAddress())
                .containsExactly(PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://169.254.169.254/",
                "http://inside.example/",
                "http://2130706433/",
                "file:///etc/passwd",
                "http://[::1]/"
            })
    void a_redirect_is_judged_like_the_first_request(String location) throws Exception {
        net.name("shop.example", PUBLIC)
                .name("inside.example", "10.1.1.1")
                .reply("HTTP/1.1 302 Found\nLocation: " + location + "\n\n")
                .reply("HTTP/1.1 200 OK\n\n");

        assertReason(send("http://shop.example/"), HttpException.Reason.FORBIDDEN_TARGET);
        assertThat(net.connected).hasSize(1);
    }

    @Test
    void an_allowed_host_may_lead_inside_and_its_neighbour_may_not() throws Exception {
        net.name("crm.internal", "10.1.1.1").name("db.internal", "10.1.1.2").reply("HTTP/1.1 204 No Content\n\n");
        OutgoingHttp opened = OutgoingHttp.builder(time)
                .executor(Runnable::run)
                .resolver(net)
                .connector(net)
                .allowHost("crm.internal")
                .build();

        assertThat(opened.send(OutgoingRequest.get(URI.create("http://CRM.internal./x")), HttpLimits.DEFAULT)
                        .join()
                        .status())
                .isEqualTo(204);
        assertReason(
                opened.send(OutgoingRequest.get(URI.create("http://db.internal/x")), HttpLimits.DEFAULT),
                HttpException.Reason.FORBIDDEN_TARGET);
    }

    @Test
    void the_request_on_the_wire_is_what_was_asked_for() throws Exception {
        net.name("shop.example", PUBLIC).reply("HTTP/1.1 100 Continue\n\nHTTP/1.1 201 Created\nX-A: 1\n\nbye");
        OutgoingRequest request = OutgoingRequest.postJson(
                        URI.create("http://shop.example:8080/a%20b?q=1"), "{\"a\":\"é\"}")
                .withHeader("X-Api-Key", "k");

        HttpReply reply = http.send(request, HttpLimits.DEFAULT).join();

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("x-a")).contains("1");
        assertThat(reply.text()).isEqualTo("bye");
        assertThat(net.request(0))
                .startsWith("POST /a%20b?q=1 HTTP/1.1\r\nHost: shop.example:8080\r\n")
                .contains("\r\nX-Api-Key: k\r\n", "\r\nContent-Length: 10\r\n")
                .endsWith("\r\n\r\n{\"a\":\"é\"}");
        assertThat(request.toString()).doesNotContain("k\"").doesNotContain("shop");
    }

    @Test
    void a_header_that_would_split_the_request_cannot_be_made() {
        OutgoingRequest request = OutgoingRequest.get(URI.create("http://shop.example/"));

        assertThatThrownBy(() -> request.withHeader("X-A", "1\r\nX-B: 2")).isInstanceOf(HttpException.class);
        assertThatThrownBy(() -> request.withHeader("X A", "1")).isInstanceOf(HttpException.class);
        assertThatThrownBy(() -> request.withHeader("", "1")).isInstanceOf(HttpException.class);
        assertReason(
                http.send(request.withHeader("Transfer-Encoding", "chunked"), HttpLimits.DEFAULT),
                HttpException.Reason.MALFORMED);
    }

    @Test
    void keys_do_not_follow_a_redirect_to_another_origin_and_a_posted_form_becomes_a_get() throws Exception {
        net.name("shop.example", PUBLIC)
                .name("other.example", "1.1.1.1")
                .reply("HTTP/1.1 302 Found\nLocation: /next\n\n")
                .reply("HTTP/1.1 307 Temporary Redirect\nLocation: http://other.example/far\n\n")
                .reply("HTTP/1.1 200 OK\n\n");
        OutgoingRequest request = OutgoingRequest.postJson(URI.create("http://shop.example/"), "{}")
                .withHeader("X-Api-Key", "canary")
                .withHeader("Accept", "application/json");

        assertThat(http.send(request, HttpLimits.DEFAULT).join().status()).isEqualTo(200);

        assertThat(net.request(0)).contains("canary");
        assertThat(net.request(1)).startsWith("GET /next ").contains("canary").doesNotContain("{}", "Content-Length");
        assertThat(net.request(2))
                .startsWith("GET /far ")
                .doesNotContain("canary")
                .contains("application/json");
    }

    @Test
    void redirects_end_at_their_limit_and_none_is_followed_when_it_is_zero() throws Exception {
        net.name("loop.example", PUBLIC);
        for (int i = 0; i < 5; i++) {
            net.reply("HTTP/1.1 301 Moved Permanently\nLocation: http://loop.example/\n\n");
        }

        assertReason(send("http://loop.example/"), HttpException.Reason.TOO_MUCH);
        assertThat(net.connected).hasSize(4);
        HttpLimits none = new HttpLimits(Duration.ofSeconds(1), 100, 1000, 100, 0);
        assertThat(http.send(OutgoingRequest.get(URI.create("http://loop.example/")), none)
                        .join()
                        .status())
                .isEqualTo(301);
    }

    @Test
    void a_body_of_the_largest_size_is_read_and_one_byte_more_is_not_in_all_three_framings() throws Exception {
        HttpLimits limits = HttpLimits.DEFAULT.withMaxBodyBytes(20);
        for (int size : new int[] {20, 21}) {
            String body = "x".repeat(size);
            FakeNet peer = new FakeNet()
                    .name("shop.example", PUBLIC)
                    .reply("HTTP/1.1 200 OK\nContent-Length: " + size + "\n\n" + body)
                    .reply("HTTP/1.1 200 OK\n\n" + body)
                    .reply("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nA;ext=1\n" + "x".repeat(10) + "\n"
                            + Integer.toHexString(size - 10) + "\n" + "x".repeat(size - 10) + "\n0\nTrailer: t\n\n");
            OutgoingHttp client = OutgoingHttp.builder(time)
                    .executor(Runnable::run)
                    .resolver(peer)
                    .connector(peer)
                    .build();
            for (int framing = 0; framing < 3; framing++) {
                CompletableFuture<HttpReply> reply =
                        client.send(OutgoingRequest.get(URI.create("http://shop.example/")), limits);
                if (size == 20) {
                    assertThat(reply.join().text()).isEqualTo(body);
                } else {
                    assertReason(reply, HttpException.Reason.TOO_MUCH);
                }
            }
        }
    }

    @Test
    void the_head_of_a_reply_has_a_limit() throws Exception {
        net.name("shop.example", PUBLIC)
                .reply("HTTP/1.1 200 OK\n" + "X-Bomb: 1\n".repeat(5_000) + "\n")
                .reply("HTTP/1.1 103 Early Hints\n\n".repeat(5_000));

        assertReason(send("http://shop.example/"), HttpException.Reason.TOO_MUCH);
        assertReason(send("http://shop.example/"), HttpException.Reason.TOO_MUCH);
    }

    @Test
    void a_compressed_body_may_grow_a_hundredfold_and_no_further() throws Exception {
        byte[] modest = gzip("hello hello hello hello");
        byte[] bomb = gzip("0".repeat(900_000));
        assertThat(bomb.length * 100).isLessThan(900_000);
        String head = "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n";
        net.name("shop.example", PUBLIC)
                .reply(head, modest)
                .reply(head, bomb)
                .reply(head, "no gzip".getBytes(StandardCharsets.US_ASCII))
                .reply("HTTP/1.1 200 OK\nContent-Encoding: br\n\nx");

        assertThat(send("http://shop.example/").join().text()).isEqualTo("hello hello hello hello");
        assertReason(send("http://shop.example/"), HttpException.Reason.TOO_MUCH);
        assertReason(send("http://shop.example/"), HttpException.Reason.MALFORMED);
        assertReason(send("http://shop.example/"), HttpException.Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\n\n",
                "HTTP/1.1 99 No\n\n",
                "HTTP/1.1 200 OK\nno colon\n\n",
                "HTTP/1.1 200 OK\nContent-Length: -1\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2\n\nab",
                "HTTP/1.1 200 OK\nContent-Length: 99999999999999999999\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: gzip, chunked\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nZZ\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1\nab\n0\n\n"
            })
    void what_is_no_reply_is_malformed(String reply) throws Exception {
        net.name("shop.example", PUBLIC).reply(reply);

        assertReason(send("http://shop.example/"), HttpException.Reason.MALFORMED);
    }

    @Test
    void a_host_that_is_not_known_or_hangs_up_is_unreachable_and_worth_a_retry() throws Exception {
        net.name("shop.example", PUBLIC).reply("HTTP/1.1 200 OK\nContent-Length: 10\n\nhalf");

        assertReason(send("http://shop.example/"), HttpException.Reason.UNREACHABLE);
        assertReason(send("http://nowhere.example/"), HttpException.Reason.UNREACHABLE);
        assertThatThrownBy(() -> send("http://nowhere.example/secret-path").join())
                .cause()
                .isInstanceOfSatisfying(HttpException.class, failed -> {
                    assertThat(failed.retryable()).isTrue();
                    assertThat(failed).hasMessageNotContaining("secret");
                });
    }

    @Test
    void the_second_address_is_tried_when_the_first_does_not_answer() throws Exception {
        FakeNet peer = new FakeNet().name("two.example", "1.1.1.1,93.184.216.34");
        OutgoingHttp client = OutgoingHttp.builder(time)
                .executor(Runnable::run)
                .resolver(peer)
                .connector((address, opened) -> {
                    if (peer.connected.isEmpty()) {
                        peer.connected.add(address);
                        throw new IOException("refused");
                    }
                    return peer.reply("HTTP/1.1 204 No Content\n\n").connect(address, opened);
                })
                .build();

        assertThat(client.send(OutgoingRequest.get(URI.create("http://two.example/")), HttpLimits.DEFAULT)
                        .join()
                        .status())
                .isEqualTo(204);
    }

    @Test
    void the_deadline_covers_a_name_server_that_never_answers() {
        OutgoingHttp client = OutgoingHttp.builder(time)
                // Never runs the request, as if it hung in resolution; runs everything else.
                .executor(new java.util.concurrent.Executor() {
                    private boolean first = true;

                    @Override
                    public void execute(Runnable task) {
                        if (!first) {
                            task.run();
                        }
                        first = false;
                    }
                })
                .build();
        CompletableFuture<HttpReply> reply =
                client.send(OutgoingRequest.get(URI.create("http://shop.example/")), HttpLimits.DEFAULT);

        time.advance(Duration.ofMillis(14_999));
        assertThat(reply).isNotDone();
        time.advance(Duration.ofMillis(1));
        assertReason(reply, HttpException.Reason.DEADLINE);
    }

    @Test
    void no_alarm_is_left_behind() throws UnknownHostException {
        net.name("shop.example", PUBLIC).reply("HTTP/1.1 204 No Content\n\n");

        assertThat(send("http://shop.example/")).isCompleted();
        assertThat(time.pendingCount()).isZero();
    }

    private CompletableFuture<HttpReply> send(String url) {
        return http.send(OutgoingRequest.get(URI.create(url)), HttpLimits.DEFAULT);
    }

    private static void assertReason(CompletableFuture<HttpReply> reply, HttpException.Reason reason) {
        assertThatThrownBy(reply::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        HttpException.class,
                        failed -> assertThat(failed.reason()).isEqualTo(reason));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
