package dev.revox.testkit.phone;

import dev.revox.testkit.phone.rtp.PhoneRtp;
import dev.revox.testkit.phone.sip.Dialog;
import dev.revox.testkit.phone.sip.SipPort;
import dev.revox.testkit.phone.sip.SipText;
import dev.revox.time.Alarm;
import dev.revox.time.SystemTime;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A SIP telephone on loopback with somebody at it who follows a script.
 *
 * <pre>{@code
 * try (TestPhone phone = TestPhone.answering(0)
 *         .ringFor(Duration.ofMillis(300))
 *         .script(waitForSpeechEnd(), say("Yes this is Dana."), waitForHangUp(Duration.ofSeconds(10)))) {
 *     ... call sip:+14155550132@127.0.0.1:{phone.port()} ...
 *     PhoneCall call = phone.nextCall(Duration.ofSeconds(5));
 *     call.awaitEnd(Duration.ofSeconds(30));
 * }
 * }</pre>
 *
 * <p>It takes any number of calls at once, each with the same script.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class TestPhone implements AutoCloseable {

    private final SystemTime time;
    private final SipPort sip;
    private final PhonePlan.Settings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Signalling> byCallId = new LinkedHashMap<>();
    private final List<PhoneCall> calls = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<PhoneCall>> waiting = new ArrayList<>();
    private int handedOut;

    private TestPhone(SystemTime time, SipPort sip, PhonePlan.Settings settings) {
        this.time = time;
        this.sip = sip;
        this.settings = settings;
    }

    /** What a call does with the messages that belong to it. */
    interface Signalling {
        void came(SipText message, InetSocketAddress from);
    }

    /**
     * A telephone that answers, unless its plan is changed.
     *
     * @param port UDP port on loopback, 0 for any that is free
     */
    public static PhonePlan answering(int port) {
        return new PhonePlan(port);
    }

    static TestPhone start(int port, PhonePlan.Settings settings) {
        SystemTime time = SystemTime.start();
        TestPhone phone = new TestPhone(time, SipPort.open(port, time), settings);
        phone.sip.listen(phone::came);
        return phone;
    }

    public int port() {
        return sip.port();
    }

    /** All calls so far, the oldest first. */
    public List<PhoneCall> calls() {
        return List.copyOf(calls);
    }

    /**
     * The next call that came in, or was made, and was not given out by this method before.
     *
     * @throws IllegalStateException when none comes within the limit
     */
    public PhoneCall nextCall(Duration limit) {
        CompletableFuture<PhoneCall> next = new CompletableFuture<>();
        lock.lock();
        try {
            if (handedOut < calls.size()) {
                return calls.get(handedOut++);
            }
            waiting.add(next);
        } finally {
            lock.unlock();
        }
        Alarm alarm = time.schedule(
                limit, () -> next.completeExceptionally(new IllegalStateException("no call within " + limit)));
        try {
            return next.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("no call came within " + limit, e);
        } finally {
            alarm.cancel();
        }
    }

    /** Calls a number at a SIP address and follows the script once it is answered. */
    public PhoneCall call(InetSocketAddress to, String number, String callerNumber, Step... script) {
        PhoneCall call = new PhoneCall(
                number,
                callerNumber,
                PhoneRtp.open(time, settings.lost(), settings.network(), settings.echo()),
                time,
                time.instant());
        OutgoingCall outgoing = new OutgoingCall(call, sip, to, settings, List.of(script));
        lock.lock();
        try {
            byCallId.put(outgoing.callId(), outgoing);
            add(call);
        } finally {
            lock.unlock();
        }
        outgoing.start();
        return call;
    }

    private void add(PhoneCall call) {
        calls.add(call);
        waiting.removeIf(CompletableFuture::isDone);
        if (!waiting.isEmpty()) {
            handedOut++;
            waiting.removeFirst().complete(call);
        }
    }

    private void came(SipText message, InetSocketAddress from) {
        lock.lock();
        try {
            Signalling known = byCallId.get(message.callId());
            if (known != null) {
                known.came(message, from);
            } else if (message.isRequest() && message.method().equals("INVITE") && !message.inDialog()) {
                IncomingCall incoming = ring(message, from);
                byCallId.put(message.callId(), incoming);
                incoming.came(message, from);
            } else if (message.isRequest() && !message.method().equals("ACK")) {
                int status = message.method().equals("OPTIONS") ? 200 : 481;
                sip.send(message.response(status, Dialog.token()), from);
            }
        } finally {
            lock.unlock();
        }
    }

    private IncomingCall ring(SipText invite, InetSocketAddress from) {
        PhoneCall call = new PhoneCall(
                user(invite.startLine().split(" ")[1]),
                user(SipText.uri(invite.header("from"))),
                PhoneRtp.open(time, settings.lost(), settings.network(), settings.echo()),
                time,
                sip.lastArrival());
        add(call);
        return new IncomingCall(call, sip, invite, from, settings, lock);
    }

    private static String user(String uri) {
        int start = uri.indexOf(':') + 1;
        int at = uri.indexOf('@');
        return at < 0 ? "" : uri.substring(start, at);
    }

    /** Switches the telephone off. Calls that are up are hung up. */
    @Override
    public void close() {
        calls.forEach(PhoneCall::hangUp);
        calls.forEach(call -> call.finish(PhoneCall.Ending.SWITCHED_OFF));
        sip.close();
        time.close();
    }
}
