package io.partita.member.marketdata.alerts;

import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Feedback;
import io.partita.marketdata.anomaly.Silence;
import io.partita.marketdata.bars.BarSize;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** What people say of alerts, in PostgreSQL. Thread-safe. */
final class FeedbackTables {

    private static final String FEEDBACK = "select alert, bar_size, instrument, kind, worthwhile, said_at from anomaly_feedback ";

    private final Jdbi jdbi;

    FeedbackTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Keeps an opinion, unless there is one on that alert. */
    boolean add(Feedback feedback, String actor, String reason) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                insert into anomaly_feedback (alert, bar_size, instrument, kind, worthwhile, said_at, actor, reason)
                values (:alert, :size, :instrument, :kind, :real, :time, :actor, :reason) on conflict do nothing""")
                .bind("alert", feedback.alert()).bind("size", feedback.size().toString()).bind("instrument", feedback.instrument())
                .bind("kind", feedback.kind().name()).bind("real", feedback.real()).bind("time", feedback.time()).bind("actor", actor)
                .bind("reason", reason).execute()) == 1;
    }

    Optional<Feedback> of(String alert) {
        return jdbi.withHandle(handle -> handle.createQuery(FEEDBACK + "where alert = :alert").bind("alert", alert)
                .map((row, context) -> feedback(row)).findOne());
    }

    /** In the order in which it was given. */
    List<Feedback> of(BarSize size, long instrument) {
        return jdbi.withHandle(handle -> handle.createQuery(FEEDBACK + "where bar_size = :size and instrument = :instrument order by number")
                .bind("size", size.toString()).bind("instrument", instrument).map((row, context) -> feedback(row)).list());
    }

    /** In the order in which it was given. */
    List<Feedback> all() {
        return jdbi.withHandle(handle -> handle.createQuery(FEEDBACK + "order by number").map((row, context) -> feedback(row)).list());
    }

    private static Feedback feedback(ResultSet row) throws SQLException {
        return new Feedback(row.getString("alert"), BarSize.parse(row.getString("bar_size")).orElseThrow(), row.getLong("instrument"),
                AnomalyKind.valueOf(row.getString("kind")), row.getBoolean("worthwhile"), row.getLong("said_at"));
    }

    /** Keeps a silence; its number. */
    long add(Silence silence, String actor) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                insert into anomaly_silence (instrument, kinds, from_time, until_time, actor, reason)
                values (:instrument, :kinds, :from, :until, :actor, :reason) returning silence""")
                .bind("instrument", silence.instrument()).bindArray("kinds", String.class, silence.kinds().stream().map(AnomalyKind::name).sorted().toList())
                .bind("from", silence.from()).bind("until", silence.until()).bind("actor", actor).bind("reason", silence.reason())
                .mapTo(Long.class).one());
    }

    /** Takes a silence away; false if there is none of that number. */
    boolean remove(long silence) {
        return jdbi.withHandle(handle -> handle.createUpdate("delete from anomaly_silence where silence = :silence").bind("silence", silence).execute()) == 1;
    }

    /** By number. */
    Map<Long, Silence> silences() {
        return jdbi.withHandle(handle -> handle.createQuery("select silence, instrument, kinds, from_time, until_time, reason from anomaly_silence")
                .map((row, context) -> Map.entry(row.getLong("silence"), silence(row))).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue,
                        (one, _) -> one, TreeMap::new)));
    }

    private static Silence silence(ResultSet row) throws SQLException {
        String[] kinds = (String[]) row.getArray("kinds").getArray();
        return new Silence(row.getLong("instrument"), Arrays.stream(kinds).map(AnomalyKind::valueOf).collect(Collectors.toSet()), row.getLong("from_time"),
                row.getLong("until_time"), row.getString("reason"));
    }
}
