package dev.revox.sip.trace;

import dev.revox.sip.signaling.SignalingWire.WireObserver;
import dev.revox.time.TimeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects messages by call, within the bounds of its settings. A call is kept until as many newer ones have begun.
 *
 * <p><b>Thread:</b> Thread-safe; holds a lock for the moment of an insertion.
 */
public final class SipTracer implements WireObserver {

    private static final class Kept {
        private final List<TracedMessage> messages = new ArrayList<>();
        private int omitted;
    }

    private final TraceSettings settings;
    private final TimeSource time;
    private final Map<String, Kept> byCallId = new LinkedHashMap<>();
    private final Map<String, List<String>> callIdsByLeg = new LinkedHashMap<>();

    public SipTracer(TraceSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
    }

    /** Says which leg a Call-ID belongs to; a leg that tries several trunks has several. */
    public synchronized void belongs(String callId, String legId) {
        List<String> callIds = callIdsByLeg.computeIfAbsent(legId, unused -> new ArrayList<>());
        if (callIds.size() < settings.calls()) {
            callIds.add(callId);
        }
        trim(callIdsByLeg);
    }

    @Override
    public synchronized void onMessage(boolean sent, String callId, String from, String to, String text) {
        Kept kept = byCallId.computeIfAbsent(callId, unused -> new Kept());
        trim(byCallId);
        if (kept.messages.size() >= settings.messagesPerCall()) {
            kept.omitted++;
            return;
        }
        int most = settings.charsPerMessage();
        kept.messages.add(new TracedMessage(
                time.instant(), sent, from, to, text.length() <= most ? text : text.substring(0, most)));
    }

    private void trim(Map<String, ?> entries) {
        while (entries.size() > settings.calls()) {
            var first = entries.entrySet().iterator();
            first.next();
            first.remove();
        }
    }

    /** The messages of a leg in their order; empty when none are kept. */
    public synchronized Optional<SipTrace> ofLeg(String legId) {
        List<TracedMessage> messages = new ArrayList<>();
        int omitted = 0;
        for (String callId : callIdsByLeg.getOrDefault(legId, List.of())) {
            Kept kept = byCallId.get(callId);
            if (kept != null) {
                messages.addAll(kept.messages);
                omitted += kept.omitted;
            }
        }
        messages.sort(Comparator.comparing(TracedMessage::at));
        return messages.isEmpty() ? Optional.empty() : Optional.of(new SipTrace(messages, omitted));
    }
}
