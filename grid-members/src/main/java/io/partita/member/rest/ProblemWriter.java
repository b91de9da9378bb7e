package io.partita.member.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes problem details (RFC 9457), inside of Spring's dispatcher and outside of it. */
@Component
public final class ProblemWriter {

    /** Of a request: the code of the problem that it was answered with. */
    public static final String CODE = ProblemWriter.class.getName() + ".code";

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    ResponseEntity<Object> answer(HttpServletRequest request, RequestProblem problem) {
        request.setAttribute(CODE, problem.code());
        return ResponseEntity.status(problem.status()).headers(headers(problem)).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(detail(request, problem));
    }

    /** Writes the whole answer, unless one has begun already. */
    public void write(HttpServletRequest request, HttpServletResponse response, RequestProblem problem) throws IOException {
        request.setAttribute(CODE, problem.code());
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setHeader(Correlation.HEADER, Correlation.of(request));
        headers(problem).forEach((name, values) -> response.setHeader(name, values.getFirst()));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        byte[] body = json.writeValueAsString(detail(request, problem)).getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static HttpHeaders headers(RequestProblem problem) {
        HttpHeaders headers = new HttpHeaders();
        headers.setCacheControl("no-store");
        if (problem.status() == 429 || problem.status() == 503) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfter()));
        }
        if (problem.status() == 401) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return headers;
    }

    private static ProblemDetail detail(HttpServletRequest request, RequestProblem problem) {
        ProblemDetail detail = ProblemDetail.forStatus(HttpStatusCode.valueOf(problem.status()));
        detail.setType(URI.create("/problems/" + problem.code()));
        detail.setTitle(problem.title());
        detail.setDetail(problem.getMessage());
        detail.setProperty("code", problem.code());
        detail.setProperty("correlationId", Correlation.of(request));
        problem.further().forEach(detail::setProperty);
        return detail;
    }
}
