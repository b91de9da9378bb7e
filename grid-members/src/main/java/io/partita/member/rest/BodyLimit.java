package io.partita.member.rest;

import io.partita.member.PartitaProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds the body of a request, whether its length is announced or it comes in chunks, and what the bodies of all requests
 * under way hold together: with a thread for every request, nothing else would. Thread-safe.
 */
@Component
@Order(0)
final class BodyLimit extends OncePerRequestFilter {

    /** What becomes of a body takes several times its size; so all of them together stay well below the heap. */
    private static final int PART_OF_HEAP = 16;

    private final AtomicLong held = new AtomicLong();
    private final long holdable = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    private final long json;
    private final long csv;
    private final long patience;
    private final ProblemWriter problems;

    BodyLimit(PartitaProperties settings, ProblemWriter problems) {
        this.json = settings.http().maxBody().toBytes();
        this.csv = settings.http().maxUpload().toBytes();
        this.patience = settings.edge().bodyTime().toNanos();
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String type = request.getContentType();
        // Files are read as they come; everything else is held in memory.
        boolean file = type != null && type.startsWith("text/csv");
        long limit = file ? csv : json;
        if (request.getContentLengthLong() > limit) {
            problems.write(request, response, tooLarge(limit));
        } else {
            Limited limited = new Limited(request, limit, file ? new AtomicLong() : held, file ? Long.MAX_VALUE : holdable, patience);
            try {
                chain.doFilter(limited, response);
            } finally {
                limited.release();
            }
        }
    }

    /** Other requests' bodies leave no room for this one. */
    static final class NoRoom extends IOException {

        NoRoom() {
            super("The bodies of the requests under way take all room");
        }
    }

    /** Who trickles a body holds a thread and its memory. */
    static final class BodyTooSlow extends IOException {

        BodyTooSlow() {
            super("The body takes too long to come");
        }
    }

    static RequestProblem tooLarge(long limit) {
        return RequestProblem.of(RequestCode.BODY_TOO_LARGE, "At most " + limit + " bytes.").with("limit", limit);
    }

    /** A body went on beyond the limit. */
    static final class BodyTooLarge extends IOException {

        private final long limit;

        BodyTooLarge(long limit) {
            super("The body is larger than " + limit + " bytes");
            this.limit = limit;
        }

        long limit() {
            return limit;
        }
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private final long limit;
        private final AtomicLong held;
        private final long holdable;
        private final long patience;
        private Counted stream;

        Limited(HttpServletRequest request, long limit, AtomicLong held, long holdable, long patience) {
            super(request);
            this.limit = limit;
            this.held = held;
            this.holdable = holdable;
            this.patience = patience;
        }

        void release() {
            if (stream != null) {
                held.addAndGet(-stream.count);
            }
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (stream == null) {
                stream = new Counted(super.getInputStream(), this);
            }
            return stream;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            String encoding = getCharacterEncoding();
            return new BufferedReader(new InputStreamReader(getInputStream(),
                    encoding == null ? StandardCharsets.UTF_8.name() : encoding));
        }
    }

    private static final class Counted extends ServletInputStream {

        private final ServletInputStream in;
        private static final long NANOS_PER_BYTE = 1_000;
        /** After so many bytes others have their turn. */
        private static final int TURN = 1 << 16;

        private final Limited request;
        private final long began = System.nanoTime();
        private long count;

        Counted(ServletInputStream in, Limited request) {
            this.in = in;
            this.request = request;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) throws IOException {
            count += read;
            // What comes fast enough for its size may take as long as it takes.
            if (System.nanoTime() - began > request.patience + count * NANOS_PER_BYTE) {
                throw new BodyTooSlow();
            }
            if (count / TURN != (count - read) / TURN) {
                // Whoever is sent something all the time never waits, and would keep one of the few threads that carry all requests.
                Thread.yield();
            }
            long together = request.held.addAndGet(read);
            if (count > request.limit) {
                throw new BodyTooLarge(request.limit);
            }
            if (together > request.holdable) {
                throw new NoRoom();
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
