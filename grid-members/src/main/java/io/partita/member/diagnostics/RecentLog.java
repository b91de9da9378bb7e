package io.partita.member.diagnostics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** The last events of the log, in memory: a member does not know where its output goes. Thread-safe. */
final class RecentLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final int KEPT = 2_000;
    private static final int LONGEST = 2_000;

    private final Deque<String> lines = new ArrayDeque<>();

    /** Listens to the log from now on, if it is one that can be listened to. */
    static RecentLog listening() {
        RecentLog recent = new RecentLog();
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext logback) {
            recent.setContext(logback);
            recent.start();
            logback.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(recent);
        }
        return recent;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.INFO)) {
            return;
        }
        StringBuilder line = new StringBuilder().append(event.getInstant()).append(' ').append(event.getLevel()).append(' ').append(event.getLoggerName()).append(' ')
                .append(event.getFormattedMessage());
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            line.append(" <- ").append(cause.getClassName()).append(": ").append(cause.getMessage());
        }
        Map<String, String> context = new TreeMap<>(event.getMDCPropertyMap());
        if (!context.isEmpty()) {
            line.append(' ').append(context);
        }
        synchronized (lines) {
            lines.addLast(line.length() <= LONGEST ? line.toString() : line.substring(0, LONGEST) + "...");
            if (lines.size() > KEPT) {
                lines.removeFirst();
            }
        }
    }

    String text() {
        synchronized (lines) {
            return lines.stream().collect(Collectors.joining("\n", "", "\n"));
        }
    }

    @Override
    public void close() {
        if (getContext() instanceof LoggerContext logback) {
            logback.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
        }
        stop();
    }
}
