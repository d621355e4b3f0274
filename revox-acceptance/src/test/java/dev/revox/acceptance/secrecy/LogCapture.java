package dev.revox.acceptance.secrecy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Everything that this process logs or prints while it is open, with every logger at its finest level.
 *
 * <p>{@code System.Logger} and SLF4J both end at {@code java.util.logging} here, and so does the SIP library's log.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class LogCapture implements AutoCloseable {

    private final Formatter formatter = new SimpleFormatter();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final List<String> loggers = Collections.synchronizedList(new ArrayList<>());
    private final Logger root = Logger.getLogger("");
    private final Map<String, @Nullable Level> levelsBefore = new HashMap<>();
    private final PrintStream outBefore = System.out;
    private final PrintStream errBefore = System.err;
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            loggers.add(String.valueOf(logged.getLoggerName()));
            // Formatted with its parameters and the whole stack of its exception, causes included.
            lines.add(formatter.format(logged));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private LogCapture() {}

    static LogCapture open() {
        LogCapture capture = new LogCapture();
        capture.begin();
        return capture;
    }

    private void begin() {
        LogManager.getLogManager().getLoggerNames().asIterator().forEachRemaining(name -> {
            Logger logger = Logger.getLogger(name);
            levelsBefore.put(name, logger.getLevel());
            logger.setLevel(name.isEmpty() ? Level.ALL : null);
        });
        root.setLevel(Level.ALL);
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        System.setOut(copying(outBefore));
        System.setErr(copying(errBefore));
    }

    private PrintStream copying(PrintStream to) {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int oneByte) {
                        write(new byte[] {(byte) oneByte}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        lines.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
                        to.write(bytes, offset, length);
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }

    /** All of it, a record or a printed piece each. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** How many records came from loggers of that name or below. */
    long recordsOf(String logger) {
        synchronized (loggers) {
            return loggers.stream().filter(name -> name.startsWith(logger)).count();
        }
    }

    @Override
    public void close() {
        System.setOut(outBefore);
        System.setErr(errBefore);
        root.removeHandler(handler);
        levelsBefore.forEach((name, level) -> Logger.getLogger(name).setLevel(level));
    }
}
