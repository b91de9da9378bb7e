package io.partita.member.trading.halt;

import io.partita.trading.MarketBreaker;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Rules and halts in PostgreSQL. Thread-safe. */
final class HaltTables {

    private static final String HALT = """
            select halt, day, level, closes, decline, began_at, ends_at, actor, reason, lifted_by, lifted_because, done from market_halt
            """;

    private final Jdbi jdbi;

    HaltTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<BreakerRules> rules() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select levels, halt_seconds, auction_seconds, reopens, calendar, instruments, weights from market_breaker""")
                .map((row, context) -> rules(row)).findOne());
    }

    private static BreakerRules rules(ResultSet row) throws SQLException {
        Map<Long, Integer> weights = new HashMap<>();
        Long[] instruments = array(row.getArray("instruments"), Long[].class);
        Integer[] values = array(row.getArray("weights"), Integer[].class);
        for (int i = 0; i < instruments.length; i++) {
            weights.put(instruments[i], values[i]);
        }
        return new BreakerRules(new MarketBreaker(List.of(array(row.getArray("levels"), Integer[].class)), weights), row.getInt("halt_seconds"),
                row.getInt("auction_seconds"), row.getObject("reopens", LocalTime.class), row.getString("calendar"));
    }

    private static <T> T array(Array array, Class<T> type) throws SQLException {
        return type.cast(array.getArray());
    }

    void rules(BreakerRules rules) {
        List<Long> instruments = rules.breaker().weights().keySet().stream().sorted().toList();
        jdbi.useHandle(handle -> handle.createUpdate("""
                insert into market_breaker (levels, halt_seconds, auction_seconds, reopens, calendar, instruments, weights)
                values (:levels, :halt, :auction, :reopens, :calendar, :instruments, :weights)
                on conflict (one) do update set levels = excluded.levels, halt_seconds = excluded.halt_seconds, auction_seconds = excluded.auction_seconds,
                    reopens = excluded.reopens, calendar = excluded.calendar, instruments = excluded.instruments, weights = excluded.weights""")
                .bindArray("levels", Integer.class, rules.breaker().levels()).bind("halt", rules.haltSeconds()).bind("auction", rules.auctionSeconds())
                .bind("reopens", rules.reopens()).bind("calendar", rules.calendar()).bindArray("instruments", Long.class, instruments)
                .bindArray("weights", Integer.class, instruments.stream().map(rules.breaker().weights()::get).toList()).execute());
    }

    void removeRules() {
        jdbi.useHandle(handle -> handle.execute("delete from market_breaker"));
    }

    /** Begins a halt; false if that level was come to that day, another halt is under way, or the member is not in the view. */
    boolean begin(String member, LocalDate day, int level, boolean closes, int decline, long now, long end, String actor, String reason) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                insert into market_halt (day, level, closes, decline, began_at, ends_at, actor, reason)
                select :day, :level, :closes, :decline, :now, :end, :actor, :reason from ledger_view where :member = any(members) on conflict do nothing""")
                .bind("member", member).bind("day", day).bind("level", level).bind("closes", closes).bind("decline", decline).bind("now", now).bind("end", end)
                .bind("actor", actor).bind("reason", reason).execute()) == 1;
    }

    /** The highest level that was come to on a day; 0 for none. */
    int reached(LocalDate day) {
        return jdbi.withHandle(handle -> handle.createQuery("select coalesce(max(level), 0) from market_halt where day = :day").bind("day", day)
                .mapTo(Integer.class).one());
    }

    /** The one whose books are not all open again. */
    Optional<MarketHalt> underWay() {
        return jdbi.withHandle(handle -> handle.createQuery(HALT + "where not done").map((row, context) -> halt(row)).findOne());
    }

    List<MarketHalt> latest(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(HALT + "order by halt desc limit :limit").bind("limit", limit)
                .map((row, context) -> halt(row)).list());
    }

    private static MarketHalt halt(ResultSet row) throws SQLException {
        return new MarketHalt(row.getLong("halt"), row.getObject("day", LocalDate.class), row.getInt("level"), row.getBoolean("closes"),
                row.getInt("decline"), row.getLong("began_at"), row.getLong("ends_at"), row.getString("actor"), row.getString("reason"),
                row.getString("lifted_by"), row.getString("lifted_because"), row.getBoolean("done"));
    }

    /** Whether a member is in the view: only then it sees what all books do. */
    boolean inView(String member) {
        return jdbi.withHandle(handle -> handle.createQuery("select exists (select 1 from ledger_view where :member = any(members))").bind("member", member)
                .mapTo(Boolean.class).one());
    }

    /** Ends the halt under way; false if there is none, it is over, or the member is not in the view. */
    boolean lift(String member, long now, String by, String because) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                update market_halt set ends_at = :now, lifted_by = :by, lifted_because = :because
                 where not done and ends_at > :now and exists (select 1 from ledger_view where :member = any(members))""")
                .bind("member", member).bind("now", now).bind("by", by).bind("because", because).execute()) == 1;
    }

    /** Before they are told to halt: whoever goes on after a failover knows which to open. */
    void found(long halt, Collection<Long> instruments) {
        jdbi.useHandle(handle -> handle.createUpdate("insert into market_halt_book (halt, instrument) select :halt, unnest(:instruments) on conflict do nothing")
                .bind("halt", halt).bindArray("instruments", Long.class, instruments).execute());
    }

    Set<Long> books(long halt) {
        return jdbi.withHandle(handle -> handle.createQuery("select instrument from market_halt_book where halt = :halt").bind("halt", halt)
                .mapTo(Long.class).set());
    }

    void done(long halt) {
        jdbi.useHandle(handle -> handle.execute("update market_halt set done = true where halt = ?", halt));
    }
}
