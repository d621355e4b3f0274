package dev.revox.sip.route;

import dev.revox.sip.location.Site;
import dev.revox.sip.location.Target;
import dev.revox.sip.signaling.ResponseSink;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.SipTransport;
import java.util.Optional;

/**
 * The transport of one call: adds what the trunk wants in a request that begins something, and notes how the target did.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class TowardsTarget implements SipTransport {

    private final Routes routes;
    private final Site entrance;
    private final Target target;
    private final Way way;

    /** By what the INVITE went: its CANCEL must go the same way (RFC 3261 §9.1). */
    private volatile Target inviteWent;

    TowardsTarget(Routes routes, Site entrance, Target target, Way way) {
        this.routes = routes;
        this.entrance = entrance;
        this.target = target;
        this.way = way;
        this.inviteWent = target;
    }

    @Override
    public void send(SipRequest plain, ResponseSink sink) {
        SipRequest request = way.dressed(plain);
        if (toEntrance(request)) {
            switch (request.method()) {
                case "INVITE" ->
                    routes.send(
                            request,
                            target,
                            way.largeByTcp(),
                            went -> inviteWent = went,
                            new Watched(sink, target, routes));
                case "CANCEL" -> routes.send(ofInvite(request), inviteWent, false, went -> {}, sink);
                default -> routes.send(request, target, way.largeByTcp(), went -> {}, sink);
            }
            return;
        }
        routes.follow(request, target, found -> {
            if (found.isPresent()) {
                routes.send(request, found.get(), way.largeByTcp(), went -> {}, sink);
            } else {
                sink.onTransportError();
            }
        });
    }

    @Override
    public void sendOnce(SipRequest request) {
        if (toEntrance(request)) {
            routes.sendOnce(request, target);
        } else {
            routes.follow(request, target, found -> found.ifPresent(t -> routes.sendOnce(request, t)));
        }
    }

    private SipRequest ofInvite(SipRequest cancel) {
        return inviteWent.equals(target) ? cancel : cancel.inBranch(cancel.branch() + Routes.BY_TCP);
    }

    private boolean toEntrance(SipRequest request) {
        Optional<Site> next = Site.of(request.header("Route").orElse(request.uri()));
        return next.isPresent()
                && next.get().host().equalsIgnoreCase(entrance.host())
                && next.get().port().equals(entrance.port());
    }

    @Override
    public int localPort() {
        return routes.wire().localPort();
    }

    @Override
    public int openTransactions() {
        return routes.wire().openTransactions();
    }

    @Override
    public void close() {
        // The wire is the line's to close.
    }
}
