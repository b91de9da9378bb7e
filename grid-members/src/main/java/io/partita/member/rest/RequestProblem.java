package io.partita.member.rest;

import io.partita.kernels.KernelRefusal;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Refusal;
import io.partita.positions.PositionRefusal;
import io.partita.risk.LimitRefusal;
import io.partita.security.SecurityRefusal;
import io.partita.trading.Reason;
import io.partita.trading.TradingRefusal;
import io.partita.trading.risk.RiskRefusal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Thrown by an endpoint to answer with a problem (RFC 9457). Its {@code type} is {@code /problems/CODE}, its
 * {@code title} the meaning of the code, its {@code detail} the case at hand.
 */
public final class RequestProblem extends RuntimeException {

    /** The HTTP status of what a book rejects. */
    static final int REJECTED = 422;

    private final int status;
    private final String code;
    private final String title;
    private final transient Map<String, Object> further;
    private final long retryAfter;

    private RequestProblem(int status, String code, String title, String detail, Map<String, Object> further) {
        this(status, code, title, detail, further, 1);
    }

    private RequestProblem(int status, String code, String title, String detail, Map<String, Object> further, long retryAfter) {
        // Without a stack trace: it is an answer, not a fault.
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.title = title;
        this.further = further;
        this.retryAfter = retryAfter;
    }

    /** A problem of the request itself. */
    public static RequestProblem of(RequestCode code, String detail) {
        return new RequestProblem(code.status(), code.name(), code.meaning(), detail, Map.of());
    }

    /** A refusal of the ledger. */
    public static RequestProblem of(Refusal code, String detail) {
        return new RequestProblem(status(code), code.name(), code.meaning(), detail, Map.of());
    }

    /** A command that the ledger refused. */
    public static RequestProblem of(LedgerResult.Refused refused) {
        return of(refused.code(), refused.detail()).with("id", refused.id());
    }

    /** A refusal of trading. */
    public static RequestProblem of(TradingRefusal code, String detail) {
        return new RequestProblem(status(code), code.name(), code.meaning(), detail, Map.of());
    }

    /** What pre-trade risk does not let pass. */
    public static RequestProblem of(RiskRefusal code, String detail) {
        return new RequestProblem(status(code), code.name(), code.meaning(), detail, Map.of());
    }

    /** A reject of a book. */
    public static RequestProblem of(Reason code, String detail) {
        return new RequestProblem(REJECTED, code.name(), code.meaning(), detail, Map.of());
    }

    /** What no risk can be calculated of. */
    public static RequestProblem of(KernelRefusal code, String detail) {
        return new RequestProblem(status(code), code.name(), code.meaning(), detail, Map.of());
    }

    /** What limits, margin and counterparties do not take. */
    public static RequestProblem of(LimitRefusal code, String detail) {
        return new RequestProblem(status(code), code.name(), code.meaning(), detail, Map.of());
    }

    /** Who is not let in, or may not. */
    public static RequestProblem of(SecurityRefusal code, String detail) {
        return new RequestProblem(status(code), code.name(), code.meaning(), detail, Map.of());
    }

    /** What positions do not take. */
    public static RequestProblem of(PositionRefusal code, String detail) {
        return new RequestProblem(status(code), code.name(), code.meaning(), detail, Map.of());
    }

    /** The resource that the address names does not exist: 404 with a code of the ledger, as {@code ACCOUNT_NOT_FOUND}. */
    public static RequestProblem notFound(Refusal code, String detail) {
        return new RequestProblem(404, code.name(), code.meaning(), detail, Map.of());
    }

    /** A field of the body; {@code expected} says what it must be. */
    public static RequestProblem field(String name, String expected) {
        return of(Refusal.INVALID_REQUEST, name + ": " + expected).with("field", name);
    }

    /** A parameter of the path, the query or a header; {@code expected} says what it must be. */
    public static RequestProblem parameter(String name, String expected) {
        return of(RequestCode.INVALID_PARAMETER, name + ": " + expected).with("parameter", name);
    }

    /** The same with one more member in the answer. */
    public RequestProblem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(further);
        more.put(name, value);
        return new RequestProblem(status, code, title, getMessage(), more, retryAfter);
    }

    /** The same for a part of a larger request, as {@code legs[3]}. */
    public RequestProblem at(String part) {
        Map<String, Object> more = new LinkedHashMap<>(further);
        more.computeIfPresent("field", (name, field) -> part + '.' + field);
        return new RequestProblem(status, code, title, part + '.' + getMessage(), more, retryAfter);
    }

    /** The same, to be repeated after so many seconds and not the usual one. Commits take milliseconds, failovers seconds. */
    public RequestProblem after(long seconds) {
        return new RequestProblem(status, code, title, getMessage(), further, seconds);
    }

    /** The HTTP status of a refusal. */
    public static int status(Refusal code) {
        return switch (code) {
            case OVERLOADED -> 429;
            case ID_REUSED -> 409;
            default -> switch (code.remedy()) {
                case CORRECT -> 400;
                case REFUSED -> 422;
                case RETRY -> 503;
            };
        };
    }

    /** The HTTP status of a refusal. */
    public static int status(TradingRefusal code) {
        return switch (code) {
            case OVERLOADED -> 429;
            case ID_REUSED, REPEATED_TOO_LATE -> 409;
            case UNKNOWN_INSTRUMENT -> 404;
            default -> code.retryable() ? 503 : 400;
        };
    }

    /** The HTTP status of a refusal. */
    public static int status(RiskRefusal code) {
        return switch (code) {
            case ORDER_RATE -> 429;
            case ID_REUSED -> 409;
            default -> REJECTED;
        };
    }

    /** The HTTP status of a refusal. */
    public static int status(KernelRefusal code) {
        return switch (code) {
            case LEVEL_OUT_OF_RANGE, HORIZON_OUT_OF_RANGE, DECAY_OUT_OF_RANGE, OUT_OF_RANGE, TOO_LARGE, TOO_MANY_DIMENSIONS -> 400;
            default -> REJECTED;
        };
    }

    /** The HTTP status of a refusal. */
    public static int status(PositionRefusal code) {
        return switch (code) {
            case PORTFOLIO_NOT_FOUND, SNAPSHOT_NOT_FOUND, UNKNOWN_PRODUCT -> 404;
            case ACCOUNT_TAKEN, PORTFOLIO_NOT_EMPTY, PRICE_EXISTS, PRODUCT_EXISTS, ROW_CHANGED, SNAPSHOT_EXISTS, SYMBOL_CHANGED -> 409;
            case MISSING_PRICE, MISSING_RATE, NUMBER_TOO_LARGE, TOO_MANY_ACCOUNTS, TOO_MANY_LOTS, TOO_MANY_PORTFOLIOS, TOO_MANY_POSITIONS, TOO_MANY_PRODUCTS, TOO_MANY_TRADES ->
                    REJECTED;
            case NOT_MARKED -> 503;
            default -> 400;
        };
    }

    /** The HTTP status of a refusal. */
    public static int status(LimitRefusal code) {
        return switch (code) {
            case LIMIT_NOT_FOUND, BREACH_NOT_FOUND, MARGIN_ACCOUNT_NOT_FOUND, MARGIN_CALL_NOT_FOUND, COUNTERPARTY_NOT_FOUND, NETTING_SET_NOT_FOUND -> 404;
            case LIMIT_DIFFERS, BREACH_ACKNOWLEDGED, BREACH_CLEARED, CALL_OPEN, SETTLEMENT_PENDING, ACCOUNT_IN_OTHER_SET, COUNTERPARTY_NOT_EMPTY, LIMIT_IN_USE -> 409;
            case MARGIN_UNKNOWN, TOO_MANY_LIMITS, TOO_MANY_MARGIN_ACCOUNTS, TOO_MANY_COUNTERPARTIES -> REJECTED;
            default -> 400;
        };
    }

    /** The HTTP status of a refusal. */
    public static int status(SecurityRefusal code) {
        return switch (code) {
            case UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, SESSION_REVOKED, KEY_UNKNOWN, KEY_EXPIRED, KEY_REVOKED, ACCOUNT_DISABLED, SIGN_IN_FAILED, SECOND_FACTOR_REQUIRED,
                 REFRESH_INVALID, REFRESH_REUSED -> 401;
            case FORBIDDEN, NOT_YOURS, PASSWORD_CHANGE_REQUIRED, SECOND_FACTOR_MISSING, MAKER_IS_CHECKER, PASSWORD_WRONG, SECOND_FACTOR_WRONG -> 403;
            case USER_NOT_FOUND, SERVICE_ACCOUNT_NOT_FOUND, API_KEY_NOT_FOUND, SESSION_NOT_FOUND, APPROVAL_NOT_FOUND, PREFERENCE_NOT_FOUND -> 404;
            case USER_EXISTS, SECOND_FACTOR_ENROLLED, SECOND_FACTOR_NOT_ENROLLED, LAST_ADMINISTRATOR, APPROVAL_DECIDED, APPROVAL_EXPIRED -> 409;
            case SCOPE_NOT_GRANTED, PASSWORD_UNSUITABLE, TOO_MANY_USERS, TOO_MANY_KEYS, TOO_MANY_SESSIONS, TOO_MANY_APPROVALS, TOO_MANY_PREFERENCES, PREFERENCE_TOO_LARGE, APPROVAL_NEEDED -> REJECTED;
            case SIGN_IN_LOCKED -> 429;
            case SECRETS_UNREADABLE, ISSUER_UNAVAILABLE -> 503;
            case MALFORMED_USER_NAME, MALFORMED_ROLE, MALFORMED_SCOPE, EXPIRY_OUT_OF_RANGE, OVERLAP_OUT_OF_RANGE, MALFORMED_PREFERENCE_NAME -> 400;
        };
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    /** Seconds that a caller should wait before it repeats the request. */
    long retryAfter() {
        return retryAfter;
    }

    Map<String, Object> further() {
        return further;
    }
}
