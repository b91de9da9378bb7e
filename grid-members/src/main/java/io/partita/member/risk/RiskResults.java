package io.partita.member.risk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Results of risk in PostgreSQL, which never change. Thread-safe; calls block, and throw {@link org.jdbi.v3.core.JdbiException} while the database is away. */
final class RiskResults {

    private final Jdbi jdbi;

    RiskResults(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<RiskResult> find(String portfolio, String id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from risk_result where portfolio = :portfolio and id = :id").bind("portfolio", portfolio).bind("id", id)
                .map((row, context) -> result(row)).findOne());
    }

    /**
     * Those of some days, by day and id.
     *
     * @param method null for all
     * @param after  the day and the id of the last one of the page before; null for the first page
     */
    List<RiskResult> list(String portfolio, LocalDate from, LocalDate to, RiskMethod method, Place after, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select * from risk_result where portfolio = :portfolio and day between :from and :to and (cast(:method as text) is null or method = :method)
                   and (cast(:day as date) is null or (day, id) > (cast(:day as date), :id)) order by day, id limit :most""")
                .bind("portfolio", portfolio).bind("from", from).bind("to", to).bind("method", method == null ? null : method.name())
                .bind("day", after == null ? null : after.day).bind("id", after == null ? null : after.id).bind("most", most).map((row, context) -> result(row)).list());
    }

    /** In the order of a list. */
    record Place(LocalDate day, String id) {
    }

    /** Keeps one unless there is one of its id; what is kept then. */
    RiskResult keep(RiskResult result) {
        jdbi.useHandle(handle -> insert(handle, result));
        return find(result.portfolio(), result.id()).orElseThrow();
    }

    /** Makes and keeps one, unless it is there or another member is at it. */
    void keepOnce(String portfolio, String id, Supplier<RiskResult> made) {
        jdbi.useTransaction(handle -> {
            boolean mine = handle.createQuery("select pg_try_advisory_xact_lock(hashtextextended(:what, 0))").bind("what", "risk " + portfolio + ' ' + id)
                    .mapTo(Boolean.class).one();
            boolean there = mine && handle.createQuery("select count(*) from risk_result where portfolio = :portfolio and id = :id").bind("portfolio", portfolio).bind("id", id)
                    .mapTo(Integer.class).one() > 0;
            if (mine && !there) {
                insert(handle, made.get());
            }
        });
    }

    private static void insert(Handle handle, RiskResult result) {
        RiskSettings settings = result.settings();
        handle.createUpdate("""
                insert into risk_result (portfolio, id, base, day, method, level, days, horizon, scenarios, seed, rate, value_at_risk, expected_shortfall, figures, inputs, symbols, digests,
                    engine, version)
                values (:portfolio, :id, :base, :day, :method, :level, :days, :horizon, :scenarios, :seed, :rate, :value, :shortfall, :figures, :inputs, :symbols, :digests, :engine, :version)
                on conflict do nothing""")
                .bind("portfolio", result.portfolio()).bind("id", result.id()).bind("base", result.base()).bind("day", result.day()).bind("method", settings.method().name())
                .bind("level", settings.level()).bind("days", settings.window()).bind("horizon", settings.horizon()).bind("scenarios", settings.scenarios())
                .bind("seed", settings.seed()).bind("rate", settings.rate()).bind("value", result.valueAtRisk()).bind("shortfall", result.expectedShortfall())
                .bind("figures", result.figures()).bind("inputs", result.inputs()).bindArray("symbols", String.class, List.copyOf(result.digests().keySet()))
                .bindArray("digests", String.class, List.copyOf(result.digests().values())).bind("engine", result.engine()).bind("version", result.version()).execute();
    }

    private static RiskResult result(ResultSet row) throws SQLException {
        String[] symbols = (String[]) row.getArray("symbols").getArray();
        String[] told = (String[]) row.getArray("digests").getArray();
        Map<String, String> digests = new HashMap<>();
        for (int i = 0; i < symbols.length; i++) {
            digests.put(symbols[i], told[i]);
        }
        RiskSettings settings = new RiskSettings(RiskMethod.valueOf(row.getString("method")), row.getDouble("level"), row.getInt("days"), row.getInt("horizon"),
                row.getInt("scenarios"), row.getLong("seed"), row.getDouble("rate"));
        return new RiskResult(row.getString("portfolio"), row.getString("id"), row.getString("base"), row.getObject("day", LocalDate.class), settings,
                row.getDouble("value_at_risk"), row.getDouble("expected_shortfall"), row.getString("figures"), row.getString("inputs"), digests, row.getString("engine"),
                row.getString("version"), row.getTimestamp("kept_at").toInstant());
    }
}
