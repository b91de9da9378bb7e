package io.partita.member.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON with its length ahead of it. Spring sends what it has written before it says that this was all, and so each answer takes two packets, of which the second ends the chunks. Answers are
 * pages of bounded size; what is longer is streamed and does not come by here. Thread-safe.
 */
final class SizedJson extends JacksonJsonHttpMessageConverter {

    private static final int USUAL = 1_024;

    SizedJson(JsonMapper mapper) {
        super(mapper);
    }

    @Override
    protected void writeInternal(Object answer, ResolvableType type, HttpOutputMessage message, Map<String, Object> hints) throws IOException {
        Whole whole = new Whole(message.getHeaders(), new ByteArrayOutputStream(USUAL));
        super.writeInternal(answer, type, whole, hints);
        message.getHeaders().setContentLength(whole.bytes.size());
        whole.bytes.writeTo(message.getBody());
    }

    /** An answer before it is sent. */
    private record Whole(HttpHeaders headers, ByteArrayOutputStream bytes) implements HttpOutputMessage {

        @Override
        public OutputStream getBody() {
            return bytes;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
