package dev.revox.sip.signaling.log;

import gov.nist.core.LogLevels;
import gov.nist.core.ServerLogger;
import gov.nist.core.StackLogger;
import java.util.Properties;

/**
 * The SIP library's log, written through {@code System.Logger} and redacted.
 *
 * <p>The library keeps one for the whole JVM and makes it by reflection, so it holds no state but
 * one switch. Its debug lines are our
 * trace; when trace is off it is told so and does not build them.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class StackLog implements StackLogger {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.stack");

    /** Whether any stack shows its messages; the library asks its one log whether it shall tell the message log of them. */
    private static volatile boolean messagesShown;

    static void showMessages() {
        messagesShown = true;
    }

    private static void log(System.Logger.Level level, String text) {
        if (LOG.isLoggable(level)) {
            LOG.log(level, Redaction.of(text));
        }
    }

    // The throwable itself is not handed on: its message may quote the datagram.
    private static void log(System.Logger.Level level, String text, Throwable cause) {
        if (LOG.isLoggable(level)) {
            StringBuilder all = new StringBuilder(text).append(": ").append(cause);
            if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
                for (StackTraceElement element : cause.getStackTrace()) {
                    all.append("\n    at ").append(element);
                }
            }
            LOG.log(level, Redaction.of(all.toString()));
        }
    }

    @Override
    public void logStackTrace() {}

    @Override
    public void logStackTrace(int traceLevel) {}

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void logException(Throwable cause) {
        log(System.Logger.Level.DEBUG, "in the SIP stack", cause);
    }

    @Override
    public void logDebug(String message) {
        log(System.Logger.Level.TRACE, message);
    }

    @Override
    public void logDebug(String message, Exception cause) {
        log(System.Logger.Level.TRACE, message, cause);
    }

    @Override
    public void logTrace(String message) {
        log(System.Logger.Level.TRACE, message);
    }

    @Override
    public void logFatalError(String message) {
        log(System.Logger.Level.ERROR, message);
    }

    // What the library calls an error is mostly a malformed or late message of somebody else's.
    @Override
    public void logError(String message) {
        log(System.Logger.Level.DEBUG, message);
    }

    @Override
    public void logError(String message, Exception cause) {
        log(System.Logger.Level.DEBUG, message, cause);
    }

    @Override
    public void logWarning(String message) {
        log(System.Logger.Level.DEBUG, message);
    }

    @Override
    public void logInfo(String message) {
        log(System.Logger.Level.TRACE, message);
    }

    @Override
    public boolean isLoggingEnabled() {
        return LOG.isLoggable(System.Logger.Level.DEBUG);
    }

    @Override
    public boolean isLoggingEnabled(int logLevel) {
        if (messagesShown && logLevel == ServerLogger.TRACE_MESSAGES) {
            return true;
        }
        return LOG.isLoggable(logLevel >= LogLevels.TRACE_INFO ? System.Logger.Level.TRACE : System.Logger.Level.DEBUG);
    }

    @Override
    public void disableLogging() {}

    @Override
    public void enableLogging() {}

    @Override
    public void setBuildTimeStamp(String buildTimeStamp) {}

    @Override
    public void setStackProperties(Properties stackProperties) {}

    @Override
    public String getLoggerName() {
        return LOG.getName();
    }
}
