package io.partita.ledger.proof;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/** Lines of a stream as bytes, without their ends. Not thread-safe. */
final class Lines {

    /** A line is an entry of at most 32 KiB, in JSON; whatever is longer is none of ours. */
    private static final int MAX_LINE = 512 * 1024;

    private final InputStream in;
    private byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    Lines(InputStream in) {
        this.in = in;
    }

    /** The next line, or null after the last. */
    byte[] next() throws IOException {
        for (int searched = start; ; ) {
            for (int i = searched; i < end; i++) {
                if (buffer[i] == '\n') {
                    byte[] line = Arrays.copyOfRange(buffer, start, i);
                    start = i + 1;
                    return line;
                }
            }
            searched = end - start;
            if (!fill()) {
                return rest();
            }
        }
    }

    private byte[] rest() {
        byte[] rest = start == end ? null : Arrays.copyOfRange(buffer, start, end);
        start = end;
        return rest;
    }

    /** Moves what is left to the front and reads on; false at the end. */
    private boolean fill() throws IOException {
        int length = end - start;
        if (length == MAX_LINE) {
            throw new ZipException("A line is too long");
        }
        byte[] target = length == buffer.length ? new byte[Math.min(2 * length, MAX_LINE)] : buffer;
        System.arraycopy(buffer, start, target, 0, length);
        buffer = target;
        start = 0;
        end = length;
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(read, 0);
        return read >= 0;
    }
}
