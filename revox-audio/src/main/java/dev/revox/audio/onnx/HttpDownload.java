package dev.revox.audio.onnx;

import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A download over HTTP(S) with one deadline around the whole exchange.
 *
 * <p><b>Thread:</b> Thread-safe; blocks.
 */
final class HttpDownload implements Download {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration WHOLE = Duration.ofSeconds(60);

    private final TimeSource time;

    HttpDownload(TimeSource time) {
        this.time = time;
    }

    @Override
    public byte[] fetch(URI source, int maxBytes) throws IOException {
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            // The request's own limit covers the headers only; the alarm ends a body that trickles.
            Alarm deadline = time.schedule(WHOLE, client::shutdownNow);
            try {
                HttpRequest request =
                        HttpRequest.newBuilder(source).timeout(WHOLE).GET().build();
                HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = response.body()) {
                    if (response.statusCode() != 200) {
                        throw new IOException(source + " answered " + response.statusCode());
                    }
                    byte[] bytes = body.readNBytes(maxBytes + 1);
                    if (bytes.length > maxBytes) {
                        throw new IOException(source + " is longer than " + maxBytes + " bytes");
                    }
                    return bytes;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while downloading " + source, e);
            } finally {
                deadline.cancel();
            }
        }
    }
}
