package io.partita.member.ledger.reconcile;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Matches the lines of a statement with the entries of an account: first one to one, the surest first, then one line to
 * the sum of several entries and several lines to one entry. What shares a reference and yet does not agree is broken; the
 * rest is unmatched. Deterministic. Not thread-safe; one instance matches one file.
 */
final class StatementMatching {

    /** An entry of the account: amount in minor units, positive when it increases the balance. */
    record Entry(long position, LocalDate date, long amount, String reference) {
    }

    enum Result {
        MATCHED, UNMATCHED, BROKEN, MALFORMED
    }

    /** What became of a line, or of an entry that no line accounts for (then {@code line} is null). */
    record Item(StatementLine line, Entry entry, Result result, String reason, List<Long> positions, String detail) {
    }

    /** Sums of several are looked for among this many candidates at most, so that the time is bounded. */
    private static final int CANDIDATES = 60;

    private final String currency;
    private final int tolerance;
    private final List<StatementLine> lines;
    private final Map<StatementLine, Item> items = new LinkedHashMap<>();
    private final List<StatementLine> openLines = new ArrayList<>();
    private final Map<Long, Entry> openEntries = new TreeMap<>();
    private final Map<Long, Entry> allEntries = new HashMap<>();

    private References references;

    /** @param tolerance days by which the dates of a line and its entries may differ */
    StatementMatching(String currency, int tolerance, List<StatementLine> lines, List<Entry> entries) {
        this.currency = currency;
        this.tolerance = tolerance;
        this.lines = lines;
        entries.forEach(entry -> {
            openEntries.put(entry.position, entry);
            allEntries.put(entry.position, entry);
        });
    }

    /** The items: lines in the order of the file, then the entries of the statement's period that no line accounts for. */
    List<Item> match() {
        for (StatementLine line : lines) {
            if (line.malformed() != null) {
                put(line, Result.MALFORMED, line.malformed().name(), List.of(), line.detail());
            } else if (!line.currency().equals(currency)) {
                put(line, Result.BROKEN, "CURRENCY_DIFFERS", List.of(), "The account is in " + currency + ".");
            } else {
                openLines.add(line);
            }
        }
        oneToOne("REFERENCE_AND_AMOUNT", line -> best(line, entry -> sameReference(line, entry)));
        oneToOne("AMOUNT_AND_DATE", line -> best(line, entry -> !conflicting(line, entry)));
        oneToManyByReference();
        manyToOneByReference();
        oneToManyBySum();
        broken();
        List<Item> all = new ArrayList<>();
        for (StatementLine line : lines) {
            all.add(items.getOrDefault(line, new Item(line, null, Result.UNMATCHED, "NOT_IN_LEDGER", List.of(), "")));
        }
        LocalDate first = lines.stream().map(StatementLine::date).filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(LocalDate.MAX);
        LocalDate last = lines.stream().map(StatementLine::date).filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(LocalDate.MIN);
        for (Entry entry : openEntries.values()) {
            if (!entry.date.isBefore(first) && !entry.date.isAfter(last)) {
                all.add(new Item(null, entry, Result.UNMATCHED, "NOT_IN_STATEMENT", List.of(entry.position), ""));
            }
        }
        return all;
    }

    private void oneToOne(String reason, Function<StatementLine, Entry> find) {
        for (StatementLine line : List.copyOf(openLines)) {
            Entry entry = find.apply(line);
            if (entry != null) {
                settle(List.of(line), Result.MATCHED, reason, List.of(entry), "");
            }
        }
    }

    /** The open entry with the line's amount that is nearest in time. */
    private Entry best(StatementLine line, Predicate<Entry> condition) {
        return openEntries.values().stream().filter(entry -> entry.amount == line.amount() && days(line, entry) <= tolerance && condition.test(entry))
                .min(Comparator.comparingLong((Entry entry) -> days(line, entry)).thenComparingLong(Entry::position)).orElse(null);
    }

    private void oneToManyByReference() {
        for (StatementLine line : List.copyOf(openLines)) {
            List<Entry> group = openEntries.values().stream().filter(entry -> sameReference(line, entry) && days(line, entry) <= tolerance).toList();
            if (group.size() > 1 && sum(group) == line.amount()) {
                settle(List.of(line), Result.MATCHED, "SUM_BY_REFERENCE", group, group.size() + " entries");
            }
        }
    }

    private void manyToOneByReference() {
        for (Entry entry : List.copyOf(openEntries.values())) {
            List<StatementLine> group = openLines.stream().filter(line -> sameReference(line, entry) && days(line, entry) <= tolerance).toList();
            if (group.size() > 1 && group.stream().mapToLong(StatementLine::amount).sum() == entry.amount) {
                settle(group, Result.MATCHED, "SUM_BY_REFERENCE", List.of(entry), group.size() + " lines");
            }
        }
    }

    /** A line that is the sum of all open entries of one day, or of two or three entries near its date. */
    private void oneToManyBySum() {
        for (StatementLine line : List.copyOf(openLines)) {
            List<Entry> near = openEntries.values().stream()
                    .filter(entry -> days(line, entry) <= tolerance && Long.signum(entry.amount) == Long.signum(line.amount()) && !conflicting(line, entry))
                    .sorted(Comparator.comparingLong((Entry entry) -> days(line, entry)).thenComparingLong(Entry::position)).limit(CANDIDATES).toList();
            List<Entry> group = wholeDay(line, near);
            group = group.isEmpty() ? few(line.amount(), near) : group;
            if (!group.isEmpty()) {
                settle(List.of(line), Result.MATCHED, "SUM_OF_ENTRIES", group, group.size() + " entries");
            }
        }
    }

    private static List<Entry> wholeDay(StatementLine line, List<Entry> near) {
        Map<LocalDate, List<Entry>> days = new TreeMap<>();
        near.forEach(entry -> days.computeIfAbsent(entry.date, date -> new ArrayList<>()).add(entry));
        return days.values().stream().filter(day -> day.size() > 1 && sum(day) == line.amount()).findFirst().orElse(List.of());
    }

    private static List<Entry> few(long amount, List<Entry> near) {
        for (int a = 0; a < near.size(); a++) {
            for (int b = a + 1; b < near.size(); b++) {
                long two = near.get(a).amount + near.get(b).amount;
                if (two == amount) {
                    return List.of(near.get(a), near.get(b));
                }
                for (int c = b + 1; c < near.size(); c++) {
                    if (two + near.get(c).amount == amount) {
                        return List.of(near.get(a), near.get(b), near.get(c));
                    }
                }
            }
        }
        return List.of();
    }

    private void broken() {
        for (StatementLine line : List.copyOf(openLines)) {
            List<Entry> sharing = openEntries.values().stream().filter(entry -> sameReference(line, entry)).toList();
            if (!sharing.isEmpty()) {
                Entry entry = sharing.stream().filter(other -> other.amount == line.amount()).findFirst().orElse(sharing.getFirst());
                boolean date = entry.amount == line.amount();
                settle(List.of(line), Result.BROKEN, date ? "DATE_DIFFERS" : "AMOUNT_DIFFERS", List.of(entry),
                        date ? "In the ledger on " + entry.date + "." : "In the ledger with " + entry.amount + " minor units.");
            } else if (repeats(line)) {
                openLines.remove(line);
                put(line, Result.BROKEN, "DUPLICATE_LINE", List.of(), "An equal line was matched.");
            }
        }
    }

    /** True if an equal line stands earlier in the file, and is matched. */
    private boolean repeats(StatementLine line) {
        return !line.reference().isEmpty() && items.values().stream().anyMatch(item -> item.result == Result.MATCHED && item.line.amount() == line.amount()
                && item.line.date().equals(line.date()) && item.line.reference().equals(line.reference()));
    }

    private void settle(List<StatementLine> settled, Result result, String reason, List<Entry> entries, String detail) {
        List<Long> positions = entries.stream().map(Entry::position).toList();
        settled.forEach(line -> put(line, result, reason, positions, detail));
        openLines.removeAll(settled);
        positions.forEach(openEntries::remove);
    }

    private void put(StatementLine line, Result result, String reason, List<Long> positions, String detail) {
        items.put(line, new Item(line, positions.size() == 1 ? allEntries.get(positions.getFirst()) : null, result, reason, positions, detail));
    }

    private static long sum(List<Entry> entries) {
        return entries.stream().mapToLong(Entry::amount).reduce(0, Math::addExact);
    }

    private static long days(StatementLine line, Entry entry) {
        return Math.abs(ChronoUnit.DAYS.between(line.date(), entry.date));
    }

    private static boolean sameReference(StatementLine line, Entry entry) {
        return !line.reference().isEmpty() && normal(line.reference()).equals(normal(entry.reference));
    }

    /** True if both have a reference of their own: banks use theirs, so that alone says nothing, but two of ours do. */
    private boolean conflicting(StatementLine line, Entry entry) {
        return !line.reference().isEmpty() && !entry.reference.isEmpty() && !sameReference(line, entry)
                && (ours(line.reference()) || theirs(entry.reference));
    }

    private boolean ours(String reference) {
        return known().entries.contains(normal(reference));
    }

    private boolean theirs(String reference) {
        return known().lines.contains(normal(reference));
    }

    private record References(Set<String> lines, Set<String> entries) {
    }

    private References known() {
        if (references == null) {
            references = new References(new HashSet<>(), new HashSet<>());
            lines.forEach(line -> references.lines.add(normal(line.reference())));
            allEntries.values().forEach(entry -> references.entries.add(normal(entry.reference)));
        }
        return references;
    }

    private static String normal(String reference) {
        return reference.strip().toUpperCase(Locale.ROOT);
    }
}
