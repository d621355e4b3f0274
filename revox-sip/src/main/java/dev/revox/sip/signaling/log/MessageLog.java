package dev.revox.sip.signaling.log;

import dev.revox.sip.signaling.SignalingWire.WireObserver;
import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.util.Optional;
import java.util.Properties;
import javax.sip.SipStack;

/**
 * The trace of SIP messages, redacted, at level TRACE. Made by the library by reflection, one per stack.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class MessageLog implements ServerLogger {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.messages");

    private static final String CALL_ID = "\r\nCall-ID: ";

    private volatile Optional<WireObserver> observer = Optional.empty();

    /** Shows every message of this stack to somebody. */
    public void show(WireObserver newObserver) {
        observer = Optional.of(newObserver);
        StackLog.showMessages();
    }

    /** True when anybody wants to see messages. */
    public boolean watching() {
        return observer.isPresent() || LOG.isLoggable(System.Logger.Level.TRACE);
    }

    /** A message that came and that the library does not tell of. */
    public void received(SIPMessage message, String from, String to) {
        log(message, from, to, false);
    }

    /** A message that leaves past the library. */
    public void sent(String message, String from, String to) {
        int at = message.indexOf(CALL_ID);
        int end = message.indexOf('\r', at + CALL_ID.length());
        String callId = at < 0 || end < 0 ? "" : message.substring(at + CALL_ID.length(), end);
        log(message, callId, from, to, true);
    }

    private void log(SIPMessage message, String from, String to, boolean sender) {
        if (watching()) {
            String callId =
                    message.getCallId() == null ? "" : message.getCallId().getCallId();
            log(message.toString(), callId, from, to, sender);
        }
    }

    private void log(String message, String callId, String from, String to, boolean sender) {
        Optional<WireObserver> watching = observer;
        String text = Redaction.of(message);
        if (LOG.isLoggable(System.Logger.Level.TRACE)) {
            LOG.log(System.Logger.Level.TRACE, (sender ? "sent " : "received ") + from + " -> " + to + "\n" + text);
        }
        if (watching.isPresent() && !callId.isEmpty()) {
            watching.get().onMessage(sender, callId, from, to, text);
        }
    }

    @Override
    public void closeLogFile() {}

    @Override
    public void logMessage(SIPMessage message, String from, String to, boolean sender, long time) {
        log(message, from, to, sender);
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender, long time) {
        log(message, from, to, sender);
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender) {
        log(message, from, to, sender);
    }

    @Override
    public void logException(Exception cause) {
        LOG.log(System.Logger.Level.DEBUG, () -> Redaction.of("in the message log: " + cause));
    }

    @Override
    public void setStackProperties(Properties stackProperties) {}

    @Override
    public void setSipStack(SipStack sipStack) {}
}
