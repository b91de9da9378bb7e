package io.partita.member.rest;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.partita.kernels.KernelRefusedException;
import io.partita.ledger.Refusal;
import io.partita.positions.PositionRefused;
import io.partita.risk.LimitRefused;
import io.partita.security.SecurityRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers everything that an endpoint or Spring throws as a problem with a documented code. */
@RestControllerAdvice
public final class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    /** What PostgreSQL says of it. */
    private static final String NO_SUCH_CHARACTER = "22021";

    private final ProblemWriter writer;

    Problems(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler(RequestProblem.class)
    ResponseEntity<Object> problem(RequestProblem problem, HttpServletRequest request) {
        return writer.answer(request, problem);
    }

    @ExceptionHandler(AwaitsApproval.class)
    ResponseEntity<AwaitsApproval.Asked> awaits(AwaitsApproval asked) {
        return ResponseEntity.accepted().location(URI.create("/api/v1/approvals/" + asked.approval().id())).body(AwaitsApproval.Asked.of(asked.approval()));
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> unexpected(Exception failure, HttpServletRequest request) {
        return writer.answer(request, known(failure).orElseGet(() -> {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
            return RequestProblem.of(RequestCode.INTERNAL_ERROR, "Look for " + Correlation.of(request) + " in the member's log.");
        }));
    }

    /** The problem that a failure is, unless it is a fault of the member. */
    public static Optional<RequestProblem> known(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RequestProblem problem) {
                return Optional.of(problem);
            }
            if (cause instanceof KernelRefusedException refused) {
                return Optional.of(RequestProblem.of(refused.refusal(), refused.detail()));
            }
            if (cause instanceof PositionRefused refused) {
                return Optional.of(RequestProblem.of(refused.code(), refused.getMessage()));
            }
            if (cause instanceof LimitRefused refused) {
                return Optional.of(RequestProblem.of(refused.code(), refused.getMessage()));
            }
            if (cause instanceof SecurityRefused refused) {
                return Optional.of(RequestProblem.of(refused.code(), refused.getMessage()));
            }
            if (cause instanceof BodyLimit.BodyTooLarge tooLarge) {
                return Optional.of(BodyLimit.tooLarge(tooLarge.limit()));
            }
            if (cause instanceof BodyLimit.BodyTooSlow) {
                return Optional.of(RequestProblem.of(RequestCode.BODY_TOO_SLOW, "Send it faster, or in parts."));
            }
            if (cause instanceof RequestRejectedException) {
                return Optional.of(RequestProblem.of(RequestCode.MALFORMED_REQUEST, "A name of a parameter or a header has characters that no name has."));
            }
            if (cause instanceof BodyLimit.NoRoom) {
                return Optional.of(RequestProblem.of(Refusal.OVERLOADED, "Too many large requests are under way."));
            }
            if (changing(cause)) {
                LOG.warn("The grid does not answer: {}", cause.toString());
                return Optional.of(RequestProblem.of(RequestCode.GRID_CHANGING, "Ask again; commands with ids can be repeated."));
            }
            if (cause instanceof SQLException sql && NO_SUCH_CHARACTER.equals(sql.getSQLState())) {
                return Optional.of(RequestProblem.of(Refusal.INVALID_REQUEST, "A text has a character that no text has, such as NUL."));
            }
            if (cause instanceof SQLException sql && unavailable(sql)) {
                LOG.warn("The database cannot be reached: {}", sql.getMessage());
                return Optional.of(RequestProblem.of(Refusal.STORE_UNAVAILABLE, "The question needs the database."));
            }
        }
        return Optional.empty();
    }

    /** What the grid says while it finds out who is there, for what does not try again by itself. */
    private static boolean changing(Throwable failure) {
        return failure instanceof HazelcastInstanceNotActiveException || failure instanceof MemberLeftException || failure instanceof RetryableHazelcastException
                || failure instanceof OperationTimeoutException || failure instanceof IndeterminateOperationStateException || failure instanceof SplitBrainProtectionException;
    }

    /** No connection (08), out of resources (53), stopped by an operator or starting (57P). */
    private static boolean unavailable(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return failure instanceof SQLTransientException || state.startsWith("08") || state.startsWith("53")
                || state.startsWith("57P");
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException failure, HttpHeaders headers,
                                                                  HttpStatusCode status, WebRequest request) {
        return answer(request, known(failure).orElseGet(() -> JsonProblems.of(failure)));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotSupported(HttpMediaTypeNotSupportedException failure,
                                                                     HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(request, RequestProblem.of(RequestCode.UNSUPPORTED_MEDIA_TYPE,
                (failure.getContentType() == null ? "There is no Content-Type" : "Content-Type is " + failure.getContentType())
                        + "; this address takes " + failure.getSupportedMediaTypes() + "."));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(HttpMediaTypeNotAcceptableException failure,
                                                                      HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(request, RequestProblem.of(RequestCode.NOT_ACCEPTABLE,
                "This address answers with " + failure.getSupportedMediaTypes() + "."));
    }

    @Override
    protected ResponseEntity<Object> handleHttpRequestMethodNotSupported(HttpRequestMethodNotSupportedException failure,
                                                                         HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String[] methods = failure.getSupportedMethods() == null ? new String[0] : failure.getSupportedMethods().clone();
        // They come in the order of a hash set, which differs from start to start.
        Arrays.sort(methods);
        ResponseEntity<Object> answer = answer(request, RequestProblem.of(RequestCode.METHOD_NOT_ALLOWED,
                failure.getMethod() + " is not possible here; " + Arrays.toString(methods) + " is."));
        return ResponseEntity.status(answer.getStatusCode()).headers(answer.getHeaders())
                .header(HttpHeaders.ALLOW, String.join(", ", methods)).body(answer.getBody());
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status,
                                                        WebRequest request) {
        String name = failure instanceof MethodArgumentTypeMismatchException argument ? argument.getName() : failure.getPropertyName();
        return answer(request, RequestProblem.parameter(name,
                "'" + clipped(failure.getValue()) + "' is not " + JsonProblems.expected(failure.getRequiredType()) + "."));
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(Exception failure, Object body, HttpHeaders headers,
                                                             HttpStatusCode status, WebRequest request) {
        return answer(request, known(failure).orElseGet(() -> switch (status.value()) {
            case 404 -> RequestProblem.of(RequestCode.NOT_FOUND, path(request) + " is not an address of this member; /docs lists them.");
            case 400 -> switch (failure) {
                case MissingServletRequestParameterException missing ->
                        RequestProblem.parameter(missing.getParameterName(), "is required.");
                case MissingRequestHeaderException missing -> RequestProblem.parameter(missing.getHeaderName(), "is required.");
                default -> RequestProblem.of(RequestCode.INVALID_PARAMETER, failure.getMessage());
            };
            case 503 -> RequestProblem.of(Refusal.OUTCOME_UNKNOWN, "The request took too long.");
            default -> {
                LOG.error("{} failed", path(request), failure);
                yield RequestProblem.of(RequestCode.INTERNAL_ERROR,
                        "Look for " + Correlation.of(servlet(request)) + " in the member's log.");
            }
        }));
    }

    private ResponseEntity<Object> answer(WebRequest request, RequestProblem problem) {
        return writer.answer(servlet(request), problem);
    }

    private static HttpServletRequest servlet(WebRequest request) {
        return ((ServletWebRequest) request).getRequest();
    }

    private static String path(WebRequest request) {
        return servlet(request).getRequestURI();
    }

    private static String clipped(Object value) {
        String text = String.valueOf(value);
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
