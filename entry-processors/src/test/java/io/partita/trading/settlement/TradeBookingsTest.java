package io.partita.trading.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.ledger.Transfer;
import io.partita.money.Currency;
import io.partita.trading.settlement.SettlementTerms.Values;
import io.partita.trading.settlement.TradeBookings.Correction;
import io.partita.trading.settlement.TradeBookings.Trade;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TradeBookingsTest {

    private static final Currency EUR = Currency.of("EUR");
    private static final Currency UNIT = Currency.unit(4);
    private static final SettlementTerms TERMS = new SettlementTerms(UNIT, EUR, 3);

    /** A ledger in the plainest form: what was moved, what is set aside, and which ids were used. */
    private static final class NaiveLedger {
        private final Map<UUID, Transfer> booked = new HashMap<>();
        private final Map<UUID, Transfer> pending = new HashMap<>();
        private final Set<UUID> used = new HashSet<>();
        private final Map<Long, Long> balances = new HashMap<>();

        void book(List<Transfer> group) {
            for (Transfer transfer : group) {
                assertThat(used.add(transfer.id())).as("an id for each transfer").isTrue();
                switch (transfer.kind()) {
                    case POSTED -> move(transfer.id(), transfer);
                    case PENDING -> pending.put(transfer.id(), transfer);
                    case POST_PENDING -> move(transfer.id(), known(pending.remove(transfer.relatesTo())));
                    case VOID_PENDING -> known(pending.remove(transfer.relatesTo()));
                    case REVERSAL -> {
                        Transfer original = known(booked.remove(transfer.relatesTo()));
                        balances.merge(original.debitAccount(), original.amount().minor(), Long::sum);
                        balances.merge(original.creditAccount(), -original.amount().minor(), Long::sum);
                    }
                    default -> throw new AssertionError(transfer.kind());
                }
            }
        }

        private static Transfer known(Transfer transfer) {
            assertThat(transfer).as("the transfer that it relates to").isNotNull();
            return transfer;
        }

        private void move(UUID id, Transfer transfer) {
            booked.put(id, transfer);
            balances.merge(transfer.debitAccount(), -transfer.amount().minor(), Long::sum);
            balances.merge(transfer.creditAccount(), transfer.amount().minor(), Long::sum);
        }
    }

    @Test
    void whatever_is_corrected_posted_and_undone_the_ledger_has_the_trade_as_it_stands() {
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            NaiveLedger ledger = new NaiveLedger();
            boolean deferred = random.nextBoolean();
            long buyer = 1 + random.nextInt(3);
            long seller = 1 + random.nextInt(3);
            Trade trade = new Trade(1 + random.nextInt(1_000), "X 1", buyer, seller, values(random), List.of(), deferred, -1);
            ledger.book(new TradeBookings(TERMS, trade).first());
            int revision = 0;
            for (int i = random.nextInt(6); i > 0; i--) {
                if (deferred && trade.postedRevision() < 0 && random.nextInt(3) == 0) {
                    ledger.book(new TradeBookings(TERMS, trade).post());
                    trade = new Trade(trade.number(), "X 1", buyer, seller, trade.values(), trade.corrections(), true, revision);
                } else {
                    // Some numbers are of revisions that were refused.
                    revision += 1 + random.nextInt(2);
                    Values values = random.nextInt(4) == 0 ? new Values(trade.valuesNow().price(), 1 + random.nextInt(50), 0, 0) : values(random);
                    ledger.book(new TradeBookings(TERMS, trade).correct(revision, values));
                    List<Correction> corrections = new ArrayList<>(trade.corrections());
                    corrections.add(new Correction(revision, values));
                    trade = new Trade(trade.number(), "X 1", buyer, seller, trade.values(), corrections, deferred, trade.postedRevision());
                }
                check(ledger, trade, "seed " + seed);
            }
            if (random.nextBoolean()) {
                ledger.book(new TradeBookings(TERMS, trade).bust(revision + 1));
                assertThat(ledger.balances.values()).as("seed %s", seed).allMatch(balance -> balance == 0);
                assertThat(ledger.booked).isEmpty();
                assertThat(ledger.pending).isEmpty();
            }
        }
    }

    private static Values values(Random random) {
        return new Values(1 + random.nextInt(3_000), 1 + random.nextInt(50), random.nextInt(400) - 100, random.nextInt(400) - 100);
    }

    private static void check(NaiveLedger ledger, Trade trade, String seed) {
        boolean setAside = trade.deferred() && trade.postedRevision() < 0;
        Map<Long, Long> expected = new HashMap<>();
        Values values = trade.valuesNow();
        if (trade.buyer() != trade.seller()) {
            expected(expected, LedgerAccounts.of(trade.seller(), UNIT), LedgerAccounts.of(trade.buyer(), UNIT), values.quantity());
            expected(expected, LedgerAccounts.of(trade.buyer(), EUR), LedgerAccounts.of(trade.seller(), EUR),
                    cents(values.price() * values.quantity(), RoundingMode.HALF_UP));
        }
        expected(expected, LedgerAccounts.of(trade.buyer(), EUR), LedgerAccounts.fees(EUR), cents(values.buyerFee(), RoundingMode.CEILING));
        expected(expected, LedgerAccounts.of(trade.seller(), EUR), LedgerAccounts.fees(EUR), cents(values.sellerFee(), RoundingMode.CEILING));
        Map<Long, Long> actual = new HashMap<>(ledger.balances);
        if (setAside) {
            assertThat(ledger.booked).as(seed).isEmpty();
            ledger.pending.values().forEach(transfer -> expected(actual, transfer.debitAccount(), transfer.creditAccount(), transfer.amount().minor()));
        } else {
            assertThat(ledger.pending).as(seed).isEmpty();
        }
        expected.values().removeIf(amount -> amount == 0);
        actual.values().removeIf(amount -> amount == 0);
        assertThat(actual).as(seed).isEqualTo(expected);
        TradeBookings bookings = new TradeBookings(TERMS, trade);
        Set<UUID> told = new HashSet<>();
        for (Leg.Part part : Leg.Part.values()) {
            if (bookings.transferId(part) != null) {
                told.add(bookings.transferId(part));
            }
        }
        assertThat(told).as(seed).isEqualTo(setAside ? ledger.pending.keySet() : ledger.booked.keySet());
    }

    private static void expected(Map<Long, Long> balances, long from, long to, long amount) {
        balances.merge(from, -amount, Long::sum);
        balances.merge(to, amount, Long::sum);
    }

    /** Thousandths of a euro in cents. */
    private static long cents(long thousandths, RoundingMode rounding) {
        return new BigDecimal(thousandths).divide(BigDecimal.TEN, 0, rounding).longValueExact();
    }

    @Test
    void a_correction_that_changes_nothing_books_nothing() {
        Trade trade = new Trade(1, "X 1", 1, 2, new Values(1_000, 10, 5, 5), List.of(), false, -1);
        assertThat(new TradeBookings(TERMS, trade).correct(1, trade.values())).isEmpty();
        assertThat(new TradeBookings(TERMS, trade).correct(1, new Values(1_001, 10, 5, 5))).as("the shares stay where they are").hasSize(2);
    }

    @Test
    void amounts_that_do_not_fit_are_refused() {
        Trade large = new Trade(1, "X 1", 1, 2, new Values(1L << 40, 1L << 40, 0, 0), List.of(), false, -1);
        assertThatThrownBy(() -> new TradeBookings(TERMS, large)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void ids_say_which_trade_they_are_of_and_no_two_are_equal() {
        Set<UUID> ids = new HashSet<>();
        for (int unit : new int[] {0, 1, Currency.MAX_UNITS - 1}) {
            for (long number : new long[] {1, 2, 4095, 4096, TradeTransferIds.MAX_NUMBER}) {
                for (int revision : new int[] {0, 1, TradeTransferIds.MAX_REVISION}) {
                    for (TradeTransferIds.Step step : TradeTransferIds.Step.values()) {
                        for (Leg.Part part : Leg.Part.values()) {
                            for (int line : new int[] {0, 1, SettlementTerms.MOST_BOOKS - 1}) {
                                UUID id = TradeTransferIds.of(Currency.unit(unit), line, number, revision, step, part);
                                assertThat(ids.add(id)).isTrue();
                                assertThat(id.version()).isEqualTo(8);
                                assertThat(TradeTransferIds.origin(id)).contains(new TradeTransferIds.Origin(unit, line, number));
                                assertThat(id.variant()).isEqualTo(2);
                            }
                        }
                    }
                }
            }
        }
        assertThat(TradeTransferIds.of(Currency.unit(1), 0, 2, 3, TradeTransferIds.Step.BOOK, Leg.Part.CASH)).hasToString("74726164-0001-8000-8000-000000200301");
        assertThat(TradeTransferIds.origin(UUID.fromString("0197f3a0-7c1e-7d3b-9f00-3f4b5c6d7e8f"))).isEmpty();
    }
}
