package dev.revox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.revox.time.SystemTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutgoingHttpLoopbackIT {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final SystemTime time = SystemTime.start();
    private HttpServer server;

    @TempDir
    private Path folder;

    OutgoingHttpLoopbackIT() throws IOException {
        server = HttpServer.create(loopback(), 0);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        time.close();
    }

    @Test
    void a_real_server_gets_the_request_once_its_address_is_allowed() {
        server.createContext("/echo", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders()
                    .add("X-Seen", exchange.getRequestHeaders().getFirst("X-Api-Key"));
            // Length 0 means chunked here.
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        OutgoingRequest request = OutgoingRequest.postJson(url("http", "/echo"), "{\"text\":\"héllo\"}")
                .withHeader("X-Api-Key", "k");

        HttpReply reply = allowed().build().send(request, HttpLimits.DEFAULT).join();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("{\"text\":\"héllo\"}");
        assertThat(reply.header("x-seen")).contains("k");
        OutgoingHttp guarded = OutgoingHttp.builder(time).build();
        assertReason(guarded.send(request, HttpLimits.DEFAULT), HttpException.Reason.FORBIDDEN_TARGET);
    }

    @Test
    void the_deadline_breaks_off_a_reply_that_stalls_in_its_body() {
        CompletableFuture<Void> never = new CompletableFuture<>();
        server.createContext("/stall", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            never.join();
            exchange.close();
        });
        server.start();

        CompletableFuture<HttpReply> reply = allowed()
                .build()
                .send(
                        OutgoingRequest.get(url("http", "/stall")),
                        HttpLimits.DEFAULT.withDeadline(Duration.ofMillis(300)));

        assertReason(reply, HttpException.Reason.DEADLINE);
        never.complete(null);
    }

    @Test
    void a_cancelled_request_lets_go_of_its_connection() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            CompletableFuture<HttpReply> reply = allowed().build().send(OutgoingRequest.get(url), HttpLimits.DEFAULT);
            try (Socket accepted = silent.accept()) {
                InputStream in = accepted.getInputStream();
                assertThat(in.read()).isEqualTo('G');

                reply.cancel(true);

                // Ends only when the client has closed its side.
                assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                        .endsWith("\r\n\r\n");
            }
        }
    }

    @Test
    void a_certificate_for_the_name_is_accepted_and_one_for_another_name_is_not() throws Exception {
        HttpsServer secure = HttpsServer.create(loopback(), 0);
        KeyStore keys = keys("dns:hooks.example");
        secure.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        secure.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server = secure;
        server.start();
        OutgoingHttp.Builder trusting = OutgoingHttp.builder(time)
                .resolver(host -> List.of(InetAddress.getLoopbackAddress()))
                .allowHost("hooks.example")
                .allowHost("other.example");

        OutgoingHttp client = trusting.tls(context(keys)).build();
        OutgoingHttp doubting = trusting.tls(SSLContext.getDefault()).build();

        assertThat(client.send(OutgoingRequest.get(secureUrl("hooks.example")), HttpLimits.DEFAULT)
                        .join()
                        .status())
                .isEqualTo(204);
        assertReason(
                client.send(OutgoingRequest.get(secureUrl("other.example")), HttpLimits.DEFAULT),
                HttpException.Reason.UNREACHABLE);
        assertReason(
                doubting.send(OutgoingRequest.get(secureUrl("hooks.example")), HttpLimits.DEFAULT),
                HttpException.Reason.UNREACHABLE);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private OutgoingHttp.Builder allowed() {
        return OutgoingHttp.builder(time).allowHost("127.0.0.1");
    }

    private URI url(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private URI secureUrl(String host) {
        return URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
    }

    /** A self-signed certificate, made by the JDK's own tool. */
    private KeyStore keys(String subjectAlternativeName) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=" + subjectAlternativeName,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static void assertReason(CompletableFuture<HttpReply> reply, HttpException.Reason reason) {
        assertThatThrownBy(reply::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        HttpException.class,
                        failed -> assertThat(failed.reason()).isEqualTo(reason));
    }
}
