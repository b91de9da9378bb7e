package io.partita.member.trading.settlement;

import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.member.trading.Listing;
import io.partita.member.trading.settlement.SettlementStore.Done;
import io.partita.member.trading.settlement.SettlementStore.Mark;
import io.partita.member.trading.settlement.SettlementStore.Moved;
import io.partita.member.trading.settlement.SettlementStore.Next;
import io.partita.member.trading.settlement.SettlementStore.Recorded;
import io.partita.member.trading.settlement.TradingAccounts.Need;
import io.partita.money.Currency;
import io.partita.positions.Position;
import io.partita.trading.settlement.Deal;
import io.partita.trading.settlement.SettlementTerms;
import io.partita.trading.settlement.TradeBookings;
import io.partita.trading.settlement.TradeBookings.Correction;
import io.partita.trading.settlement.TradeStatus;
import io.partita.trading.settlement.TradeTransferIds;
import io.partita.trading.settlement.TradingAccount;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Settles the trades of the books that this member serves. In rounds, each of which takes a bounded number of trades:
 *
 * <ol>
 * <li>new trades, from the order journal: to the ledger, and then what became of them to the database, in one commit;
 * <li>busts and corrections;
 * <li>trades that are asked for once more, and those whose settlement day has come.
 * </ol>
 *
 * <p>A round that is interrupted is done again, here or by whoever serves the book next: the transfers have the same ids and are booked once,
 * and the database takes the outcome of a trade once. One thread.
 */
final class Settler {

    private static final int MOST_TRADES = 1_000;
    private static final int MOST_REVISIONS = 50;
    private static final long PATIENCE_SECONDS = 60;

    private final SettlementStore store;
    private final TradeQueries trades;
    private final TradingAccounts accounts;
    private final SettlementDay day;
    private final PositionMap positions;
    private final SettlementMeters meters;
    private final LedgerRun run;
    /** Up to where the trades of this member's books are done. */
    private final Map<Long, Mark> marks = new LinkedHashMap<>();

    Settler(SettlementStore store, TradeQueries trades, TradingAccounts accounts, SettlementDay day, PositionMap positions,
            SettlementMeters meters, LedgerRun run) {
        this.store = store;
        this.trades = trades;
        this.accounts = accounts;
        this.day = day;
        this.positions = positions;
        this.meters = meters;
        this.run = run;
    }

    /** True if there may be more to do at once. */
    boolean round(Collection<Listing> mine) throws SQLException, InterruptedException {
        Map<Long, Listing> books = new HashMap<>();
        mine.forEach(listing -> books.put(listing.instrument(), listing));
        take(books.keySet());
        boolean more = settleNew(books);
        revise(books);
        return more | settleWaiting(books);
    }

    /** Books that have come are taken up where the database says, with their positions; of books that are gone nothing is kept. */
    private void take(Set<Long> books) throws SQLException {
        marks.keySet().retainAll(books);
        Set<Long> come = new HashSet<>(books);
        come.removeAll(marks.keySet());
        if (!come.isEmpty()) {
            Map<Long, Mark> read = store.marks(come);
            for (long instrument : read.keySet()) {
                trades.positions(instrument, positions::put);
            }
            positions.flush();
            marks.putAll(read);
        }
    }

    // ---- new trades ------------------------------------------------------------------------------------------------------

    private boolean settleNew(Map<Long, Listing> books) throws SQLException, InterruptedException {
        List<Next> next = store.next(marks, MOST_TRADES);
        if (next.isEmpty()) {
            meters.idle();
            return false;
        }
        meters.oldest(next.stream().flatMap(one -> one.deals().stream()).mapToLong(Deal::time).min().orElse(0));
        List<Attempt> attempts = new ArrayList<>();
        next.forEach(one -> one.deals().forEach(deal -> {
            Listing listing = books.get(one.instrument());
            attempts.add(new Attempt(listing, TradeRecord.of(listing, deal), List.of()));
        }));
        attempt(attempts);
        List<Done> round = next.stream().map(one -> done(one, books.get(one.instrument()), attempts)).toList();
        Recorded recorded = store.recordNew(round);
        tell(recorded.changed());
        boolean came = false;
        for (Done done : round) {
            Next one = done.next();
            // To the end, so that the next round begins with another book; or where another member has come to.
            marks.remove(one.instrument());
            if (recorded.books().contains(one.instrument())) {
                marks.put(one.instrument(), one.to());
                done.trades().forEach(trade -> meters.count(trade.status()));
                came |= !one.to().equals(one.from());
            }
        }
        return came;
    }

    /** What was achieved for a book: everything up to the first trade of which nothing is known yet. */
    private static Done done(Next next, Listing listing, List<Attempt> attempts) {
        List<TradeRecord> trades = new ArrayList<>();
        for (Attempt attempt : attempts) {
            if (attempt.trade.instrument() == next.instrument()) {
                if (attempt.after == null) {
                    return new Done(next.until(trades.isEmpty() ? next.from().trade() : trades.getLast().number()), listing.terms().orElse(null), trades);
                }
                trades.add(attempt.after);
            }
        }
        return new Done(next, listing.terms().orElse(null), trades);
    }

    private void tell(List<Position> changed) {
        changed.forEach(positions::put);
        positions.flush();
    }

    // ---- the ledger ------------------------------------------------------------------------------------------------------

    /** A trade that is brought a step further. */
    private static final class Attempt {
        private final Listing listing;
        private final TradeRecord trade;
        private final List<Correction> corrections;
        private List<Transfer> group = List.of();
        /** What it is then; null as long as that is not known. */
        private TradeRecord after;

        Attempt(Listing listing, TradeRecord trade, List<Correction> corrections) {
            this.listing = listing;
            this.trade = trade;
            this.corrections = corrections;
        }

        TradeBookings bookings() {
            return Settler.bookings(listing, trade, corrections);
        }
    }

    static TradeBookings bookings(Listing listing, TradeRecord trade, List<Correction> corrections) {
        return new TradeBookings(listing.terms().orElse(null), new TradeBookings.Trade(trade.number(), listing.symbol() + ' ' + trade.number(),
                trade.buyer(), trade.seller(), trade.made(), corrections, trade.deferred(), trade.postedRevision()));
    }

    /** Brings trades to the ledger, or posts what was set aside for them. */
    private void attempt(List<Attempt> attempts) throws InterruptedException {
        Set<Long> parties = new HashSet<>();
        attempts.forEach(attempt -> parties.addAll(List.of(attempt.trade.buyer(), attempt.trade.seller())));
        Map<Long, TradingAccount> known = accounts.find(parties);
        attempts.forEach(attempt -> prepare(attempt, known));
        if (!provide(attempts, known)) {
            return;
        }
        List<Refusal> refusals = run.book(attempts.stream().map(attempt -> attempt.group).toList());
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            if (attempt.after == null && (refusals.get(i) == null || !refusals.get(i).retryable())) {
                attempt.after = after(attempt.trade, refusals.get(i));
            }
        }
    }

    private void prepare(Attempt attempt, Map<Long, TradingAccount> known) {
        String reason = !known.containsKey(attempt.trade.buyer()) || !known.containsKey(attempt.trade.seller()) ? "UNKNOWN_ACCOUNT"
                : attempt.listing.terms().isEmpty() ? "UNKNOWN_CURRENCY" : null;
        if (reason == null) {
            try {
                attempt.group = attempt.trade.setAside() ? attempt.bookings().post() : attempt.bookings().first();
            } catch (ArithmeticException tooLarge) {
                reason = Refusal.AMOUNT_TOO_LARGE.name();
            }
        }
        if (reason != null) {
            attempt.after = attempt.trade.with(TradeStatus.NOT_SETTLED, reason);
        }
    }

    private static TradeRecord after(TradeRecord trade, Refusal refusal) {
        if (refusal != null) {
            return trade.with(TradeStatus.FAILED, refusal.name());
        }
        if (trade.setAside()) {
            return trade.asPosted();
        }
        return trade.deferred() ? trade.asSetAside() : trade.with(TradeStatus.SETTLED, null);
    }

    /** Opens the ledger accounts that the trades need; what is refused for good is told by the transfers that need it. */
    private boolean provide(List<Attempt> attempts, Map<Long, TradingAccount> known) throws InterruptedException {
        Set<Need> needs = new HashSet<>();
        for (Attempt attempt : attempts) {
            if (attempt.after == null) {
                SettlementTerms terms = attempt.listing.terms().orElse(null);
                for (long party : new long[] {attempt.trade.buyer(), attempt.trade.seller()}) {
                    for (Currency currency : List.of(terms.unit(), terms.money())) {
                        needs.add(new Need(known.get(party), currency));
                    }
                }
            }
        }
        try {
            return accounts.provide(needs).get(PATIENCE_SECONDS, TimeUnit.SECONDS).stream().noneMatch(refused -> refused.code().retryable());
        } catch (ExecutionException | TimeoutException unanswered) {
            return false;
        }
    }

    // ---- trades that are there -------------------------------------------------------------------------------------------

    private boolean settleWaiting(Map<Long, Listing> books) throws SQLException, InterruptedException {
        LocalDate today = day.today();
        List<TradeRecord> waiting = trades.waiting(books.keySet(), today, MOST_TRADES);
        if (waiting.isEmpty()) {
            return false;
        }
        List<Attempt> attempts = new ArrayList<>();
        List<Moved> moved = new ArrayList<>();
        for (TradeRecord trade : waiting) {
            Listing listing = books.get(trade.instrument());
            if (trade.setAside() && trade.due().isAfter(today)) {
                moved.add(new Moved(trade, trade.with(TradeStatus.PENDING, null), listing.terms().orElse(null)));
            } else {
                attempts.add(new Attempt(listing, trade, trades.corrections(trade)));
            }
        }
        attempt(attempts);
        attempts.stream().filter(attempt -> attempt.after != null)
                .forEach(attempt -> moved.add(new Moved(attempt.trade, attempt.after, attempt.listing.terms().orElse(null))));
        List<Position> changed = store.recordMoved(moved);
        moved.forEach(one -> meters.count(one.after().status()));
        tell(changed);
        // There may be more of them, or what was set aside just now is due already.
        return !moved.isEmpty();
    }

    // ---- busts and corrections -------------------------------------------------------------------------------------------

    private void revise(Map<Long, Listing> books) throws SQLException, InterruptedException {
        List<TradeRevision> open = trades.openRevisions(books.keySet(), MOST_REVISIONS);
        for (TradeRevision revision : open) {
            Listing listing = books.get(revision.instrument());
            TradeRecord trade = trades.find(revision.instrument(), revision.number()).orElseThrow();
            revise(listing, trade, revision);
        }
    }

    private void revise(Listing listing, TradeRecord trade, TradeRevision revision) throws SQLException, InterruptedException {
        if (trade.status() == TradeStatus.QUEUED) {
            // First it has to be known whether the ledger has it.
            return;
        }
        boolean booked = trade.status() == TradeStatus.SETTLED || trade.status() == TradeStatus.PENDING
                || trade.status() == TradeStatus.FAILED && trade.setAside();
        if (!booked && !revision.busts()) {
            store.recordRefused(revision, AdjustmentRefusal.TRADE_NOT_BOOKED.name());
            return;
        }
        List<Transfer> group = List.of();
        if (booked) {
            try {
                TradeBookings bookings = bookings(listing, trade, trades.corrections(trade));
                // Beyond the numbers that ids can have there are only busts, of which all but this one were refused: its ids are free.
                int number = Math.min(revision.revision(), TradeTransferIds.MAX_REVISION);
                group = revision.busts() ? bookings.bust(number) : bookings.correct(number, revision.values());
            } catch (ArithmeticException tooLarge) {
                store.recordRefused(revision, Refusal.AMOUNT_TOO_LARGE.name());
                return;
            }
        }
        Refusal refusal = run.book(List.of(group)).getFirst();
        if (refusal != null) {
            if (!refusal.retryable()) {
                store.recordRefused(revision, refusal.name());
            }
            return;
        }
        TradeRecord after = trade.revised(revision.revision(), revision.values(), revision.busts() ? TradeStatus.BUSTED : trade.status());
        tell(store.recordRevised(revision, trade, after, listing.terms().orElse(null)));
        meters.count(after.status());
    }
}
