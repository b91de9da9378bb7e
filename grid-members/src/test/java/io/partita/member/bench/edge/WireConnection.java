package io.partita.member.bench.edge;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection over which requests go one after the other, and which is opened again when the other side has closed it. It looks at the status of answers and reads over the
 * rest, so that the generator takes little of the machine from what is measured. Not thread-safe.
 */
final class WireConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int LONGEST_LINE = 16 << 10;

    private static final Pattern CODE = Pattern.compile("\"code\":\"([A-Z_]+)\"");

    private final InetSocketAddress to;
    private Socket socket;
    private InputStream in;
    private boolean used;

    WireConnection(InetSocketAddress to) {
        this.to = to;
    }

    /** Sends a whole request and reads its answer. @return the status, of an error with its code */
    String exchange(byte[] request) throws IOException {
        boolean kept = socket != null && used;
        try {
            return attempt(request);
        } catch (IOException broken) {
            close();
            if (!kept) {
                throw broken;
            }
            // The other side may close a connection that is kept at any time; every command has an id, so that asking again is harmless.
            return attempt(request);
        }
    }

    private String attempt(byte[] request) throws IOException {
        if (socket == null) {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(to, PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
            used = false;
        }
        socket.getOutputStream().write(request);
        String status = line();
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.endsWith("chunked");
            } else if (lower.startsWith("connection:")) {
                last = lower.endsWith("close");
            }
        }
        String code = status.substring(9, 12);
        StringBuilder problem = code.startsWith("2") ? null : new StringBuilder();
        if (chunked) {
            for (int size = chunk(); size > 0; size = chunk()) {
                body(size, problem);
                line();
            }
            line();
        } else if (!code.equals("204")) {
            body(length, problem);
        }
        used = true;
        if (last) {
            close();
        }
        Matcher named = CODE.matcher(problem == null ? "" : problem);
        return named.find() ? code + " " + named.group(1) : code;
    }

    private void body(int size, StringBuilder problem) throws IOException {
        if (problem == null) {
            in.skipNBytes(size);
        } else {
            problem.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
        }
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        byte[] bytes = new byte[128];
        int count = 0;
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0 || count == LONGEST_LINE) {
                throw new EOFException("The answer ends in a line");
            }
            if (count == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * count);
            }
            bytes[count++] = (byte) read;
        }
        return new String(bytes, 0, count > 0 && bytes[count - 1] == '\r' ? count - 1 : count, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
