package io.partita.member.streams;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Partitions of the archive's tables, one for each month of UTC, made when they are needed. Thread-safe, and beside other members. */
final class MonthPartitions {

    /** A century: whatever times a source invents, tables stay few. */
    static final int MOST = 1_200;

    /** Of an advisory lock: one makes partitions at a time. */
    private static final long LOCK = 0x6d6f6e746873L;

    private static final String THERE = """
            select to_date(right(c.relname, 7), 'YYYY_MM') from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = cast('bar_archive' as regclass)""";

    /** Those that are there, as far as is known here. */
    private volatile Set<YearMonth> known = Set.of();

    /** Makes those that are not there. @return months that there is no room for */
    Set<YearMonth> ensure(Handle handle, Collection<YearMonth> months) {
        Set<YearMonth> missing = new TreeSet<>(months);
        missing.removeAll(known);
        if (missing.isEmpty()) {
            return Set.of();
        }
        known = handle.inTransaction(within -> {
            within.createQuery("select pg_advisory_xact_lock(:lock)").bind("lock", LOCK).mapToMap().list();
            Set<YearMonth> there = new HashSet<>();
            within.createQuery(THERE).mapTo(LocalDate.class).forEach(day -> there.add(YearMonth.from(day)));
            for (YearMonth month : missing) {
                if (there.size() < MOST && there.add(month)) {
                    make(within, month);
                }
            }
            return Set.copyOf(there);
        });
        missing.removeAll(known);
        return missing;
    }

    private static void make(Handle handle, YearMonth month) {
        LocalDate from = month.atDay(1);
        LocalDate to = month.plusMonths(1).atDay(1);
        String name = "%04d_%02d".formatted(month.getYear(), month.getMonthValue());
        handle.execute("create table bar_archive_%s partition of bar_archive for values from ('%s 00:00+00') to ('%s 00:00+00')".formatted(name, from, to));
        handle.execute("create table market_day_%s partition of market_day for values from ('%s') to ('%s')".formatted(name, from, to));
    }

    /** Somebody may have dropped one. */
    void forget() {
        known = Set.of();
    }
}
