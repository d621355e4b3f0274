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

    private volatile Optional<WireObserver> observer = Optional.empty();

    /** Shows every message of this stack to somebody. */
    public void show(WireObserver newObserver) {
        observer = Optional.of(newObserver);
        StackLog.showMessages();
    }

    private void log(SIPMessage message, String from, String to, boolean sender) {
        Optional<WireObserver> watching = observer;
        boolean logged = LOG.isLoggable(System.Logger.Level.TRACE);
        if (!logged && watching.isEmpty()) {
            return;
        }
        String text = Redaction.of(message.toString());
        if (logged) {
            LOG.log(System.Logger.Level.TRACE, (sender ? "sent " : "received ") + from + " -> " + to + "\n" + text);
        }
        if (watching.isPresent() && message.getCallId() != null) {
            watching.get().onMessage(sender, message.getCallId().getCallId(), from, to, text);
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
