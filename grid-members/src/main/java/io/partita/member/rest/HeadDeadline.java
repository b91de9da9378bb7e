package io.partita.member.rest;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.coyote.Constants;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP as Tomcat speaks it, which hangs up on whoever does not send the whole head of a request in time. Tomcat's own limit begins anew with each packet, so that a byte now and then would hold a connection
 * for ever, and enough of them would keep everybody else out. Tomcat makes it by its name.
 */
public final class HeadDeadline extends Http11NioProtocol {

    private static final long EVERY_MILLIS = 500;
    /** A request of which nothing has been read has no time yet. */
    private static final long NOT_BEGUN = -1;

    private long patience = Long.MAX_VALUE;
    private ScheduledFuture<?> watch;

    /** From the first byte of a head to its last. */
    void setPatience(Duration patience) {
        this.patience = patience.toNanos();
    }

    @Override
    public void start() throws Exception {
        super.start();
        watch = getUtilityExecutor().scheduleWithFixedDelay(() -> getEndpoint().getConnections().forEach(this::look), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (watch != null) {
            watch.cancel(false);
        }
        super.stop();
    }

    private void look(SocketWrapperBase<?> connection) {
        ReentrantLock lock = connection.getLock();
        // Whoever has it is reading or answering; if that is a head that comes in pieces, there is another look.
        if (lock.tryLock()) {
            try {
                if (connection.getCurrentProcessor() instanceof Http11Processor reading && late(reading)) {
                    connection.close();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** A connection between two requests has no processor, and one whose request goes on by itself is asynchronous. */
    private boolean late(Http11Processor reading) {
        Request request = reading.getRequest();
        int stage = request.getRequestProcessor().getStage();
        boolean head = !reading.isAsync() && (stage == Constants.STAGE_PARSE || stage == Constants.STAGE_ENDED);
        return head && request.getStartTimeNanos() != NOT_BEGUN && System.nanoTime() - request.getStartTimeNanos() > patience;
    }
}
