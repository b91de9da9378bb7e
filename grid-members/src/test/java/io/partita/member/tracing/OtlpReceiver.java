package io.partita.member.tracing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Takes spans by OTLP over HTTP, as a collector does, and reads from their protocol buffers what tests ask for. */
final class OtlpReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /** A span as it came: ids in hexadecimal digits, attributes as text. */
    record Span(String trace, String id, String parent, String name, Map<String, String> attributes, List<String> linkedTraces) {
    }

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    static OtlpReceiver start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            OtlpReceiver receiver = new OtlpReceiver(server);
            server.createContext("/v1/traces", exchange -> {
                try (exchange) {
                    receiver.take(ByteBuffer.wrap(exchange.getRequestBody().readAllBytes()));
                    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
                    exchange.sendResponseHeaders(200, -1);
                }
            });
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** All spans that came. */
    List<Span> spans() {
        return List.copyOf(spans);
    }

    List<Span> spans(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    /** ExportTraceServiceRequest: resource_spans = 1, of which scope_spans = 2, of which spans = 2. */
    private void take(ByteBuffer request) {
        fields(request, (number, resourceSpans) -> fields((ByteBuffer) resourceSpans, (in, scopeSpans) -> {
            if (in == 2) {
                fields((ByteBuffer) scopeSpans, (at, span) -> {
                    if (at == 2) {
                        spans.add(span((ByteBuffer) span));
                    }
                });
            }
        }));
    }

    private static Span span(ByteBuffer message) {
        Map<Integer, Object> known = new HashMap<>();
        Map<String, String> attributes = new HashMap<>();
        List<String> links = new ArrayList<>();
        fields(message, (number, value) -> {
            switch (number) {
                case 9 -> attribute((ByteBuffer) value, attributes);
                case 13 -> fields((ByteBuffer) value, (field, link) -> {
                    if (field == 1) {
                        links.add(hex(link));
                    }
                });
                default -> known.put(number, value);
            }
        });
        return new Span(hex(known.get(1)), hex(known.get(2)), hex(known.get(4)), text(known.get(5)), attributes, links);
    }

    /** KeyValue: key = 1, value = 2, an AnyValue of string_value = 1 or int_value = 3. */
    private static void attribute(ByteBuffer message, Map<String, String> attributes) {
        Map<Integer, Object> pair = new HashMap<>();
        fields(message, pair::put);
        fields((ByteBuffer) pair.get(2), (kind, value) -> attributes.put(text(pair.get(1)), kind == 1 ? text(value) : String.valueOf(value)));
    }

    private static String hex(Object bytes) {
        return bytes == null ? "" : HexFormat.of().formatHex(bytes((ByteBuffer) bytes));
    }

    private static String text(Object bytes) {
        return new String(bytes((ByteBuffer) bytes), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Each field of a message with its number: a number, or a piece of the message. */
    private static void fields(ByteBuffer message, BiConsumer<Integer, Object> field) {
        ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            int number = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> field.accept(number, varint(in));
                case 1 -> field.accept(number, in.getLong());
                case 2 -> {
                    int length = (int) varint(in);
                    field.accept(number, in.slice(in.position(), length));
                    in.position(in.position() + length);
                }
                case 5 -> field.accept(number, (long) in.getInt());
                default -> throw new IllegalArgumentException("wire type of tag " + tag);
            }
        }
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
