package dev.revox.agent.socket;

import dev.revox.agent.http.Refusals;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;

/** What the end of a WebSocket in the middle of its work means. */
public final class LostSocket {

    private LostSocket() {}

    public static ProviderException explain(String provider, SocketEnd end) {
        return switch (end) {
            case SocketEnd.Refused refusal -> Refusals.ofStatus(provider, refusal.status(), refusal.retryAfter());
            case SocketEnd.Closed closed ->
                new ProviderException(provider, Kind.CONNECTION, "it closed the socket (code " + closed.code() + ")");
            case SocketEnd.Broken broken -> new ProviderException(provider, Kind.CONNECTION, broken.how());
            case SocketEnd.Malformed malformed ->
                new ProviderException(provider, Kind.PROTOCOL, "frames that are none, or too large");
        };
    }
}
