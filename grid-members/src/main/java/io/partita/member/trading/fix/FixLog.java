package io.partita.member.trading.fix;

import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickfix.Log;
import quickfix.SessionID;

/** What QuickFIX/J has to say about a session: errors as warnings, shortened; messages only when asked for. Thread-safe. */
final class FixLog implements Log {

    private static final Logger LOG = LoggerFactory.getLogger(FixLog.class);
    private static final int LONGEST = 500;
    /** Password (554) is a key. */
    private static final Pattern SECRET = Pattern.compile("\u0001554=[^\u0001]*");

    private final String session;

    FixLog(SessionID session) {
        this.session = session.getTargetCompID();
    }

    @Override
    public void clear() {
        // Nothing is kept.
    }

    @Override
    public void onIncoming(String message) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("{} < {}", session, SECRET.matcher(message).replaceAll("\u0001554=..."));
        }
    }

    @Override
    public void onOutgoing(String message) {
        LOG.debug("{} > {}", session, message);
    }

    @Override
    public void onEvent(String text) {
        LOG.debug("{}: {}", session, text);
    }

    @Override
    public void onErrorEvent(String text) {
        LOG.warn("{}: {}", session, text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...");
    }
}
