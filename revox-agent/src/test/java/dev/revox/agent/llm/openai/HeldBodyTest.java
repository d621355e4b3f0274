package dev.revox.agent.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class HeldBodyTest {

    /** The connection's side of an answer. */
    private static final class Connection implements Flow.Subscription {
        boolean closed;

        @Override
        public void request(long items) {}

        @Override
        public void cancel() {
            closed = true;
        }
    }

    private static final HttpResponse.ResponseInfo HEAD = new HttpResponse.ResponseInfo() {
        @Override
        public int statusCode() {
            return 200;
        }

        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(Map.of(), (name, value) -> true);
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    };

    private final HeldBody body = new HeldBody();
    private final Connection connection = new Connection();

    @Test
    void what_is_given_up_before_the_head_is_closed_when_it_comes_in() {
        body.giveUp();

        body.apply(HEAD).onSubscribe(connection);

        assertThat(connection.closed).isTrue();
    }

    @Test
    void what_is_given_up_between_the_head_and_the_first_byte_is_closed() {
        HttpResponse.BodySubscriber<InputStream> subscriber = body.apply(HEAD);
        body.giveUp();

        subscriber.onSubscribe(connection);

        assertThat(connection.closed).isTrue();
    }

    @Test
    void what_is_given_up_behind_the_head_is_closed_though_nobody_was_handed_the_answer() {
        body.apply(HEAD).onSubscribe(connection);
        assertThat(connection.closed).isFalse();

        body.giveUp();

        assertThat(connection.closed).isTrue();
    }
}
