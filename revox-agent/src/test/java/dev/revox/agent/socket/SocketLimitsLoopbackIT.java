package dev.revox.agent.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.time.SystemTime;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limits on what a server may send over a WebSocket, each at its edge. <b>Spec:</b> RFC 6455 §4, §5. */
class SocketLimitsLoopbackIT {

    private static final int TEXT = 0x1;
    private static final int CONTINUED = 0x0;
    private static final int LAST = 0x80;

    private final SystemTime time = SystemTime.start();
    private final WebSockets sockets = WebSockets.create(time);

    @AfterEach
    void close() {
        sockets.close();
        time.close();
    }

    @Test
    void x10_a_frame_of_the_largest_size_is_read_and_one_byte_more_ends_the_socket() throws Exception {
        assertThat(charsOf(frame(LAST | TEXT, ClientSocket.LARGEST_FRAME_BYTES)))
                .isEqualTo(ClientSocket.LARGEST_FRAME_BYTES);
        assertThat(endOf(frame(LAST | TEXT, ClientSocket.LARGEST_FRAME_BYTES + 1)))
                .isInstanceOf(SocketEnd.Malformed.class);
    }

    @Test
    void x10_a_frame_that_claims_a_size_without_end_is_not_waited_for() throws Exception {
        byte[] head = ByteBuffer.allocate(10)
                .put((byte) (LAST | TEXT))
                .put((byte) 127)
                .putLong(Long.MAX_VALUE)
                .array();
        assertThat(endOf(head)).isInstanceOf(SocketEnd.Malformed.class);
    }

    @Test
    void x10_a_message_of_the_largest_size_is_put_together_and_one_byte_more_ends_the_socket() throws Exception {
        int frame = ClientSocket.LARGEST_FRAME_BYTES;
        int frames = ClientSocket.LARGEST_MESSAGE_BYTES / frame;
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(frame(TEXT, frame));
        for (int more = 2; more < frames; more++) {
            message.write(frame(CONTINUED, frame));
        }
        byte[] begun = message.toByteArray();
        message.write(frame(LAST | CONTINUED, frame));
        assertThat(charsOf(message.toByteArray())).isEqualTo(ClientSocket.LARGEST_MESSAGE_BYTES);

        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.write(begun);
        longer.write(frame(CONTINUED, frame));
        longer.write(frame(LAST | CONTINUED, 1));
        assertThat(endOf(longer.toByteArray())).isInstanceOf(SocketEnd.Malformed.class);
    }

    @Test
    void x10_a_refusal_may_explain_itself_up_to_a_length() throws Exception {
        int most = ClientPipeline.LARGEST_REFUSAL_BYTES;
        assertThat(told(false, refusal(most)).end.get(20, TimeUnit.SECONDS))
                .isEqualTo(new SocketEnd.Refused(503, Optional.empty()));
        assertThat(told(false, refusal(most + 1)).end.get(20, TimeUnit.SECONDS))
                .isInstanceOf(SocketEnd.Malformed.class);
    }

    private static byte[] refusal(int bytes) {
        return ("HTTP/1.1 503 Busy\r\nContent-Length: " + bytes + "\r\n\r\n" + "x".repeat(bytes))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] frame(int first, int bytes) {
        ByteBuffer frame = ByteBuffer.allocate(bytes + 10).put((byte) first).put((byte) 127);
        frame.putLong(bytes);
        while (frame.hasRemaining()) {
            frame.put((byte) 'a');
        }
        return frame.array();
    }

    private int charsOf(byte[] sent) throws Exception {
        return told(true, sent).text.get(20, TimeUnit.SECONDS).length();
    }

    private SocketEnd endOf(byte[] sent) throws Exception {
        return told(true, sent).end.get(20, TimeUnit.SECONDS);
    }

    private static final class Told implements SocketListener {

        final CompletableFuture<String> text = new CompletableFuture<>();
        final CompletableFuture<SocketEnd> end = new CompletableFuture<>();

        @Override
        public void opened() {}

        @Override
        public void text(String message) {
            text.complete(message);
        }

        @Override
        public void ended(SocketEnd how) {
            end.complete(how);
        }
    }

    /** Connects to a server that sends these bytes, after a good handshake or instead of one. */
    private Told told(boolean handshake, byte[] sent) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try (server;
                    Socket client = server.accept()) {
                String key = keyOf(client);
                if (handshake) {
                    client.getOutputStream().write(ServerHandshake.accepting(key));
                }
                client.getOutputStream().write(sent);
                client.getOutputStream().flush();
                // Whoever has had enough hangs up; until then the connection stays.
                while (client.getInputStream().read() >= 0) {}
            } catch (IOException hungUp) {
                // That is what the client does with too much.
            }
        });
        Told told = new Told();
        WebSocket unused = sockets.connect(URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/"), Map.of(), told);
        return told;
    }

    private static String keyOf(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        String key = "";
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.regionMatches(true, 0, "sec-websocket-key:", 0, 18)) {
                key = line.substring(18).strip();
            }
        }
        return key;
    }
}
