package dev.revox.sip.signaling.call;

import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ResponseSink;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.SipTransport;
import dev.revox.sip.signaling.switchboard.Switchboard;
import dev.revox.time.Alarm;
import dev.revox.time.ManualTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Transactions in virtual time, with the timers of RFC 3261 Table 4 that end them, and a record of all that was sent. */
final class VirtualWire implements SipTransport {

    /** A request that came in, and what was answered. */
    final class Served implements ServerTransaction {

        final List<SipReply> replies = new ArrayList<>();
        int repeats;
        private final IncomingRequest request;
        private boolean over;

        Served(IncomingRequest request) {
            this.request = request;
            openServers++;
        }

        IncomingRequest request() {
            return request;
        }

        @Override
        public void reply(SipReply reply) {
            replies.add(reply);
            if (reply.status() >= 200 && !over) {
                over = true;
                // Timer H or J.
                Alarm unused = time.schedule(CallWorld.LIFE, () -> openServers--);
            }
        }

        @Override
        public void repeat(SipReply reply) {
            repeats++;
        }

        SipReply last() {
            return replies.getLast();
        }

        int status() {
            return replies.isEmpty() ? 0 : last().status();
        }
    }

    private record Waiting(ResponseSink sink, Alarm timeout) {}

    final List<SipRequest> sent = new ArrayList<>();
    private final ManualTime time;
    private final Switchboard switchboard;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private int openServers;

    VirtualWire(ManualTime time, Switchboard switchboard) {
        this.time = time;
        this.switchboard = switchboard;
    }

    @Override
    public void send(SipRequest request, ResponseSink sink) {
        sent.add(request);
        String key = key(request);
        Alarm timeout = time.schedule(CallWorld.LIFE, () -> {
            if (waiting.remove(key) != null) {
                sink.onTimeout();
            }
        });
        waiting.put(key, new Waiting(sink, timeout));
    }

    private static String key(SipRequest request) {
        return request.method() + ' ' + request.branch();
    }

    @Override
    public void sendOnce(SipRequest request) {
        sent.add(request);
    }

    @Override
    public int localPort() {
        return 5060;
    }

    @Override
    public int openTransactions() {
        return waiting.size() + openServers;
    }

    @Override
    public void close() {}

    List<SipRequest> all(String method) {
        return sent.stream().filter(r -> r.method().equals(method)).toList();
    }

    int count(String method) {
        return all(method).size();
    }

    SipRequest last(String method) {
        List<SipRequest> all = all(method);
        if (all.isEmpty()) {
            throw new AssertionError("no " + method + " was sent");
        }
        return all.getLast();
    }

    static String header(SipRequest request, String name) {
        return request.header(name).orElse("");
    }

    static List<String> headers(SipRequest request, String name) {
        return request.headers().stream()
                .filter(h -> h.name().equals(name))
                .map(SipHeader::value)
                .toList();
    }

    /** The other side answers a request of ours; header lines as {@code Name: value}. */
    void respond(SipRequest to, int status, String toTag, String sdp, String... headers) {
        deliver(to, CallWorld.response(to, status, toTag, sdp, headers));
    }

    void deliver(SipRequest to, IncomingResponse response) {
        String key = key(to);
        Waiting open = response.provisional() ? waiting.get(key) : waiting.remove(key);
        if (open == null) {
            switchboard.onStrayResponse(response);
            return;
        }
        if (!response.provisional() || to.method().equals("INVITE")) {
            open.timeout().cancel();
        }
        open.sink().onResponse(response);
    }

    /** A request of the other side's. */
    Served receive(IncomingRequest request) {
        Served served = new Served(request);
        Optional<SipReply> refusal = switchboard.refusal(request);
        if (refusal.isPresent()) {
            served.reply(refusal.get());
        } else {
            switchboard.onRequest(request, served);
        }
        return served;
    }
}
