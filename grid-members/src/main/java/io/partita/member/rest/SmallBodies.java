package io.partita.member.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Bounds bodies that say one thing, such as a transfer or an order, far below those that may list many: a flood of them is turned away after {@value #MOST} bytes each, and not after as many as a batch may
 * have. A body says one thing if nothing in it repeats. Thread-safe.
 */
@RestControllerAdvice
final class SmallBodies extends RequestBodyAdviceAdapter {

    static final int MOST = 64 << 10;

    private final Map<Type, Boolean> small = new ConcurrentHashMap<>();

    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return small.computeIfAbsent(type, SmallBodies::saysOneThing);
    }

    /** Of a record all the way down; whatever else there is, and one that has another of its kind in it, may hold anything. */
    static boolean saysOneThing(Type type) {
        return saysOneThing(type, Set.of());
    }

    private static boolean saysOneThing(Type type, Set<Type> within) {
        if (!(type instanceof Class<?> record) || !record.isRecord() || within.contains(type)) {
            return false;
        }
        Set<Type> further = new HashSet<>(within);
        further.add(type);
        return Stream.of(record.getRecordComponents()).map(RecordComponent::getGenericType).allMatch(part -> isOneValue(part) || saysOneThing(part, further));
    }

    private static boolean isOneValue(Type type) {
        return type instanceof Class<?> single && (single.isPrimitive() || single.isEnum() || single == String.class || single == Boolean.class || Number.class.isAssignableFrom(single)
                || single.getPackageName().equals("java.time") || single == UUID.class);
    }

    @Override
    public HttpInputMessage beforeBodyRead(HttpInputMessage message, MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) throws IOException {
        if (message.getHeaders().getContentLength() > MOST) {
            throw new BodyLimit.BodyTooLarge(MOST);
        }
        return new Bounded(message.getHeaders(), new AtMost(message.getBody()));
    }

    private record Bounded(HttpHeaders headers, InputStream body) implements HttpInputMessage {

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return body;
        }
    }

    private static final class AtMost extends FilterInputStream {

        private long left = MOST;

        AtMost(InputStream in) {
            super(in);
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
            left -= read;
            if (left < 0) {
                throw new BodyLimit.BodyTooLarge(MOST);
            }
        }
    }
}
