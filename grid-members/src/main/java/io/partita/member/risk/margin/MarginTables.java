package io.partita.member.risk.margin;

import io.partita.ledger.LedgerResult;
import io.partita.member.risk.margin.MarginFigures.Looked;
import io.partita.money.Currency;
import io.partita.risk.LimitRefusal;
import io.partita.risk.LimitRefused;
import io.partita.risk.Measure;
import io.partita.risk.Tail;
import io.partita.risk.margin.CallStatus;
import io.partita.risk.margin.MarginCall;
import io.partita.risk.margin.MarginStanding;
import io.partita.risk.margin.MarginTerms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Margin accounts and their calls in PostgreSQL. What changes one locks the account's row first. Thread-safe; calls block. */
final class MarginTables {

    static final int MOST_ACCOUNTS = 10_000;
    /** Accounts are added one after another, so that they can be counted. */
    private static final long LOCK = 0x6d61_7267_696eL;
    private static final String SELECT = """
            select a.*, c.number from margin_account a left join margin_call c on c.account = a.account and c.ended_at is null""";

    private final Jdbi jdbi;

    MarginTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    // ---- accounts ----------------------------------------------------------------------------------------------------------

    List<MarginStatus> all() {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + " order by a.account").map(MarginTables::status).list());
    }

    MarginStatus find(long account) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + " where a.account = :account").bind("account", account).map(MarginTables::status).findOne())
                .orElseThrow(() -> new LimitRefused(LimitRefusal.MARGIN_ACCOUNT_NOT_FOUND, Long.toString(account)));
    }

    /** Keeps terms in place of those of the account; true if there were none. */
    boolean put(MarginTerms terms, String actor, Instant at) {
        return jdbi.inTransaction(handle -> {
            handle.createQuery("select cast(pg_advisory_xact_lock(:lock) as text)").bind("lock", LOCK).mapTo(String.class).one();
            Optional<MarginTerms> before = locked(handle, terms.account());
            if (before.isEmpty() && handle.createQuery("select count(*) from margin_account").mapTo(int.class).one() >= MOST_ACCOUNTS) {
                throw new LimitRefused(LimitRefusal.TOO_MANY_MARGIN_ACCOUNTS, "");
            }
            if (before.isPresent() && before.get().currency() != terms.currency()) {
                throw new LimitRefused(LimitRefusal.CURRENCY_DIFFERS, "It is " + before.get().currency() + ".");
            }
            handle.createUpdate("""
                            insert into margin_account (account, currency, measure, method, level, horizon, history, maintenance, deadline_seconds, smallest, liquidates, actor, entered_at)
                            values (:account, :currency, :measure, :method, :level, :horizon, :history, :maintenance, :deadline, :smallest, :liquidates, :actor, :at)
                            on conflict (account) do update set measure = excluded.measure, method = excluded.method, level = excluded.level, horizon = excluded.horizon,
                                history = excluded.history, maintenance = excluded.maintenance, deadline_seconds = excluded.deadline_seconds, smallest = excluded.smallest,
                                liquidates = excluded.liquidates, actor = excluded.actor, entered_at = excluded.entered_at""")
                    .bind("account", terms.account()).bind("currency", terms.currency().code()).bind("measure", terms.measure().name())
                    .bind("method", terms.tail().method()).bind("level", terms.tail().level()).bind("horizon", terms.tail().horizon()).bind("history", terms.tail().window())
                    .bind("maintenance", terms.maintenance()).bind("deadline", terms.deadline().toSeconds()).bind("smallest", terms.smallest())
                    .bind("liquidates", terms.liquidates()).bind("actor", actor).bind("at", at).execute();
            return before.isEmpty();
        });
    }

    void remove(long account) {
        jdbi.useTransaction(handle -> {
            locked(handle, account).orElseThrow(() -> new LimitRefused(LimitRefusal.MARGIN_ACCOUNT_NOT_FOUND, Long.toString(account)));
            if (open(handle, account).isPresent()) {
                throw new LimitRefused(LimitRefusal.CALL_OPEN, "Of account " + account + ".");
            }
            handle.execute("delete from margin_account where account = ?", account);
        });
    }

    private static Optional<MarginTerms> locked(Handle handle, long account) {
        return handle.createQuery("select * from margin_account where account = :account for update").bind("account", account).map((row, context) -> terms(row)).findOne();
    }

    private static MarginTerms terms(ResultSet row) throws SQLException {
        return new MarginTerms(row.getLong("account"), Currency.of(row.getString("currency")), Measure.valueOf(row.getString("measure")),
                new Tail(row.getString("method"), row.getDouble("level"), row.getInt("horizon"), row.getInt("history")), row.getInt("maintenance"),
                Duration.ofSeconds(row.getLong("deadline_seconds")), row.getLong("smallest"), row.getBoolean("liquidates"));
    }

    private static MarginStatus status(ResultSet row, StatementContext context) throws SQLException {
        Instant evaluated = time(row, "evaluated_at");
        String reason = row.getString("reason");
        MarginStanding standing = evaluated == null || reason != null ? null
                : new MarginStanding(row.getLong("collateral"), row.getLong("worth"), row.getLong("variation"), row.getLong("initial"), row.getLong("maintenance_margin"));
        return new MarginStatus(terms(row), row.getString("actor"), time(row, "entered_at"), row.getLong("settled"), standing, row.getInt("left_out"), reason, evaluated,
                row.getObject("number", Long.class));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    // ---- calls -------------------------------------------------------------------------------------------------------------

    /**
     * A call after something may have happened to it.
     *
     * @param changed whether its status is another
     */
    record Step(MarginCall call, boolean changed) {
    }

    /**
     * Holds an account against what it needs.
     *
     * @param before the account as it was when it was looked at: if its terms are others by now, or something was or is being settled, nothing happens
     * @param at     when it was looked at; a look that is older than the last is passed over
     * @return its call, if there is one that is not over or that is over by this
     */
    Optional<Step> apply(MarginStatus before, Looked looked, Instant at) {
        return jdbi.inTransaction(handle -> {
            long account = before.terms().account();
            Optional<MarginTerms> terms = locked(handle, account).filter(before.terms()::equals);
            if (terms.isEmpty() || !evaluated(handle, before, looked, at)) {
                return Optional.empty();
            }
            Optional<MarginCall> open = open(handle, account);
            MarginStanding standing = looked.standing();
            if (open.isEmpty()) {
                return standing == null ? Optional.empty() : MarginCall.issue(terms.get(), standing, at).map(call -> new Step(insert(handle, terms.get(), call), true));
            }
            MarginCall now = standing == null ? open.get().late(at) : open.get().at(standing, at);
            return Optional.of(update(handle, open.get(), now, at));
        });
    }

    private static boolean evaluated(Handle handle, MarginStatus before, Looked looked, Instant at) {
        MarginStanding standing = looked.standing();
        return handle.createUpdate("""
                        update margin_account set collateral = :collateral, worth = :worth, variation = :variation, initial = :initial, maintenance_margin = :maintenance,
                            left_out = :left, reason = :reason, evaluated_at = :at
                         where account = :account and settled = :settled and (evaluated_at is null or evaluated_at < :at)
                           and not exists (select 1 from margin_settlement s where s.account = :account and not s.booked)""")
                .bind("collateral", standing == null ? null : (Long) standing.collateral()).bind("worth", standing == null ? null : (Long) standing.worth())
                .bind("variation", standing == null ? null : (Long) standing.variation()).bind("initial", standing == null ? null : (Long) standing.initial())
                .bind("maintenance", standing == null ? null : (Long) standing.maintenance()).bind("left", looked.left()).bind("reason", looked.reason())
                .bind("at", at).bind("account", before.terms().account()).bind("settled", before.settled()).execute() == 1;
    }

    /** Takes a call a step further, if it still is what it was. */
    Optional<Step> step(MarginCall before, UnaryOperator<MarginCall> further, Instant at) {
        return jdbi.inTransaction(handle -> {
            locked(handle, before.account());
            return open(handle, before.account()).filter(before::equals).map(call -> update(handle, call, further.apply(call), at));
        });
    }

    private static Optional<MarginCall> open(Handle handle, long account) {
        return handle.createQuery("select * from margin_call where account = :account and ended_at is null").bind("account", account).map(MarginTables::call).findOne();
    }

    private static MarginCall insert(Handle handle, MarginTerms terms, MarginCall call) {
        long number = handle.createUpdate("""
                        insert into margin_call (account, currency, amount, outstanding, status, issued_at, deadline, attempt)
                        values (:account, :currency, :amount, :outstanding, :status, :issued, :deadline, :attempt)""")
                .bind("account", call.account()).bind("currency", terms.currency().code()).bind("amount", call.amount()).bind("outstanding", call.outstanding())
                .bind("status", call.status().name()).bind("issued", call.issuedAt()).bind("deadline", call.deadline()).bind("attempt", call.attempt())
                .executeAndReturnGeneratedKeys("number").mapTo(Long.class).one();
        MarginCall kept = call.withNumber(number);
        event(handle, kept, call.issuedAt());
        return kept;
    }

    private static Step update(Handle handle, MarginCall before, MarginCall now, Instant at) {
        if (now.equals(before)) {
            return new Step(now, false);
        }
        handle.createUpdate("update margin_call set outstanding = :outstanding, status = :status, attempt = :attempt, ended_at = :ended where number = :number")
                .bind("outstanding", now.outstanding()).bind("status", now.status().name()).bind("attempt", now.attempt()).bind("ended", now.endedAt())
                .bind("number", now.number()).execute();
        boolean changed = now.status() != before.status();
        if (changed) {
            event(handle, now, at);
        }
        return new Step(now, changed);
    }

    private static void event(Handle handle, MarginCall call, Instant at) {
        handle.createUpdate("insert into margin_call_event (call, status, outstanding, at) values (:call, :status, :outstanding, :at)")
                .bind("call", call.number()).bind("status", call.status().name()).bind("outstanding", call.outstanding()).bind("at", at).execute();
    }

    private static MarginCall call(ResultSet row, StatementContext context) throws SQLException {
        return new MarginCall(row.getLong("number"), row.getLong("account"), row.getLong("amount"), row.getLong("outstanding"), CallStatus.valueOf(row.getString("status")),
                time(row, "issued_at"), time(row, "deadline"), row.getInt("attempt"), time(row, "ended_at"));
    }

    /** A call and the currency of its amounts. */
    record Called(MarginCall call, Currency currency) {

        static Called of(ResultSet row, StatementContext context) throws SQLException {
            return new Called(MarginTables.call(row, context), Currency.of(row.getString("currency")));
        }
    }

    Called call(long number) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from margin_call where number = :number").bind("number", number).map(Called::of).findOne())
                .orElseThrow(() -> new LimitRefused(LimitRefusal.MARGIN_CALL_NOT_FOUND, Long.toString(number)));
    }

    /** The newest first. @param account null for all */
    List<Called> calls(boolean openOnly, Long account, long before, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from margin_call where number < :before" + (openOnly ? " and ended_at is null" : "")
                        + (account == null ? "" : " and account = :account") + " order by number desc limit :most")
                .bind("before", before).bind("account", account).bind("most", most).map(Called::of).list());
    }

    /** A status that a call came to. */
    record Event(long event, CallStatus status, long outstanding, Instant at) {
    }

    /** The oldest first; a call has few. */
    List<Event> events(long number) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from margin_call_event where call = :call order by event").bind("call", number)
                .map((row, context) -> new Event(row.getLong("event"), CallStatus.valueOf(row.getString("status")), row.getLong("outstanding"), time(row, "at"))).list());
    }

    // ---- settlements -------------------------------------------------------------------------------------------------------

    /**
     * A gain, or a loss, that is paid.
     *
     * @param id      of the transfer, too
     * @param amount  to the account, in minor units; less than 0 from it
     * @param gain    all that is settled with it
     * @param against the ledger account that pays, or is paid
     */
    record Settlement(UUID id, long account, Currency currency, long amount, long gain, long against, boolean booked, Instant at) {
    }

    Optional<Settlement> settlement(UUID id) {
        return jdbi.withHandle(handle -> settlement(handle, id));
    }

    private static Optional<Settlement> settlement(Handle handle, UUID id) {
        return handle.createQuery("select * from margin_settlement where id = :id").bind("id", id)
                .map((row, context) -> new Settlement(row.getObject("id", UUID.class), row.getLong("account"), Currency.of(row.getString("currency")), row.getLong("amount"),
                        row.getLong("gain"), row.getLong("against"), row.getBoolean("booked"), time(row, "at"))).findOne();
    }

    /** Keeps what is about to be paid; the one of that id, if somebody was before. */
    Settlement begin(MarginStatus status, UUID id, long gain, long against, Instant at) {
        return jdbi.inTransaction(handle -> {
            MarginTerms terms = locked(handle, status.terms().account()).orElseThrow(() ->
                    new LimitRefused(LimitRefusal.MARGIN_ACCOUNT_NOT_FOUND, Long.toString(status.terms().account())));
            Optional<Settlement> before = settlement(handle, id);
            if (before.isPresent()) {
                return before.get();
            }
            boolean busy = handle.createQuery("select exists (select 1 from margin_settlement where account = :account and not booked)").bind("account", terms.account())
                    .mapTo(boolean.class).one();
            long settled = handle.createQuery("select settled from margin_account where account = :account").bind("account", terms.account()).mapTo(long.class).one();
            if (busy || settled != status.settled()) {
                throw new LimitRefused(LimitRefusal.SETTLEMENT_PENDING, "Of account " + terms.account() + ".");
            }
            handle.createUpdate("""
                            insert into margin_settlement (id, account, currency, amount, gain, against, booked, at)
                            values (:id, :account, :currency, :amount, :gain, :against, false, :at)""")
                    .bind("id", id).bind("account", terms.account()).bind("currency", terms.currency().code()).bind("amount", Math.subtractExact(gain, settled))
                    .bind("gain", gain).bind("against", against).bind("at", at).execute();
            return settlement(handle, id).orElseThrow();
        });
    }

    /** The one of an account that may be in the ledger or not. */
    Optional<Settlement> pending(long account) {
        return jdbi.withHandle(handle -> handle.createQuery("select id from margin_settlement where account = :account and not booked").bind("account", account)
                .mapTo(UUID.class).findOne().flatMap(id -> settlement(handle, id)));
    }

    /**
     * Does something with a settlement, unless it is booked, while nobody else does: one who is refused must not take away what another one books. Whatever the work changes here is of the same
     * transaction, so it answers what the ledger refused and throws nothing.
     */
    Optional<LedgerResult.Refused> alone(Settlement settlement, Function<Settlement, Optional<LedgerResult.Refused>> work) {
        return jdbi.inTransaction(handle -> {
            handle.createQuery("select cast(pg_advisory_xact_lock(hashtextextended(:id, 2)) as text)").bind("id", settlement.id().toString()).mapTo(String.class).one();
            return settlement(handle, settlement.id()).filter(now -> !now.booked()).flatMap(work);
        });
    }

    /** It is in the ledger. */
    void booked(Settlement settlement) {
        jdbi.useTransaction(handle -> {
            locked(handle, settlement.account());
            if (handle.execute("update margin_settlement set booked = true where id = ? and not booked", settlement.id()) == 1) {
                handle.execute("update margin_account set settled = ? where account = ?", settlement.gain(), settlement.account());
            }
        });
    }

    /** The ledger does not take it. */
    void withdrawn(Settlement settlement) {
        jdbi.useHandle(handle -> handle.execute("delete from margin_settlement where id = ? and not booked", settlement.id()));
    }
}
