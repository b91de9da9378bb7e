package io.partita.member.trading.fix;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IdleStatus;
import org.apache.mina.core.session.IoSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickfix.mina.SessionConnector;

/**
 * What stands between the port and QuickFIX/J: whole messages only ({@link Framing}), so many connections, and none that says nothing.
 * Thread-safe.
 */
final class FramingFilter extends IoFilterAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(FramingFilter.class);
    private static final AttributeKey FRAMING = new AttributeKey(FramingFilter.class, "framing");
    private static final int MOST_CONNECTIONS = 256;
    private static final int SECONDS_TO_LOG_ON = 10;

    private final int longest;
    private final AtomicInteger connections = new AtomicInteger();

    FramingFilter(int longest) {
        this.longest = longest;
    }

    @Override
    public void sessionCreated(NextFilter next, IoSession session) throws Exception {
        session.setAttribute(FRAMING, new Framing(longest));
        if (connections.incrementAndGet() > MOST_CONNECTIONS) {
            LOG.warn("A FIX connection from {} is refused: there are {} already", session.getRemoteAddress(), MOST_CONNECTIONS);
            session.closeNow();
        }
        session.getConfig().setReaderIdleTime(SECONDS_TO_LOG_ON);
        next.sessionCreated(session);
    }

    @Override
    public void sessionClosed(NextFilter next, IoSession session) throws Exception {
        connections.decrementAndGet();
        next.sessionClosed(session);
    }

    @Override
    public void sessionIdle(NextFilter next, IoSession session, IdleStatus status) {
        // Sessions that are logged on have their heartbeats.
        if (session.getAttribute(SessionConnector.QF_SESSION) == null) {
            session.closeNow();
        }
    }

    @Override
    public void messageReceived(NextFilter next, IoSession session, Object message) {
        IoBuffer buffer = (IoBuffer) message;
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        try {
            for (byte[] whole : ((Framing) session.getAttribute(FRAMING)).take(bytes)) {
                next.messageReceived(session, IoBuffer.wrap(whole));
            }
        } catch (IllegalStateException waste) {
            LOG.warn("A FIX connection from {} is closed: {}", session.getRemoteAddress(), waste.getMessage());
            session.closeNow();
        }
    }
}
