package io.partita.member.positions;

import io.partita.positions.PositionRefusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Lots that accounts have from elsewhere, in PostgreSQL. Thread-safe; calls block. */
final class ExternalPositions {

    private final Jdbi jdbi;

    ExternalPositions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A lot.
     *
     * @param row      of the import; identifies it there
     * @param day      on which it was opened
     * @param quantity whole units or minor units, negative when short
     * @param cost     minor units of the product's currency, negative when short
     */
    record Lot(long row, long account, String symbol, LocalDate day, long quantity, long cost, long fee) {
    }

    /** Takes lots of an import; a row that was taken before is so again, and has to be the same. */
    RowsTaken take(String name, List<Lot> lots) {
        return jdbi.inTransaction(handle -> {
            Map<Long, Lot> there = new HashMap<>();
            // Somebody who imports the same at the same time waits here.
            handle.createQuery("select cast(pg_advisory_xact_lock(hashtextextended(:name, 1)) as text)").bind("name", name).mapTo(String.class).one();
            handle.createQuery("select * from external_position where import = :name and row = any(:rows)").bind("name", name)
                    .bindArray("rows", Long.class, lots.stream().map(Lot::row).toList()).map((row, context) -> lot(row))
                    .forEach(lot -> there.put(lot.row, lot));
            List<RowRefusal> refused = new ArrayList<>();
            List<Lot> fresh = new ArrayList<>();
            int repeated = 0;
            for (Lot lot : lots) {
                Lot known = there.putIfAbsent(lot.row, lot);
                if (known == null) {
                    fresh.add(lot);
                } else if (known.equals(lot)) {
                    repeated++;
                } else {
                    refused.add(new RowRefusal(lot.row, PositionRefusal.ROW_CHANGED,
                            "It was " + known.quantity + " of " + known.symbol + " for account " + known.account + "."));
                }
            }
            insert(handle, name, fresh);
            return new RowsTaken(fresh.size() + repeated, repeated, 0, refused);
        });
    }

    private static void insert(Handle handle, String name, List<Lot> lots) {
        if (lots.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                insert into external_position (import, row, account, symbol, day, quantity, cost, fee)
                values (:import, :row, :account, :symbol, :day, :quantity, :cost, :fee)""");
        lots.forEach(lot -> batch.bind("import", name).bind("row", lot.row).bind("account", lot.account).bind("symbol", lot.symbol)
                .bind("day", lot.day)
                .bind("quantity", lot.quantity).bind("cost", lot.cost).bind("fee", lot.fee).add());
        batch.execute();
    }

    /** Takes an import back; how many lots it had. */
    int remove(String name) {
        return jdbi.withHandle(handle -> handle.createUpdate("delete from external_position where import = :name").bind("name", name).execute());
    }

    /** The lots of some accounts that were opened on a day or before: the oldest first, those of a day in the order of the rows. */
    List<Lot> of(Collection<Long> accounts, LocalDate until) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select * from external_position where account = any(:accounts) and day <= :until order by account, symbol, day, import, row""")
                .bindArray("accounts", Long.class, List.copyOf(accounts)).bind("until", until).map((row, context) -> lot(row)).list());
    }

    private static Lot lot(ResultSet row) throws SQLException {
        return new Lot(row.getLong("row"), row.getLong("account"), row.getString("symbol"), row.getObject("day", LocalDate.class),
                row.getLong("quantity"), row.getLong("cost"),
                row.getLong("fee"));
    }
}
