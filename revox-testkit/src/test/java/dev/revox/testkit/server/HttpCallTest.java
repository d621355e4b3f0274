package dev.revox.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpCallTest {

    private final AtomicInteger told = new AtomicInteger();
    private final HttpCall call =
            new HttpCall(new EmbeddedChannel(), 0, "POST", "/", new DefaultHttpHeaders(), new byte[0]);

    @Test
    void who_asks_before_the_client_goes_is_told_once() {
        call.onOver(told::incrementAndGet);
        assertThat(told).hasValue(0);

        call.gone();
        call.gone();

        assertThat(told).hasValue(1);
    }

    @Test
    void who_asks_after_the_client_has_gone_is_told_at_once() {
        call.gone();

        call.onOver(told::incrementAndGet);
        call.gone();

        assertThat(told).hasValue(1);
    }
}
