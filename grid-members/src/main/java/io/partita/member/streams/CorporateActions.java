package io.partita.member.streams;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.stream.EnteredAction;
import io.partita.time.EpochNanos;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * What companies did to their shares, as people entered it: kept in PostgreSQL, and put into the grid from there, at each start and each change, so that pipelines
 * find it. Thread-safe.
 */
public final class CorporateActions {

    /** Of one instrument; a century of quarterly dividends is less than half of it. */
    static final int MOST = 1_000;

    private static final String SELECT = "select action, instrument, from_time, now_shares, old_shares, amount from corporate_action ";
    private static final String SAME = """
            where instrument = :instrument and from_time = :from and now_shares is not distinct from cast(:now as bigint)
                and old_shares is not distinct from cast(:old as bigint) and amount is not distinct from cast(:amount as numeric)""";

    private final IMap<Long, EnteredAction> actions;
    private final Jdbi jdbi;

    /** An action that is there now, and whether it was before. */
    record Entered(EnteredAction action, boolean fresh) {
    }

    CorporateActions(HazelcastInstance hazelcast, Jdbi jdbi) {
        actions = hazelcast.getMap(MarketDataNames.CORPORATE_ACTIONS);
        this.jdbi = jdbi;
    }

    /** What was entered before this start counts again. */
    @EventListener(ApplicationReadyEvent.class)
    void remember() {
        List<EnteredAction> all = jdbi.withHandle(handle -> handle.createQuery(SELECT).map((row, context) -> action(row)).list());
        actions.putAll(all.stream().collect(Collectors.toMap(EnteredAction::number, Function.identity())));
    }

    /** Those of an instrument, or of all if that is null; the oldest first. */
    List<EnteredAction> of(Long instrument, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where cast(:instrument as bigint) is null or instrument = :instrument order by from_time, action limit :most")
                .bind("instrument", instrument).bind("most", most).map((row, context) -> action(row)).list());
    }

    /** Those of some instruments, the oldest first. */
    public List<EnteredAction> of(Collection<Long> instruments) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where instrument = any(:instruments) order by from_time, action")
                .bindArray("instruments", Long.class, List.copyOf(instruments)).map((row, context) -> action(row)).list());
    }

    /** Keeps one, unless the same is there; nothing if the instrument has too many. Its number is not asked for. */
    Optional<Entered> add(EnteredAction wanted, String actor) {
        Entered entered = jdbi.inTransaction(handle -> {
            Map<String, Object> fields = fields(wanted);
            Optional<EnteredAction> there = same(handle, fields);
            if (there.isPresent()) {
                return new Entered(there.get(), false);
            }
            int count = handle.createQuery("select count(*) from corporate_action where instrument = :instrument").bindMap(fields).mapTo(Integer.class).one();
            if (count >= MOST) {
                return null;
            }
            int added = handle.createUpdate("""
                    insert into corporate_action (instrument, from_time, now_shares, old_shares, amount, actor)
                    values (:instrument, :from, :now, :old, :amount, :actor) on conflict do nothing""").bindMap(fields).bind("actor", actor).execute();
            return new Entered(same(handle, fields).orElseThrow(), added == 1);
        });
        if (entered == null) {
            return Optional.empty();
        }
        actions.set(entered.action().number(), entered.action());
        return Optional.of(entered);
    }

    /** Takes one back; false if there is none of that number. */
    boolean remove(long number) {
        boolean there = jdbi.withHandle(handle -> handle.createUpdate("delete from corporate_action where action = :number").bind("number", number).execute()) == 1;
        actions.delete(number);
        return there;
    }

    private static Optional<EnteredAction> same(Handle handle, Map<String, Object> fields) {
        return handle.createQuery(SELECT + SAME).bindMap(fields).map((row, context) -> action(row)).findOne();
    }

    private static Map<String, Object> fields(EnteredAction action) {
        boolean split = action.amount() == null;
        Map<String, Object> fields = new HashMap<>();
        fields.put("instrument", action.instrument());
        fields.put("from", EpochNanos.instant(action.from()).atOffset(ZoneOffset.UTC));
        fields.put("now", split ? action.now() : null);
        fields.put("old", split ? action.old() : null);
        fields.put("amount", action.amount());
        return fields;
    }

    private static EnteredAction action(ResultSet row) throws SQLException {
        return new EnteredAction(row.getLong("action"), row.getLong("instrument"), EpochNanos.of(row.getObject("from_time", OffsetDateTime.class).toInstant()),
                row.getLong("now_shares"), row.getLong("old_shares"), row.getBigDecimal("amount"));
    }
}
