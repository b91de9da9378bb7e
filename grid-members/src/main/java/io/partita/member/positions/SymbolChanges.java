package io.partita.member.positions;

import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.product.Product;
import io.partita.positions.product.Terms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What has another name since a day, in PostgreSQL. Thread-safe; calls block. */
final class SymbolChanges {

    static final int MOST = 10_000;
    private static final long LOCK = 0x7379_6d62_6f6cL;

    private final Jdbi jdbi;
    private final Products products;

    SymbolChanges(Jdbi jdbi, Products products) {
        this.jdbi = jdbi;
        this.products = products;
    }

    /** From this day on the one is called the other. */
    record Change(String former, String latter, LocalDate day) {
    }

    /** The names that count on a day. */
    static final class Names {

        private final Map<String, String> latter = new HashMap<>();
        private final Map<String, Change> former = new HashMap<>();

        Names(List<Change> changes, LocalDate day) {
            changes.stream().filter(change -> !change.day.isAfter(day)).forEach(change -> {
                latter.put(change.former, change.latter);
                former.put(change.latter, change);
            });
        }

        /** What a symbol is called. */
        String of(String symbol) {
            String now = symbol;
            for (String next = latter.get(now); next != null; next = latter.get(now)) {
                now = next;
            }
            return now;
        }

        /** What it was called before, the last name first; not what it is called now. */
        List<String> before(String symbol) {
            return changes(symbol).stream().map(Change::former).toList();
        }

        /** How it came to its name, the last change first. */
        List<Change> changes(String symbol) {
            List<Change> changes = new ArrayList<>();
            for (Change change = former.get(symbol); change != null; change = former.get(change.former)) {
                changes.add(change);
            }
            return changes;
        }
    }

    Names on(LocalDate day) {
        return new Names(all(), day);
    }

    List<Change> all() {
        return jdbi.withHandle(SymbolChanges::all);
    }

    private static List<Change> all(Handle handle) {
        return handle.createQuery("select * from symbol_change order by day, old_symbol").map((row, context) -> change(row)).list();
    }

    /** Keeps one; false if the same was there. Throws if the names or products do not go together. */
    boolean add(Change wanted, String actor) {
        Terms.day(wanted.day);
        Product before = product(wanted.former);
        Product after = product(wanted.latter);
        if (before.getClass() != after.getClass() || before.currency() != after.currency()) {
            throw new PositionRefused(PositionRefusal.PRODUCT_EXISTS, wanted.former + " and " + wanted.latter + " are not of one kind and currency.");
        }
        return jdbi.inTransaction(handle -> {
            handle.createQuery("select cast(pg_advisory_xact_lock(:lock) as text)").bind("lock", LOCK).mapTo(String.class).one();
            List<Change> all = all(handle);
            if (all.contains(wanted)) {
                return false;
            }
            boolean taken = all.stream().anyMatch(change -> change.former.equals(wanted.former) || change.latter.equals(wanted.latter));
            // A name that leads back to itself would never end.
            if (taken || wanted.former.equals(new Names(all, Terms.LAST_DAY).of(wanted.latter)) || all.size() >= MOST) {
                throw new PositionRefused(PositionRefusal.SYMBOL_CHANGED, wanted.former + " to " + wanted.latter + ".");
            }
            return handle.createUpdate("insert into symbol_change (old_symbol, new_symbol, day, actor) values (:former, :latter, :day, :actor)")
                    .bind("former", wanted.former)
                    .bind("latter", wanted.latter).bind("day", wanted.day).bind("actor", actor).execute() == 1;
        });
    }

    private Product product(String symbol) {
        return products.find(Terms.symbol(symbol)).orElseThrow(() -> new PositionRefused(PositionRefusal.UNKNOWN_PRODUCT, symbol));
    }

    /** Takes one back; false if there is none of that symbol. */
    boolean remove(String former) {
        return jdbi.withHandle(handle -> handle.createUpdate("delete from symbol_change where old_symbol = :former").bind("former", former)
                .execute()) == 1;
    }

    private static Change change(ResultSet row) throws SQLException {
        return new Change(row.getString("old_symbol"), row.getString("new_symbol"), row.getObject("day", LocalDate.class));
    }
}
