package io.partita.member.trading.settlement;

import io.partita.ledger.LedgerGateway;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.member.trading.Listing;
import io.partita.member.trading.settlement.SettlementStore.Done;
import io.partita.member.trading.settlement.SettlementStore.Mark;
import io.partita.member.trading.settlement.SettlementStore.Moved;
import io.partita.member.trading.settlement.SettlementStore.Next;
import io.partita.member.trading.settlement.TradingAccounts.Need;
import io.partita.money.Currency;
import io.partita.positions.Position;
import io.partita.trading.settlement.Deal;
import io.partita.trading.settlement.SettlementTerms;
import io.partita.trading.settlement.TradeBookings;
import io.partita.trading.settlement.TradeBookings.Correction;
import io.partita.trading.settlement.TradeStatus;
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
 * <li>trades that are asked for once more, and those whose settlement day has come;
 * <li>busts and corrections.
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
    private final LedgerGateway ledger;
    private final SettlementDay day;
    private final PositionMap positions;
    private final SettlementMeters meters;
    private final LedgerRun run;
    /** Up to where the trades of this member's books are done. */
    private final Map<Long, Mark> marks = new LinkedHashMap<>();

    Settler(SettlementStore store, TradeQueries trades, TradingAccounts accounts, LedgerGateway ledger, SettlementDay day, PositionMap positions,
            SettlementMeters meters, LedgerRun run) {
        this.store = store;
        this.trades = trades;
        this.accounts = accounts;
        this.ledger = ledger;
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
        more |= settleWaiting(books);
        return more | revise(books);
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
            attempts.add(new Attempt(listing, TradeRecord.of(one.instrument(), deal, listing.settlementDays()), List.of()));
        }));
        if (!attempt(attempts)) {
            return false;
        }
        Map<Long, Done> round = new LinkedHashMap<>();
        next.forEach(one -> round.put(one.instrument(), new Done(one, SettlementDay.terms(books.get(one.instrument())), new ArrayList<>())));
        attempts.forEach(attempt -> round.get(attempt.trade.instrument()).trades().add(attempt.after));
        List<Position> changed = store.recordNew(List.copyOf(round.values()));
        attempts.forEach(attempt -> meters.count(attempt.after.status()));
        tell(changed);
        for (Next one : next) {
            // To the end, so that the next round begins with another book.
            marks.remove(one.instrument());
            marks.put(one.instrument(), one.to());
        }
        return true;
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
        return new TradeBookings(SettlementDay.terms(listing), new TradeBookings.Trade(trade.number(), listing.symbol() + ' ' + trade.number(),
                trade.buyer(), trade.seller(), trade.made(), corrections, trade.deferred(), trade.postedRevision()));
    }

    /** Brings trades to the ledger, or posts what was set aside for them; false if it was abandoned. */
    private boolean attempt(List<Attempt> attempts) throws InterruptedException {
        Set<Long> parties = new HashSet<>();
        attempts.forEach(attempt -> parties.addAll(List.of(attempt.trade.buyer(), attempt.trade.seller())));
        Map<Long, TradingAccount> known = accounts.find(parties);
        attempts.forEach(attempt -> prepare(attempt, known));
        if (!provide(attempts, known)) {
            return false;
        }
        List<Refusal> refusals = run.book(attempts.stream().map(attempt -> attempt.group).toList());
        if (refusals == null) {
            return false;
        }
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            if (attempt.after == null) {
                attempt.after = after(attempt.trade, refusals.get(i));
            }
        }
        return true;
    }

    private void prepare(Attempt attempt, Map<Long, TradingAccount> known) {
        String reason = !known.containsKey(attempt.trade.buyer()) || !known.containsKey(attempt.trade.seller()) ? "UNKNOWN_ACCOUNT"
                : SettlementDay.terms(attempt.listing) == null ? "UNKNOWN_CURRENCY" : null;
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

    /** Opens the ledger accounts that the trades need, as long as it takes; what is refused for good is told by the transfers that need it. */
    private boolean provide(List<Attempt> attempts, Map<Long, TradingAccount> known) throws InterruptedException {
        Set<Need> needs = new HashSet<>();
        for (Attempt attempt : attempts) {
            if (attempt.after == null) {
                SettlementTerms terms = SettlementDay.terms(attempt.listing);
                for (long party : new long[] {attempt.trade.buyer(), attempt.trade.seller()}) {
                    for (Currency currency : List.of(terms.unit(), terms.money())) {
                        needs.add(new Need(known.get(party), currency));
                    }
                }
            }
        }
        while (!run.isAbandoned()) {
            try {
                List<LedgerResult.Refused> refused = accounts.provide(needs).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (refused.stream().noneMatch(one -> one.code().retryable())) {
                    return true;
                }
            } catch (ExecutionException | TimeoutException unanswered) {
                // Again, as for a passing reason.
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return false;
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
                moved.add(new Moved(trade, trade.with(TradeStatus.PENDING, null), SettlementDay.terms(listing)));
            } else {
                attempts.add(new Attempt(listing, trade, trades.corrections(trade)));
            }
        }
        if (!attempt(attempts)) {
            return false;
        }
        attempts.forEach(attempt -> moved.add(new Moved(attempt.trade, attempt.after, SettlementDay.terms(attempt.listing))));
        List<Position> changed = store.recordMoved(moved);
        moved.forEach(one -> meters.count(one.after().status()));
        tell(changed);
        return waiting.size() == MOST_TRADES || moved.stream().anyMatch(one -> one.after().status() == TradeStatus.PENDING);
    }

    // ---- busts and corrections -------------------------------------------------------------------------------------------

    private boolean revise(Map<Long, Listing> books) throws SQLException, InterruptedException {
        List<TradeRevision> open = trades.openRevisions(books.keySet(), MOST_REVISIONS);
        for (TradeRevision revision : open) {
            Listing listing = books.get(revision.instrument());
            TradeRecord trade = trades.find(revision.instrument(), revision.number()).orElseThrow();
            if (!revise(listing, trade, revision)) {
                return false;
            }
        }
        return open.size() == MOST_REVISIONS;
    }

    private boolean revise(Listing listing, TradeRecord trade, TradeRevision revision) throws SQLException, InterruptedException {
        boolean booked = trade.status() == TradeStatus.SETTLED || trade.status() == TradeStatus.PENDING
                || trade.status() == TradeStatus.FAILED && trade.setAside();
        if (!booked && !revision.busts()) {
            store.recordRefused(revision, AdjustmentRefusal.TRADE_NOT_BOOKED.name());
            return true;
        }
        List<Transfer> group = List.of();
        if (booked) {
            try {
                TradeBookings bookings = bookings(listing, trade, trades.corrections(trade));
                group = revision.busts() ? bookings.bust(revision.revision()) : bookings.correct(revision.revision(), revision.values());
            } catch (ArithmeticException tooLarge) {
                store.recordRefused(revision, Refusal.AMOUNT_TOO_LARGE.name());
                return true;
            }
        }
        List<Refusal> refusals = run.book(List.of(group));
        if (refusals == null) {
            return false;
        }
        if (refusals.getFirst() != null) {
            store.recordRefused(revision, refusals.getFirst().name());
            return true;
        }
        TradeRecord after = trade.revised(revision.revision(), revision.values(), revision.busts() ? TradeStatus.BUSTED : trade.status());
        tell(store.recordRevised(revision, trade, after, SettlementDay.terms(listing)));
        meters.count(after.status());
        return true;
    }
}
