package dev.revox.sip.signaling.early;

import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.header.NameAddr;
import dev.revox.sip.signaling.header.SipUri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where a call may still be sent after one target was no good.
 *
 * <p>Targets of a 3xx go before those that wait from an earlier one, the likeliest first; none is tried twice. A 3xx that only
 * names targets which are not allowed is a failure like any other: whoever can make us call where he likes can make us pay.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3261 §8.1.3.4, §21.3.
 */
public final class Redirects {

    private static final int MAX_DEPTH = 5;
    private static final int MAX_TARGETS = 20;

    private record Target(SipUri uri, double q) {}

    private final Predicate<SipUri> allowed;
    private final List<SipUri> seen = new ArrayList<>();
    private final Deque<SipUri> waiting = new ArrayDeque<>();
    private int depth;

    public Redirects(String first, Predicate<SipUri> allowed) {
        this.allowed = allowed;
        SipUri.parse(first).ifPresent(seen::add);
    }

    /** The next target after a final response that was no success; empty when the call has failed. */
    public Optional<String> next(IncomingResponse response) {
        int status = response.status();
        if (status >= 600) {
            waiting.clear();
        } else if (status >= 300 && status < 400 && status != 305 && status != 380 && depth < MAX_DEPTH) {
            depth++;
            List<SipUri> targets = targets(response);
            for (SipUri target : targets.reversed()) {
                waiting.addFirst(target);
            }
        }
        return Optional.ofNullable(waiting.poll()).map(SipUri::text);
    }

    private List<SipUri> targets(IncomingResponse response) {
        List<Target> found = new ArrayList<>();
        for (NameAddr contact : NameAddr.parseAll(response.frame().values("Contact"))) {
            SipUri.parse(contact.uri())
                    .filter(uri -> uri.scheme().equals("sip"))
                    .ifPresent(uri -> found.add(new Target(uri, q(contact))));
        }
        found.sort(Comparator.comparingDouble(Target::q).reversed());
        List<SipUri> fresh = new ArrayList<>();
        for (Target target : found) {
            SipUri uri = target.uri();
            if (seen.size() < MAX_TARGETS && seen.stream().noneMatch(uri::sameAs) && allowed.test(uri)) {
                seen.add(uri);
                fresh.add(uri);
            }
        }
        return fresh;
    }

    private static double q(NameAddr contact) {
        try {
            return Math.clamp(Double.parseDouble(contact.parameter("q").orElse("1")), 0, 1);
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
