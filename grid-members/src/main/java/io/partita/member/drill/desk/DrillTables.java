package io.partita.member.drill.desk;

import io.partita.member.drill.DrillMessage;
import io.partita.member.drill.desk.DrillState.Line;
import io.partita.member.drill.desk.DrillState.Progress;
import io.partita.member.drill.desk.DrillState.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Runs of drills in PostgreSQL, whose clock alone decides which of them are over. Thread-safe; calls block. */
final class DrillTables {

    /** Older ones are forgotten with their reports. */
    static final int KEPT = 50;
    /** A member that was not heard of for so long does not run its drill any more. */
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final long LOCK = 0x6472_696c_6cL;
    private static final String COLUMNS = "id, drill, transport, members, seconds, rate, seed, asked_by, member, state, started_at, ended_at, cancelled_by, progress, sentence, "
            + "report_html is not null as report";

    private final Jdbi jdbi;
    private final JsonMapper json;

    DrillTables(Jdbi jdbi, JsonMapper json) {
        this.jdbi = jdbi;
        this.json = json.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    }

    /** What became of the wish to begin a run. @param begun false if this one or another one was there before */
    record Begun(DrillState run, boolean begun) {
    }

    /** Begins a run unless it was begun before, or another one goes on: then that one is answered. */
    Begun begin(DrillState wanted) {
        return jdbi.inTransaction(handle -> {
            handle.createQuery("select cast(pg_advisory_xact_lock(:lock) as text)").bind("lock", LOCK).mapTo(String.class).one();
            handle.createUpdate("update drill_run set state = 'LOST', ended_at = now() where ended_at is null and alive_at < now() - :silence * interval '1 millisecond'")
                    .bind("silence", SILENCE.toMillis()).execute();
            Optional<DrillState> there = find(handle, wanted.id()).or(() -> handle.createQuery("select " + COLUMNS + " from drill_run where ended_at is null")
                    .map((row, context) -> state(row, null)).findOne());
            if (there.isPresent()) {
                return new Begun(there.get(), false);
            }
            handle.createUpdate("""
                            insert into drill_run (id, drill, transport, members, seconds, rate, seed, asked_by, member, state)
                            values (:id, :drill, :transport, :members, :seconds, :rate, :seed, :by, :member, 'RUNNING')""")
                    .bind("id", wanted.id()).bind("drill", wanted.drill()).bind("transport", wanted.transport()).bind("members", wanted.members()).bind("seconds", wanted.seconds())
                    .bind("rate", wanted.rate()).bind("seed", wanted.seed()).bind("by", wanted.askedBy()).bind("member", wanted.member()).execute();
            handle.execute("delete from drill_run where id in (select id from drill_run where ended_at is not null order by started_at desc offset ?)", KEPT - 1);
            return new Begun(find(handle, wanted.id()).orElseThrow(), true);
        });
    }

    private Optional<DrillState> find(Handle handle, UUID id) {
        return handle.createQuery("select " + COLUMNS + " from drill_run where id = :id").bind("id", id).map((row, context) -> state(row, null)).findOne();
    }

    /** A run with the last that it said. */
    Optional<DrillState> find(UUID id, int lines) {
        return jdbi.withHandle(handle -> {
            List<Line> said = handle.createQuery("select number, message from drill_line where run = :run order by number desc limit :most").bind("run", id).bind("most", lines)
                    .map((row, context) -> new Line(row.getInt("number"), json.readValue(row.getString("message"), DrillMessage.class))).list().reversed();
            return handle.createQuery("select " + COLUMNS + " from drill_run where id = :id").bind("id", id).map((row, context) -> state(row, said)).findOne();
        });
    }

    /** The newest first. */
    List<DrillState> all() {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + " from drill_run order by started_at desc limit :most").bind("most", KEPT)
                .map((row, context) -> state(row, null)).list());
    }

    /** The report of a run, if there is one. @param column {@code report_html} or {@code report_json} */
    private Optional<String> report(UUID id, String column) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + column + " from drill_run where id = :id and " + column + " is not null").bind("id", id).mapTo(String.class)
                .findOne());
    }

    Optional<String> page(UUID id) {
        return report(id, "report_html");
    }

    Optional<String> document(UUID id) {
        return report(id, "report_json");
    }

    /** Writes down how far a run has come. @return who has asked for its end meanwhile */
    Optional<String> tell(UUID id, Progress progress, List<Line> lines) {
        return jdbi.inTransaction(handle -> {
            append(handle, id, lines);
            return Optional.ofNullable(handle.createQuery("update drill_run set alive_at = now(), progress = :progress where id = :id and ended_at is null returning coalesce(cancelled_by, '')")
                    .bind("progress", json.writeValueAsString(progress)).bind("id", id).mapTo(String.class).findOne().orElse("somebody")).filter(by -> !by.isEmpty());
        });
    }

    private void append(Handle handle, UUID id, List<Line> lines) {
        if (!lines.isEmpty()) {
            PreparedBatch batch = handle.prepareBatch("insert into drill_line (run, number, message) values (:run, :number, :message) on conflict do nothing");
            lines.forEach(line -> batch.bind("run", id).bind("number", line.number()).bind("message", json.writeValueAsString(line.message())).add());
            batch.execute();
        }
    }

    /** Asks for the end of a run that goes on; false if it does not. */
    boolean cancel(UUID id, String by) {
        return jdbi.withHandle(handle -> handle.createUpdate("update drill_run set cancelled_by = coalesce(cancelled_by, :by) where id = :id and ended_at is null")
                .bind("by", by).bind("id", id).execute()) > 0;
    }

    /** A run is over. */
    void end(UUID id, State state, String sentence, String page, String document, List<Line> lines) {
        jdbi.useTransaction(handle -> {
            append(handle, id, lines);
            handle.createUpdate("""
                            update drill_run set state = :state, ended_at = now(), progress = '{}', sentence = :sentence, report_html = :page, report_json = :document
                             where id = :id and ended_at is null""")
                    .bind("state", state.name()).bind("sentence", sentence).bind("page", page).bind("document", document).bind("id", id).execute();
        });
    }

    private DrillState state(ResultSet row, List<Line> lines) throws SQLException {
        String progress = row.getString("progress");
        return new DrillState(row.getObject("id", UUID.class), row.getString("drill"), row.getString("transport"), row.getInt("members"), row.getInt("seconds"), row.getInt("rate"),
                row.getLong("seed"), row.getString("asked_by"), row.getString("member"), State.valueOf(row.getString("state")), instant(row, "started_at"), instant(row, "ended_at"),
                row.getString("cancelled_by"), progress.equals("{}") ? Progress.NONE : json.readValue(progress, Progress.class), row.getString("sentence"), row.getBoolean("report"), lines);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
