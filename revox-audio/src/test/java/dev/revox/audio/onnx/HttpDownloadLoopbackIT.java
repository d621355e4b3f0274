package dev.revox.audio.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.revox.time.ManualTime;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpDownloadLoopbackIT {

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final CountDownLatch bodyBegun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final HttpServer server;

    HttpDownloadLoopbackIT() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void server_publishes() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/model", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(new byte[1000]);
            }
        });
        server.createContext("/trickle", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            bodyBegun.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void server_stops() {
        over.countDown();
        server.stop(0);
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Test
    void a_published_file_is_fetched_whole() throws IOException {
        assertThat(new HttpDownload(time).fetch(at("/model"), 1000)).hasSize(1000);
    }

    @Test
    void a_file_that_is_too_long_or_absent_is_refused() {
        assertThatThrownBy(() -> new HttpDownload(time).fetch(at("/model"), 999))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("999");
        assertThatThrownBy(() -> new HttpDownload(time).fetch(at("/absent"), 999))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("404");
    }

    @Test
    void a_body_that_trickles_is_cut_off_after_a_minute() throws Exception {
        CompletableFuture<byte[]> fetched = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new HttpDownload(time).fetch(at("/trickle"), 1000);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                Executors.newVirtualThreadPerTaskExecutor());
        bodyBegun.await();
        assertThat(fetched).isNotDone();
        time.advance(Duration.ofSeconds(61));
        assertThatThrownBy(fetched::join).hasCauseInstanceOf(IOException.class);
    }
}
