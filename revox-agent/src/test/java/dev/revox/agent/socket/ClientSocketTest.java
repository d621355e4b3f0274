package dev.revox.agent.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.time.ManualTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ClientSocketTest {

    private final List<String> told = new ArrayList<>();
    private final ClientSocket socket = new ClientSocket(
            URI.create("ws://127.0.0.1/voice"),
            Map.of(),
            new Told(),
            ManualTime.startingAt(Instant.parse("2026-03-02T15:00:00Z")));

    @Test
    void what_was_said_before_the_handshake_is_sent_though_nobody_has_told_of_the_connection_yet() {
        socket.send("hello");

        EmbeddedChannel channel = connected();
        channel.writeInbound(accepting(request(channel)));

        assertThat(told).containsExactly("opened");
        assertThat(sent(channel)).isTrue();
    }

    @Test
    void a_connection_that_nobody_wants_any_more_is_cut_before_the_handshake() {
        socket.send("hello");
        socket.close();

        EmbeddedChannel channel = connected();

        assertThat(channel.isOpen()).isFalse();
        assertThat(sent(channel)).isFalse();
        assertThat(told).isEmpty();
    }

    private EmbeddedChannel connected() {
        return new EmbeddedChannel(
                new HttpClientCodec(),
                new HttpObjectAggregator(ClientPipeline.LARGEST_REFUSAL_BYTES),
                new ClientHandler(socket));
    }

    private static String request(EmbeddedChannel channel) {
        ByteBuf request = channel.readOutbound();
        try {
            return request.toString(StandardCharsets.US_ASCII);
        } finally {
            request.release();
        }
    }

    private static ByteBuf accepting(String request) {
        Matcher key = Pattern.compile("(?i)sec-websocket-key: (\\S+)").matcher(request);
        assertThat(key.find()).isTrue();
        return Unpooled.wrappedBuffer(ServerHandshake.accepting(key.group(1)));
    }

    /** Whether anything has been sent that was not read yet: a client masks its frames, so their text cannot be seen. */
    private static boolean sent(EmbeddedChannel channel) {
        ByteBuf frame = channel.readOutbound();
        boolean some = frame != null && frame.isReadable();
        if (frame != null) {
            frame.release();
        }
        return some;
    }

    private final class Told implements SocketListener {

        @Override
        public void opened() {
            told.add("opened");
        }

        @Override
        public void text(String message) {
            told.add(message);
        }

        @Override
        public void ended(SocketEnd end) {
            told.add(end.toString());
        }
    }
}
