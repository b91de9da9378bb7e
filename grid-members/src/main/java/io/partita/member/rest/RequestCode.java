package io.partita.member.rest;

/** Why a request was not accepted before any command was made of it; the ledger's own codes are {@link io.partita.ledger.Refusal}. */
public enum RequestCode {
    MALFORMED_REQUEST(400, "The request is not valid HTTP."),
    MALFORMED_JSON(400, "The body is not JSON."),
    MALFORMED_CSV(400, "The body is not CSV of the expected shape."),
    UNKNOWN_PROPERTY(400, "The body has a property that the request does not know."),
    INVALID_PARAMETER(400, "A parameter of the path, the query or a header is missing or cannot be what it is."),
    UNKNOWN_PARAMETER(400, "The query has a parameter that this address does not know."),
    BAD_CURSOR(400, "The cursor is not one that this query, with these parameters, gave out."),
    RANGE_REVERSED(400, "The range ends before it begins."),
    INVALID_OPTION(400, "The job does not take that option, or not with that value."),
    LIMIT_OUT_OF_RANGE(400, "The page size is out of range."),
    NOT_FOUND(404, "There is nothing at this address."),
    UNKNOWN_JOB(404, "There is no job of that name to submit."),
    JOB_NOT_FOUND(404, "There is no such job on the cluster."),
    DRILL_UNKNOWN(404, "There is no drill of that name; GET /api/v1/drills has them."),
    DRILL_RUN_NOT_FOUND(404, "No such run of a drill, or it is too old to be kept."),
    DRILL_REPORT_NOT_FOUND(404, "That run of a drill has no report: it goes on, or came to no verdict."),
    LINEAGE_NOT_FOUND(404, "Nothing of that id is known, or you may not see it."),
    TRANSFER_NOT_FOUND(404, "No such transfer."),
    SEQUENCE_NOT_REACHED(404, "The account's shard has not reached that sequence."),
    UPDATE_NOT_REACHED(404, "The book has not come to that update."),
    RECONCILIATION_NOT_FOUND(404, "No such reconciliation."),
    TRADING_ACCOUNT_NOT_FOUND(404, "No such trading account."),
    TRADE_NOT_FOUND(404, "The book has no such trade, or settlement has not come to it."),
    RULE_NOT_FOUND(404, "No alert rule has that name."),
    STRESS_SCENARIO_NOT_FOUND(404, "No stress scenario has that code."),
    RISK_RESULT_NOT_FOUND(404, "No result of that id is kept of the portfolio."),
    ALERT_NOT_FOUND(404, "No such alert, or it is too old to be kept."),
    METHOD_NOT_ALLOWED(405, "This address does not know the method."),
    NOT_ACCEPTABLE(406, "The answer cannot be given in the accepted media types."),
    BODY_TOO_SLOW(408, "The body did not come in time."),
    INSTRUMENT_LISTED(409, "The instrument, or its symbol, is listed already."),
    TRADE_BUSTED(409, "The trade was undone."),
    TRADE_NOT_BOOKED(409, "The trade is in the ledger neither as settled nor as pending: there is nothing to correct."),
    JOB_RUNNING(409, "A job of that name is there already: cancel it first, or let it go on."),
    JOB_NOT_IN_STATE(409, "The job is in a state in which that cannot be done."),
    DRILLS_OFF(409, "This member runs no drills: partita.drills.enabled is not set."),
    DRILL_RUNNING(409, "A drill is running; one runs at a time."),
    DRILL_RUN_EXISTS(409, "A run of that id is there already, and is of another drill."),
    DRILL_OVER(409, "That run of a drill is over."),
    TRADE_BUSY(409, "Something else is under way for the trade."),
    TOO_MANY_CORRECTIONS(409, "The trade was corrected as often as a trade can be; it can still be undone."),
    MARKET_HALTED(409, "A halt of the whole market is under way."),
    MARKET_NOT_HALTED(409, "No halt of the whole market is under way."),
    TRADING_ACCOUNT_EXISTS(409, "The trading account exists with other details."),
    RECONCILIATION_RUNNING(409, "A reconciliation is running; one runs at a time."),
    RULE_EXISTS(409, "An alert rule of that name is there already, and says something else."),
    STRESS_SCENARIO_FIXED(409, "A stress scenario of the library stays as it is."),
    RISK_RESULT_EXISTS(409, "A result of that id is kept already, and was asked for with other parameters."),
    ALERT_JUDGED(409, "Somebody has said something else of that alert."),
    PERIOD_ARCHIVED(410, "The journal of that time was archived, and no checkpoint at or before it was kept."),
    ENTRY_ARCHIVED(410, "The entries of that period are no longer in the database: GET /api/v1/ledger/archives has their file."),
    UPDATE_GONE(410, "The book does not keep that update any more: begin with a snapshot."),
    BODY_TOO_LARGE(413, "The body is larger than the member takes."),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is of a media type that this address does not take."),
    HOST_NOT_ALLOWED(421, "The member does not answer under that name; partita.edge.hosts lists further ones."),
    TOO_MANY_INSTRUMENTS(422, "Each instrument has a unit in the ledger, and all 9,360 are taken."),
    RULE_INVALID(422, "The condition of an alert rule is not one: not CEL, not true or false, or with words that there are not."),
    DRILL_NOT_POSSIBLE(422, "The machine of this member cannot run drills that way; the detail says what is missing."),
    TOO_MANY_RULES(422, "There are 200 alert rules; take some away that nobody needs."),
    TOO_MANY_STRESS_SCENARIOS(422, "There are 1,000 stress scenarios of people; take some away that nobody needs."),
    TOO_MANY_SILENCES(422, "There are 1,000 silences; end some that are over."),
    TOO_MANY_ACTIONS(422, "The instrument has 1,000 corporate actions; take back those that were entered by mistake."),
    RATE_LIMITED(429, "More requests than the caller may send."),
    TOO_MANY_RUNS(429, "As many strategies run as may at once."),
    TOO_MANY_ALGORITHMS(429, "As many execution algorithms run as may at once, of the account or in all."),
    TOO_MANY_LOCATES(429, "The account has 1,000 locates that have not expired."),
    TOO_MANY_QUERIES(429, "Too many queries are running."),
    STREAM_FULL(429, "Readers of the stream of ticks are too far behind: nothing of the request was taken."),
    JOURNAL_DAMAGED(500, "The journal in the database is not what was booked: compare it with a bundle or a backup."),
    INTERNAL_ERROR(500, "The member failed; its log tells why under the correlation id."),
    AUDIT_UNAVAILABLE(503, "Nothing was done: the audit trail cannot be written now."),
    GRID_CHANGING(503, "Members come or go, or this side is no majority: what was asked may have been done or not."),
    STREAMS_UNAVAILABLE(503, "The cluster does not take ticks or run jobs now: it is starting or changing, or this side is no majority."),
    QUERY_TOO_LONG(503, "The query ran longer than allowed: narrow it, or repeat it when the member is less busy.");

    private final int status;
    private final String meaning;

    RequestCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
