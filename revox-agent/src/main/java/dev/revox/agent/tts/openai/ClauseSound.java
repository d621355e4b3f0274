package dev.revox.agent.tts.openai;

import dev.revox.agent.http.ProviderHttp;
import dev.revox.agent.http.Refusals;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.agent.tts.sound.PcmDecoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer to the request for one clause. <b>Thread:</b> the HTTP client's threads, one at a time. */
final class ClauseSound implements ProviderHttp.Receiver {

    private final String provider;
    private final ClauseByClause utterance;
    private final HttpRequest request;
    private final PcmDecoder decoder = new PcmDecoder();
    private boolean heard;
    private volatile boolean over;
    private volatile @Nullable ProviderException failure;
    private boolean wanted;
    private boolean cancelled;
    private ProviderHttp.@Nullable Exchange exchange;

    ClauseSound(String provider, ClauseByClause utterance, HttpRequest request) {
        this.request = request;
        this.provider = provider;
        this.utterance = utterance;
    }

    void start(ClauseByClause.Sender sender) {
        ProviderHttp.Exchange started = sender.start(request, this, false);
        boolean cancelNow;
        boolean demandNow;
        synchronized (this) {
            exchange = started;
            cancelNow = cancelled;
            demandNow = wanted;
        }
        if (cancelNow) {
            started.cancel();
        } else if (demandNow) {
            started.demand(true);
        }
    }

    void demand(boolean more) {
        ProviderHttp.@Nullable Exchange started;
        synchronized (this) {
            wanted = more;
            started = exchange;
        }
        if (started != null) {
            started.demand(more);
        }
    }

    void cancel() {
        ProviderHttp.@Nullable Exchange started;
        synchronized (this) {
            cancelled = true;
            started = exchange;
        }
        if (started != null) {
            started.cancel();
        }
    }

    boolean isOver() {
        return over;
    }

    Optional<ProviderException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public boolean head(int status, HttpHeaders headers) {
        if (status != 200) {
            finish(Refusals.ofStatus(provider, status, headers.firstValue("Retry-After")));
            return false;
        }
        String type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("text/") || type.startsWith("application/json") || type.startsWith("audio/mpeg")) {
            finish(new ProviderException(
                    provider, Kind.PROTOCOL, "the answer is not raw sound but of another content type"));
            return false;
        }
        return true;
    }

    @Override
    public void bytes(ByteBuffer more) {
        int samples = decoder.decode(more);
        if (samples < 0) {
            cancel();
            finish(new ProviderException(provider, Kind.PROTOCOL, "the answer is not raw sound but a sound file"));
        } else if (samples > 0) {
            heard = true;
            utterance.sound(decoder.samples(), samples);
        }
    }

    @Override
    public void end() {
        finish(heard ? null : new ProviderException(provider, Kind.PROTOCOL, "the answer holds no sound"));
    }

    @Override
    public void broken(Throwable cause) {
        finish(Refusals.ofBreak(provider, cause));
    }

    private void finish(@Nullable ProviderException with) {
        if (!over) {
            failure = with;
            over = true;
            utterance.advance();
        }
    }
}
