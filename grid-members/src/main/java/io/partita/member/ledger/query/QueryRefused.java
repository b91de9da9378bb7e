package io.partita.member.ledger.query;

import java.util.Objects;

/** A query that cannot be answered, with the documented reason. */
public final class QueryRefused extends RuntimeException {

    /** Why. The name is the code in every interface. */
    public enum Reason {
        ACCOUNT_NOT_FOUND(404, "No such account at that point."),
        TRANSFER_NOT_FOUND(404, "No such transfer."),
        RECONCILIATION_NOT_FOUND(404, "No such reconciliation."),
        SEQUENCE_NOT_REACHED(404, "The shard has not reached that sequence."),
        PERIOD_ARCHIVED(410, "The journal of that time was archived, and no checkpoint at or before it was kept."),
        BAD_CURSOR(400, "The cursor is not one that this query gave out."),
        BAD_PARAMETER(400, "A parameter cannot be understood."),
        RANGE_REVERSED(400, "The range ends before it begins."),
        LIMIT_OUT_OF_RANGE(400, "The page size is out of range."),
        TOO_MANY_QUERIES(429, "Too many queries are running; repeat it after a pause."),
        QUERY_TOO_LONG(503, "The query ran longer than allowed; narrow it."),
        STORE_UNAVAILABLE(503, "The database cannot be reached."),
        RECONCILIATION_RUNNING(409, "A reconciliation is running.");

        private final int status;
        private final String meaning;

        Reason(int status, String meaning) {
            this.status = status;
            this.meaning = meaning;
        }

        /** The HTTP status that goes with it. */
        public int status() {
            return status;
        }

        /** One sentence for people. */
        public String meaning() {
            return meaning;
        }
    }

    private final Reason reason;

    public QueryRefused(Reason reason, String detail) {
        super(Objects.requireNonNull(detail, "detail"));
        this.reason = reason;
    }

    QueryRefused(Reason reason, String detail, Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
