package io.partita.member.ledger.query;

import io.partita.ledger.Account;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Reading;
import io.partita.ledger.TransferKind;
import io.partita.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Statements of one account. */
final class Statements {

    /** Most open pendings that a statement lists. */
    static final int MAX_PENDINGS = 200;

    private Statements() {
    }

    /**
     * What to list.
     *
     * @param from        booked at or after; null for the beginning
     * @param to          booked before; null for now
     * @param newestFirst the order of entries, and the direction of "next"
     * @param cursor      of an earlier page of the same question, or null for its first page
     */
    record Question(long account, Instant from, Instant to, boolean newestFirst, int limit, String cursor) {

        int fingerprint() {
            return Objects.hash("statement", account, from, to, newestFirst);
        }

        /** The newest entries up to now. */
        boolean ofNewest() {
            return from == null && to == null && newestFirst && cursor == null;
        }
    }

    /**
     * What is asked for most, made of the balance in the grid and of entries in memory: empty if it takes more than these, such as a list of what is pending. Needs no snapshot, since
     * what is booked up to a point does not change.
     */
    static Optional<Statement> ofNewest(Handle handle, Question question, RecentLegs recent, Supplier<Reading> grid) {
        AccountSearch.AtEnd found = AccountSearch.findAtEnd(handle, question.account).orElseThrow(() -> LedgerQueries.unknown(question.account));
        Account account = found.row().account();
        JournalPoint.End end = found.end();
        Balance closing = inGrid(end, grid).orElse(null);
        if (closing == null || anyPending(Sums.of(closing))) {
            return Optional.empty();
        }
        long high = end.point().size();
        RecentLegs.Found newest = recent.newest(handle, question.account, end, 0, high, question.limit + 1);
        if (newest.legs().size() <= question.limit && newest.from() > 0) {
            return Optional.empty();
        }
        Page page = Page.of(question, false, newest.legs());
        Sums closed = Sums.of(closing);
        List<Statement.Entry> entries = withBalances(account, page.ascending, page.below == null ? Sums.ZERO : closed.minus(sum(page.ascending)));
        return Optional.of(new Statement(account, null, null, closing.sequence(), high, money(account, 0), money(account, closed.posted(account.type())),
                money(account, 0), entries.reversed(), List.of(), names(handle, entries, List.of()), page.below, page.above));
    }

    private static boolean anyPending(Sums sums) {
        return sums.debitsPending() != 0 || sums.creditsPending() != 0;
    }

    /**
     * Empty if the account's shard is elsewhere in the grid than in this snapshot.
     *
     * @param grid tells what the grid says of the account
     * @param last never empty: if need be, the balance is the fold of the journal
     */
    static Optional<Statement> read(Handle handle, Question question, RecentLegs recent, Supplier<Reading> grid, boolean last) {
        Account account = AccountSearch.find(handle, question.account).orElseThrow(() -> LedgerQueries.unknown(question.account)).account();
        JournalPoint.End end = question.to == null ? JournalPoint.End.now(handle, LedgerNames.shardOf(question.account)) : JournalPoint.End.before(handle, question.to);
        long low = question.from == null ? 0 : JournalPoint.before(handle, question.from).size();
        long high = Math.max(low, end.point().size());

        Optional<Balance> closing = question.to == null ? inGrid(end, grid) : Optional.empty();
        if (closing.isEmpty()) {
            if (question.to == null && !last) {
                return Optional.empty();
            }
            closing = BalanceHistory.at(handle, question.account, BalanceHistory.Bound.size(high));
        }
        Sums closed = closing.map(Sums::of).orElse(Sums.ZERO);
        Page page = page(handle, question, recent, end, low, high);
        Sums opening = sums(handle, account.id(), low);
        List<Statement.Entry> entries = withBalances(account, page.ascending, before(handle, account, page, opening, closed));
        List<Leg> pending = anyPending(closed) ? pendings(handle, account.id(), high) : List.of();

        return Optional.of(new Statement(account, question.from, question.to, closing.map(Balance::sequence).orElse(0L), high,
                money(account, opening.posted(account.type())), money(account, closed.posted(account.type())),
                money(account, closed.pending(account.type())), question.newestFirst ? entries.reversed() : entries, pending,
                names(handle, entries, pending), question.newestFirst ? page.below : page.above, question.newestFirst ? page.above : page.below));
    }

    /**
     * The balance after the last entry as the grid has it, if the account's shard is just where it was in this snapshot. That saves the fold of what the journal got since the last
     * checkpoint, which can be a million entries.
     */
    private static Optional<Balance> inGrid(JournalPoint.End end, Supplier<Reading> grid) {
        Reading now = grid.get();
        return now.stale() || now.sequence() != end.reached() ? Optional.empty() : now.balance();
    }

    /** @param below where what is older goes on, above where what is newer does; null if there is no more */
    private record Page(List<Leg> ascending, String below, String above) {

        /**
         * @param upward whether the legs were read from old to new
         * @param legs   one more than asked for if there is another page
         */
        static Page of(Question question, boolean upward, List<Leg> legs) {
            boolean more = legs.size() > question.limit;
            List<Leg> cut = more ? legs.subList(0, question.limit) : legs;
            List<Leg> ascending = upward ? cut : cut.reversed();
            if (ascending.isEmpty()) {
                return new Page(ascending, null, null);
            }
            // Behind us lies at least what the cursor pointed at; on the first page, nothing.
            boolean behind = question.cursor != null;
            int fingerprint = question.fingerprint();
            String above = (upward ? more : behind) ? new PageCursor(fingerprint, true, ascending.getLast().position()).text() : null;
            String below = (upward ? behind : more) ? new PageCursor(fingerprint, false, ascending.getFirst().position()).text() : null;
            return new Page(ascending, below, above);
        }
    }

    private static Page page(Handle handle, Question question, RecentLegs recent, JournalPoint.End end, long low, long high) {
        int fingerprint = question.fingerprint();
        boolean forward = !question.newestFirst;
        PageCursor cursor = question.cursor == null ? new PageCursor(fingerprint, forward, forward ? low - 1 : high)
                : PageCursor.parse(question.cursor, fingerprint);
        boolean upward = cursor.upward();
        long from = upward ? Math.max(low, cursor.position() + 1) : low;
        long to = upward ? high : Math.min(high, cursor.position());
        // One more than asked for tells whether there is another page.
        return Page.of(question, upward, upward ? legs(handle, question.account, from, to, true, question.limit + 1) : newest(handle, question, recent, end, from, to));
    }

    private static List<Leg> newest(Handle handle, Question question, RecentLegs recent, JournalPoint.End end, long low, long high) {
        RecentLegs.Found found = recent.newest(handle, question.account, end, low, high, question.limit + 1);
        List<Leg> legs = new ArrayList<>(found.legs());
        legs.addAll(legs(handle, question.account, low, found.from(), false, question.limit + 1 - legs.size()));
        return legs;
    }

    /** Legs that moved money, in reading order. */
    private static List<Leg> legs(Handle handle, long account, long low, long high, boolean upward, int limit) {
        String sql = Leg.SELECT + """
                where account = :account and batch between :first and :last
                  and position >= :low and position < :high and posted <> 0 order by position""" + (upward ? " asc" : " desc") + " limit :limit";
        return Windows.read(handle, low, high, upward, limit, (windowLow, windowHigh, batches, wanted) -> handle.createQuery(sql)
                .bind("account", account).bind("first", batches.first()).bind("last", batches.last())
                .bind("low", windowLow).bind("high", windowHigh).bind("limit", wanted)
                .map((rs, context) -> Leg.read(rs)).list());
    }

    /** What was posted before the first entry of a page. The first and the last page know that from what is known anyway. */
    private static Sums before(Handle handle, Account account, Page page, Sums opening, Sums closed) {
        if (page.below == null) {
            return opening;
        }
        if (page.above == null) {
            return closed.minus(sum(page.ascending));
        }
        return sums(handle, account.id(), page.ascending.getFirst().position());
    }

    private static Sums sum(List<Leg> legs) {
        return legs.stream().map(Leg::sums).reduce(Sums.ZERO, Sums::plus);
    }

    private static List<Statement.Entry> withBalances(Account account, List<Leg> ascending, Sums before) {
        AccountType type = account.type();
        List<Statement.Entry> entries = new ArrayList<>(ascending.size());
        Sums running = before;
        for (Leg leg : ascending) {
            running = running.plus(leg.sums());
            entries.add(new Statement.Entry(leg, money(account, running.posted(type))));
        }
        return List.copyOf(entries);
    }

    private static Sums sums(Handle handle, long account, long size) {
        return size <= 0 ? Sums.ZERO : BalanceHistory.at(handle, account, BalanceHistory.Bound.size(size)).map(Sums::of).orElse(Sums.ZERO);
    }

    /** What is set aside at a point and neither posted nor released, newest first. */
    private static List<Leg> pendings(Handle handle, long account, long size) {
        String sql = Leg.SELECT + """
                where account = :account and kind = :pending and batch between :first and :last
                  and position >= :low and position < :high
                  and not exists (select 1 from ledger_transfer r join ledger_batch rb on rb.batch = r.batch
                                   where r.relates_to = ledger_leg.id and r.kind in (2, 3, 4) and rb.position + r.index < :size)
                order by position desc limit :limit""";
        return Windows.read(handle, 0, size, false, MAX_PENDINGS, (low, high, batches, wanted) -> handle.createQuery(sql)
                .bind("account", account).bind("pending", TransferKind.PENDING.ordinal()).bind("first", batches.first())
                .bind("last", batches.last()).bind("low", low).bind("high", high).bind("size", size).bind("limit", wanted)
                .map((rs, context) -> Leg.read(rs)).list());
    }

    private static Map<Long, String> names(Handle handle, List<Statement.Entry> entries, List<Leg> pending) {
        return AccountSearch.names(handle, Stream.concat(entries.stream().map(Statement.Entry::leg), pending.stream())
                .map(Leg::counterAccount).distinct().toList());
    }

    private static Money money(Account account, long minor) {
        return Money.of(minor, account.currency());
    }
}
