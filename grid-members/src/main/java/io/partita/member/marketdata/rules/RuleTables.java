package io.partita.member.marketdata.rules;

import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.rules.AlertRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** Rules in PostgreSQL. Thread-safe. */
final class RuleTables {

    private static final String COLUMNS = "rule, version, condition, bar_size, instruments, severity, enabled, description, actor, changed_at";

    private final Jdbi jdbi;

    RuleTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** By name. */
    List<KeptRule> all() {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + " from alert_rule order by rule").map((row, context) -> kept(row)).list());
    }

    Optional<KeptRule> find(String name) {
        return jdbi.withHandle(handle -> find(handle, name));
    }

    private static Optional<KeptRule> find(Handle handle, String name) {
        return handle.createQuery("select " + COLUMNS + " from alert_rule where rule = :rule").bind("rule", name).map((row, context) -> kept(row)).findOne();
    }

    /** Keeps a new rule, if there are fewer than so many; false if there is one of the name, or there are too many. */
    boolean add(AlertRule rule, String description, String actor, int most) {
        return jdbi.withHandle(handle -> bound(handle.createUpdate("""
                insert into alert_rule (rule, version, condition, bar_size, instruments, severity, enabled, description, actor)
                select :rule, nextval('alert_rule_version'), :condition, :size, :instruments, :severity, :enabled, :description, :actor
                where (select count(*) from alert_rule) < :most on conflict do nothing"""), rule, description, actor).bind("most", most).execute()) == 1;
    }

    /** Puts another in its place; false if there is none of the name. */
    boolean replace(AlertRule rule, String description, String actor) {
        return jdbi.withHandle(handle -> bound(handle.createUpdate("""
                update alert_rule set version = nextval('alert_rule_version'), condition = :condition, bar_size = :size, instruments = :instruments,
                severity = :severity, enabled = :enabled, description = :description, actor = :actor, changed_at = now() where rule = :rule"""),
                rule, description, actor).execute()) == 1;
    }

    private static <S extends SqlStatement<S>> S bound(S statement, AlertRule rule, String description, String actor) {
        return statement.bind("rule", rule.name()).bind("condition", rule.condition()).bind("size", rule.size().toString())
                .bindArray("instruments", Long.class, rule.instruments().stream().sorted().toList()).bind("severity", rule.severity().name())
                .bind("enabled", rule.enabled()).bind("description", description).bind("actor", actor);
    }

    /** False if there is none of the name. */
    boolean remove(String name) {
        return jdbi.withHandle(handle -> handle.createUpdate("delete from alert_rule where rule = :rule").bind("rule", name).execute()) == 1;
    }

    private static KeptRule kept(ResultSet row) throws SQLException {
        Long[] instruments = (Long[]) row.getArray("instruments").getArray();
        AlertRule rule = new AlertRule(row.getString("rule"), row.getLong("version"), row.getString("condition"), BarSize.parse(row.getString("bar_size")).orElseThrow(),
                Set.copyOf(Arrays.asList(instruments)), Severity.valueOf(row.getString("severity")), row.getBoolean("enabled"));
        return new KeptRule(rule, row.getString("description"), row.getString("actor"), row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
