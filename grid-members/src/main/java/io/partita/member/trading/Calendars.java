package io.partita.member.trading;

import io.partita.member.database.DatabaseConfiguration;
import io.partita.trading.settlement.BusinessDays;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Holiday calendars, in PostgreSQL. A listing has the days of its own, as its member knows them: within a second. Thread-safe. */
@Component
public final class Calendars {

    /** What a calendar may be called. */
    public static final String NAME = "[A-Z0-9][A-Z0-9.:_-]{0,31}";
    /** So many are enough for all exchanges there are. */
    public static final int MOST = 200;

    private final Jdbi jdbi;

    Calendars(@Qualifier(DatabaseConfiguration.TRADING) Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All that have holidays, by name. */
    public SortedMap<String, SortedSet<LocalDate>> all() {
        SortedMap<String, SortedSet<LocalDate>> all = new TreeMap<>();
        jdbi.useHandle(handle -> handle.createQuery("select calendar, day from trading_holiday")
                .map((row, context) -> Map.entry(row.getString(1), row.getObject(2, LocalDate.class)))
                .forEach(row -> all.computeIfAbsent(row.getKey(), name -> new TreeSet<>()).add(row.getValue())));
        return all;
    }

    /** The days of one; weekdays if it has no holidays. */
    public BusinessDays named(String calendar) {
        return BusinessDays.without(jdbi.withHandle(handle -> handle.createQuery("select day from trading_holiday where calendar = :calendar")
                .bind("calendar", calendar).mapTo(LocalDate.class).list()));
    }

    /** Puts these holidays in place of those of a calendar; false if there are too many calendars. Trades that were made keep their settlement day. */
    public boolean put(String calendar, Collection<LocalDate> holidays) {
        return jdbi.inTransaction(handle -> {
            handle.execute("lock table trading_holiday in share row exclusive mode");
            int others = handle.createQuery("select count(distinct calendar) from trading_holiday where calendar <> :calendar")
                    .bind("calendar", calendar).mapTo(Integer.class).one();
            if (others >= MOST) {
                return false;
            }
            handle.execute("delete from trading_holiday where calendar = ?", calendar);
            handle.createUpdate("insert into trading_holiday (calendar, day) select :calendar, unnest(:days)::date")
                    .bind("calendar", calendar).bindArray("days", String.class, holidays.stream().map(LocalDate::toString).toList()).execute();
            return true;
        });
    }
}
