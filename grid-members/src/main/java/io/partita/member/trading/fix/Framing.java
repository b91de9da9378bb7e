package io.partita.member.trading.fix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts the bytes of a connection into messages, and holds no more of them than one message may have. Garbage between messages is passed
 * over; so is a message that is too long, and a short one with its sequence number stands in its place ({@link StandIn}), that it can be
 * rejected and the session goes on. For one connection; not thread-safe.
 */
final class Framing {

    private static final byte SOH = 1;
    private static final byte[] BEGIN = "8=FIX".getBytes(StandardCharsets.ISO_8859_1);
    /** {@code 8=FIX.4.4|9=} and a length of ten digits. */
    private static final int LONGEST_HEADER = 24;
    /** {@code 10=nnn|} */
    private static final int TRAILER = 7;
    private static final int FIRST_ROOM = 4096;
    /** Whoever sends that much that is no message is no FIX client. */
    private static final long MOST_WASTE = 64L << 20;

    private final int longest;
    private byte[] held;
    private int size;
    /** Bytes of the message that is passed over, and of these so many have come; 0 for none. */
    private long tooLong;
    private long passed;
    private long waste;

    /** @param longest message, in bytes */
    Framing(int longest) {
        this.longest = longest;
        held = new byte[Math.min(longest, FIRST_ROOM)];
    }

    /**
     * Takes bytes and returns the messages that are complete with them.
     *
     * @throws IllegalStateException if so much of it was no message that the connection is not worth keeping
     */
    List<byte[]> take(byte[] bytes) {
        List<byte[]> messages = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            if (tooLong > 0) {
                at += pass(bytes, at, messages);
            } else {
                int count = Math.min(bytes.length - at, longest - size);
                hold(bytes, at, count);
                at += count;
                cut(messages);
            }
        }
        return messages;
    }

    private void hold(byte[] bytes, int from, int count) {
        if (size + count > held.length) {
            held = Arrays.copyOf(held, Math.min(longest, Math.max(size + count, 2 * held.length)));
        }
        System.arraycopy(bytes, from, held, size, count);
        size += count;
    }

    /** Takes whole messages from the front, as long as there are any. */
    private void cut(List<byte[]> messages) {
        int at = 0;
        while (at < size && tooLong == 0) {
            int next = begin(at);
            wasted(next - at);
            at = next;
            Header header = header(at);
            if (header == null) {
                break;
            }
            long whole = header.length + header.body + TRAILER;
            if (header.length == 0) {
                at += skip();
            } else if (whole > longest) {
                wasted(whole);
                tooLong = whole;
                passed = size - at;
            } else if (size - at < whole) {
                break;
            } else if (ends((int) (at + whole - TRAILER))) {
                messages.add(Arrays.copyOfRange(held, at, (int) (at + whole)));
                waste = 0;
                at += (int) whole;
            } else {
                at += skip();
            }
        }
        System.arraycopy(held, at, held, 0, size - at);
        size -= at;
    }

    /** No message begins here after all, but one may do so right behind. */
    private int skip() {
        wasted(BEGIN.length);
        return BEGIN.length;
    }

    private void wasted(long bytes) {
        waste += bytes;
        if (waste > MOST_WASTE) {
            throw new IllegalStateException("more than " + MOST_WASTE + " bytes were no messages");
        }
    }

    /** Where the next message begins or may begin; the end, if nowhere. */
    private int begin(int from) {
        for (int at = from; at < size; at++) {
            int same = Arrays.mismatch(held, at, Math.min(size, at + BEGIN.length), BEGIN, 0, Math.min(BEGIN.length, size - at));
            if (same < 0) {
                return at;
            }
        }
        return size;
    }

    /** @param length of the header in bytes, 0 if it is none; @param body the length that it tells */
    private record Header(int length, long body) {
    }

    /** {@code 8=FIX.4.4|9=nnn|}; null if more bytes are needed. */
    private Header header(int from) {
        int end = Math.min(size, from + LONGEST_HEADER);
        int at = from;
        while (at < end && held[at] != SOH) {
            at++;
        }
        int digits = at + 3;
        if (digits > end) {
            return end < from + LONGEST_HEADER ? null : new Header(0, 0);
        }
        if (held[at + 1] != '9' || held[at + 2] != '=') {
            return new Header(0, 0);
        }
        long body = 0;
        for (at = digits; at < end && held[at] >= '0' && held[at] <= '9'; at++) {
            body = 10 * body + held[at] - '0';
        }
        if (at == end) {
            return end < from + LONGEST_HEADER ? null : new Header(0, 0);
        }
        return held[at] == SOH && at > digits ? new Header(at + 1 - from, body) : new Header(0, 0);
    }

    /** {@code 10=nnn|} after the end of another field. */
    private boolean ends(int at) {
        return held[at - 1] == SOH && held[at] == '1' && held[at + 1] == '0' && held[at + 2] == '=' && held[at + TRAILER - 1] == SOH;
    }

    /** Passes bytes of a message that is too long; keeps its first ones. */
    private int pass(byte[] bytes, int from, List<byte[]> messages) {
        int count = (int) Math.min(bytes.length - from, tooLong - passed);
        int kept = Math.clamp(StandIn.KEPT - size, 0, count);
        hold(bytes, from, kept);
        passed += count;
        if (passed == tooLong) {
            StandIn.of(Arrays.copyOf(held, Math.min(size, StandIn.KEPT)), tooLong).ifPresent(messages::add);
            tooLong = 0;
            size = 0;
        }
        return count;
    }
}
