package io.partita.member.risk.limits;

import io.partita.money.Currency;
import io.partita.risk.Breach;
import io.partita.risk.Breach.Acknowledged;
import io.partita.risk.BreachChange;
import io.partita.risk.BreachChange.Kind;
import io.partita.risk.BreachEvent;
import io.partita.risk.Figure;
import io.partita.risk.Levels;
import io.partita.risk.LimitRefusal;
import io.partita.risk.LimitRefused;
import io.partita.risk.Measure;
import io.partita.risk.RiskLimit;
import io.partita.risk.Scope;
import io.partita.risk.Tail;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** Limits and their breaches in PostgreSQL. What changes a limit or its breach locks the limit's row first. Thread-safe; calls block. */
final class LimitTables {

    static final int MOST_LIMITS = 1_000;
    /** Limits are added one after another, so that they can be counted. */
    private static final long LOCK = 0x6c69_6d69_74L;
    private static final String SELECT = """
            select l.*, b.number from risk_limit l left join risk_breach b on b.code = l.code and b.cleared_at is null""";

    private final Jdbi jdbi;

    LimitTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    // ---- limits ------------------------------------------------------------------------------------------------------------

    List<LimitStatus> all() {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + " order by l.code").map(LimitTables::status).list());
    }

    Optional<LimitStatus> find(String code) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + " where l.code = :code").bind("code", code).map(LimitTables::status).findOne());
    }

    /** Keeps a limit in place of one of its code; true if there was none. */
    boolean put(RiskLimit limit, String actor, Instant at) {
        return jdbi.inTransaction(handle -> {
            handle.createQuery("select cast(pg_advisory_xact_lock(:lock) as text)").bind("lock", LOCK).mapTo(String.class).one();
            Optional<RiskLimit> before = locked(handle, limit.code());
            if (before.isPresent() && !before.get().isOnWhat(limit)) {
                throw new LimitRefused(LimitRefusal.LIMIT_DIFFERS, before.get().measure() + " of " + before.get().target() + " in " + before.get().base() + ".");
            }
            if (before.isEmpty() && handle.createQuery("select count(*) from risk_limit").mapTo(int.class).one() >= MOST_LIMITS) {
                throw new LimitRefused(LimitRefusal.TOO_MANY_LIMITS, "");
            }
            bind(handle.createUpdate("""
                    insert into risk_limit (code, scope, target, measure, currency, soft, hard, method, level, horizon, history, holds, actor, entered_at)
                    values (:code, :scope, :target, :measure, :currency, :soft, :hard, :method, :level, :horizon, :history, :holds, :actor, :at)
                    on conflict (code) do update set soft = excluded.soft, hard = excluded.hard, method = excluded.method, level = excluded.level,
                        horizon = excluded.horizon, history = excluded.history, holds = excluded.holds, actor = excluded.actor, entered_at = excluded.entered_at"""),
                    limit).bind("actor", actor).bind("at", at).execute();
            return before.isEmpty();
        });
    }

    /** Takes a limit away; its breach, if there is one, is over. */
    Optional<BreachEvent> remove(String code, Instant at) {
        return jdbi.inTransaction(handle -> {
            locked(handle, code).orElseThrow(() -> new LimitRefused(LimitRefusal.LIMIT_NOT_FOUND, code));
            Optional<BreachEvent> cleared = open(handle, code).map(breach -> {
                Breach over = breach.cleared(null, at);
                update(handle, over);
                return event(handle, over, Kind.CLEARED, null, at);
            });
            handle.execute("delete from risk_limit where code = ?", code);
            return cleared;
        });
    }

    private static Optional<RiskLimit> locked(Handle handle, String code) {
        return handle.createQuery("select * from risk_limit where code = :code for update").bind("code", code).map((row, context) -> limit(row)).findOne();
    }

    private static <T extends Update> T bind(T update, RiskLimit limit) {
        Tail tail = limit.tail();
        update.bind("code", limit.code()).bind("scope", limit.scope().name()).bind("target", limit.target()).bind("measure", limit.measure().name())
                .bind("currency", limit.base().code()).bind("soft", limit.levels().soft()).bind("hard", limit.levels().hard())
                .bind("method", tail == null ? null : tail.method()).bind("level", tail == null ? null : (Double) tail.level())
                .bind("horizon", tail == null ? null : (Integer) tail.horizon()).bind("history", tail == null ? null : (Integer) tail.window())
                .bind("holds", limit.holds());
        return update;
    }

    private static RiskLimit limit(ResultSet row) throws SQLException {
        String method = row.getString("method");
        return new RiskLimit(row.getString("code"), Scope.valueOf(row.getString("scope")), row.getString("target"), Measure.valueOf(row.getString("measure")),
                Currency.of(row.getString("currency")), new Levels(row.getLong("soft"), row.getLong("hard")),
                method == null ? null : new Tail(method, row.getDouble("level"), row.getInt("horizon"), row.getInt("history")), row.getBoolean("holds"));
    }

    private static LimitStatus status(ResultSet row, StatementContext context) throws SQLException {
        Instant evaluated = time(row, "evaluated_at");
        String reason = row.getString("reason");
        Figure figure = evaluated == null ? null : reason != null ? new Figure.Unknown(reason) : new Figure.Known(row.getLong("value"), row.getInt("left_out"));
        return new LimitStatus(limit(row), row.getString("actor"), time(row, "entered_at"), figure, evaluated, row.getObject("number", Long.class));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    // ---- breaches ----------------------------------------------------------------------------------------------------------

    /**
     * Holds a limit against its figure.
     *
     * @param looked the limit as it was when the figure was looked for: if that is another figure by now, nothing happens
     * @param at     when the figure was looked for; one that is older than the last is passed over
     * @return what happened; empty if that is nothing that anybody need be told
     */
    Optional<BreachEvent> apply(RiskLimit looked, Figure figure, Instant at) {
        return jdbi.inTransaction(handle -> {
            String code = looked.code();
            Optional<RiskLimit> limit = locked(handle, code).filter(now -> now.isOnWhat(looked) && Objects.equals(now.tail(), looked.tail()));
            if (limit.isEmpty() || !evaluated(handle, code, figure, at)) {
                return Optional.empty();
            }
            Breach before = open(handle, code).orElse(null);
            BreachChange change = BreachChange.of(limit.get(), before, figure, at);
            if (change.kind() == Kind.RAISED) {
                return Optional.of(event(handle, insert(handle, change.breach()), Kind.RAISED, null, at));
            }
            if (change.breach() != null && !change.breach().equals(before)) {
                update(handle, change.breach());
            }
            return change.kind() == Kind.NONE ? Optional.empty() : Optional.of(event(handle, change.breach(), change.kind(), null, at));
        });
    }

    private static boolean evaluated(Handle handle, String code, Figure figure, Instant at) {
        Figure.Known known = figure instanceof Figure.Known one ? one : null;
        return handle.createUpdate("""
                        update risk_limit set value = :value, left_out = :left, reason = :reason, evaluated_at = :at
                         where code = :code and (evaluated_at is null or evaluated_at < :at)""")
                .bind("value", known == null ? null : (Long) known.value())
                .bind("left", known == null ? null : (Integer) known.left()).bind("reason", figure instanceof Figure.Unknown unknown ? unknown.reason() : null)
                .bind("code", code).bind("at", at).execute() == 1;
    }

    private static Optional<Breach> open(Handle handle, String code) {
        return handle.createQuery("select * from risk_breach where code = :code and cleared_at is null").bind("code", code).map(LimitTables::breach).findOne();
    }

    private static Breach insert(Handle handle, Breach breach) {
        long number = bind(handle.createUpdate("""
                insert into risk_breach (code, scope, target, measure, currency, soft, hard, method, level, horizon, history, holds, is_hard, was_hard, value, peak, left_out, raised_at, escalated_at)
                values (:code, :scope, :target, :measure, :currency, :soft, :hard, :method, :level, :horizon, :history, :holds, :isHard, :wasHard, :value, :peak, :left, :raised, :escalated)"""),
                breach.limit()).bind("isHard", breach.hard()).bind("wasHard", breach.wasHard()).bind("value", breach.value()).bind("peak", breach.peak())
                .bind("left", breach.left()).bind("raised", breach.raisedAt()).bind("escalated", breach.escalatedAt())
                .executeAndReturnGeneratedKeys("number").mapTo(Long.class).one();
        return breach.withNumber(number);
    }

    private static void update(Handle handle, Breach breach) {
        Acknowledged by = breach.acknowledged();
        bind(handle.createUpdate("""
                update risk_breach set soft = :soft, hard = :hard, method = :method, level = :level, horizon = :horizon, history = :history, holds = :holds,
                    is_hard = :isHard, was_hard = :wasHard, value = :value, peak = :peak, left_out = :left, escalated_at = :escalated, acknowledged_by = :by,
                    acknowledged_note = :note, acknowledged_at = :acknowledged, cleared_at = :cleared where number = :number"""),
                breach.limit()).bind("isHard", breach.hard()).bind("wasHard", breach.wasHard()).bind("value", breach.value()).bind("peak", breach.peak())
                .bind("left", breach.left()).bind("escalated", breach.escalatedAt()).bind("by", by == null ? null : by.actor())
                .bind("note", by == null ? null : by.note()).bind("acknowledged", by == null ? null : by.at()).bind("cleared", breach.clearedAt())
                .bind("number", breach.number()).execute();
    }

    private static BreachEvent event(Handle handle, Breach breach, Kind kind, Acknowledged by, Instant at) {
        RiskLimit limit = breach.limit();
        long event = handle.createUpdate("""
                        insert into risk_breach_event (breach, kind, is_hard, value, actor, note, at) values (:breach, :kind, :hard, :value, :actor, :note, :at)""")
                .bind("breach", breach.number()).bind("kind", kind.name()).bind("hard", breach.hard()).bind("value", breach.value())
                .bind("actor", by == null ? null : by.actor()).bind("note", by == null ? null : by.note()).bind("at", at)
                .executeAndReturnGeneratedKeys("event").mapTo(Long.class).one();
        return new BreachEvent(event, breach.number(), kind, limit.code(), limit.scope(), limit.target(), limit.measure(), breach.hard(), breach.value(),
                limit.levels().soft(), limit.levels().hard(), limit.base().code(), by == null ? "" : by.actor(), at);
    }

    private static Breach breach(ResultSet row, StatementContext context) throws SQLException {
        String actor = row.getString("acknowledged_by");
        return new Breach(row.getLong("number"), limit(row), row.getBoolean("is_hard"), row.getBoolean("was_hard"), row.getLong("value"), row.getLong("peak"),
                row.getInt("left_out"), time(row, "raised_at"), time(row, "escalated_at"),
                actor == null ? null : new Acknowledged(actor, row.getString("acknowledged_note"), time(row, "acknowledged_at")), time(row, "cleared_at"));
    }

    /** Notes that somebody has seen a breach; the event is empty if the same was said before. */
    Optional<BreachEvent> acknowledge(long number, Acknowledged by) {
        return jdbi.inTransaction(handle -> {
            // In the order of all others: the limit first, and only then its breach.
            String code = breach(handle, number).limit().code();
            locked(handle, code);
            Breach before = breach(handle, number);
            Breach now = before.acknowledged(by);
            if (now.equals(before)) {
                return Optional.empty();
            }
            update(handle, now);
            return Optional.of(event(handle, now, Kind.ACKNOWLEDGED, by, by.at()));
        });
    }

    private static Breach breach(Handle handle, long number) {
        return handle.createQuery("select * from risk_breach where number = :number").bind("number", number).map(LimitTables::breach).findOne()
                .orElseThrow(() -> new LimitRefused(LimitRefusal.BREACH_NOT_FOUND, Long.toString(number)));
    }

    Breach breach(long number) {
        return jdbi.withHandle(handle -> breach(handle, number));
    }

    /** The newest first. */
    List<Breach> breaches(boolean openOnly, long before, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from risk_breach where number < :before" + (openOnly ? " and cleared_at is null" : "")
                        + " order by number desc limit :most")
                .bind("before", before).bind("most", most).map(LimitTables::breach).list());
    }

    /** Something that happened to a breach. */
    record Event(long event, Kind kind, boolean hard, long value, String actor, String note, Instant at) {
    }

    /** What happened to a breach, the oldest first. */
    List<Event> events(long number, long after, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from risk_breach_event where breach = :breach and event > :after order by event limit :most")
                .bind("breach", number).bind("after", after).bind("most", most).map((row, context) -> new Event(row.getLong("event"), Kind.valueOf(row.getString("kind")),
                        row.getBoolean("is_hard"), row.getLong("value"), row.getString("actor"), row.getString("note"), time(row, "at"))).list());
    }

    /** The limits whose hard level is broken and that stop orders. */
    List<RiskLimit> holding() {
        return jdbi.withHandle(handle -> handle.createQuery("select * from risk_breach where cleared_at is null and is_hard and holds")
                .map((row, context) -> limit(row)).list());
    }
}
