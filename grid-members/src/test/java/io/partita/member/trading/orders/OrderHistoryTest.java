package io.partita.member.trading.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.testing.TestDatabase;
import io.partita.member.trading.Listing;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.Instrument;
import io.partita.trading.Liquidity;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.settlement.TradingAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OrderHistoryTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Listing LISTING = new Listing("ACME", "EUR", 2, Instrument.simple(1));

    private final OrderHistory history = new OrderHistory(Jdbi.create(DATABASE.dataSource()));

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private static Execution report(long sequence, ExecType type, Reason reason, long order, long account, long leaves) {
        return new Execution(sequence, 1_000 + sequence, 100 + sequence, type, reason, order, account, 0, 0, Side.BUY, 500, 10, leaves, 0, 0, 0, 0, 0,
                Liquidity.NONE, 0, TradingPhase.CONTINUOUS, 0);
    }

    private String order(long number) {
        OrderHistory.OrderRow row = history.order(1, number).orElseThrow();
        return row.account() + " " + row.status() + " " + row.leaves();
    }

    @Test
    void a_trade_whose_amount_is_out_of_range_is_kept_and_what_comes_after_it_too() {
        Listing whole = new Listing("WHOLE", "EUR", 0, Instrument.simple(2));
        assertThat(history.reported(2)).isZero();
        Execution huge = new Execution(1, 1_001, 101, ExecType.TRADE, Reason.NONE, 5, 7, 0, 0, Side.BUY, 1L << 30, 1L << 32, 0, 1L << 32, 1L << 30, 1L << 32, 1, 0,
                Liquidity.TAKER, 0, TradingPhase.CONTINUOUS, 0);
        Execution usual = new Execution(2, 1_002, 102, ExecType.TRADE, Reason.NONE, 6, 8, 0, 0, Side.SELL, 3, 10, 0, 10, 3, 10, 2, 0, Liquidity.MAKER, 0,
                TradingPhase.CONTINUOUS, 0);
        assertThat(history.take(whole, 0, 2, List.of(huge, usual))).isTrue();
        RiskTables tables = new RiskTables(Jdbi.create(DATABASE.dataSource()));
        assertThat(tables.read(new TradingAccount(7, 1, "NORTH", "Ada", false)).traded().get(2L).fits()).isFalse();
        assertThat(tables.read(new TradingAccount(8, 1, "NORTH", "Bob", false)).traded()).containsExactly(Map.entry(2L, new RiskTables.Traded(3_000, -10)));
    }

    @Test
    void what_an_account_traded_is_the_sum_of_all_its_trades_however_many_are_taken_together() {
        Listing often = new Listing("OFTEN", "EUR", 0, Instrument.simple(3));
        List<Execution> trades = new ArrayList<>();
        for (int i = 1; i <= 11; i++) {
            trades.add(trade(i, 21 + i % 2, i % 3 == 0 ? Side.SELL : Side.BUY, i));
        }
        assertThat(history.reported(3)).isZero();
        assertThat(history.take(often, 0, 7, trades.subList(0, 7))).isTrue();
        assertThat(history.take(often, 7, 11, trades.subList(7, 11))).isTrue();
        RiskTables tables = new RiskTables(Jdbi.create(DATABASE.dataSource()));
        for (long account : List.of(21L, 22L)) {
            long units = trades.stream().filter(trade -> trade.account() == account).mapToLong(trade -> trade.side() == Side.BUY ? trade.lastQuantity() : -trade.lastQuantity()).sum();
            assertThat(tables.read(new TradingAccount(account, 1, "NORTH", "Ada", false)).traded()).as("of " + account)
                    .containsExactly(Map.entry(3L, new RiskTables.Traded(-300 * units, units)));
        }
    }

    private static Execution trade(long sequence, long account, Side side, long quantity) {
        return new Execution(sequence, 1_000 + sequence, 100 + sequence, ExecType.TRADE, Reason.NONE, 30 + sequence, account, 0, 0, side, 3, quantity, 0, quantity, 3, quantity,
                sequence, 0, Liquidity.TAKER, 0, TradingPhase.CONTINUOUS, 0);
    }

    @Test
    void an_order_is_changed_by_reports_about_its_own_account_only() {
        assertThat(history.reported(1)).isZero();
        // The quote of one account named the order of another, of which nothing is kept yet.
        List<Execution> reports = List.of(report(1, ExecType.REJECTED, Reason.QUOTE_CROSSED, 5, 8, 0), report(2, ExecType.REPLACED, Reason.NONE, 5, 7, 10),
                report(3, ExecType.NEW, Reason.NONE, 6, 7, 10), report(4, ExecType.CANCELED, Reason.REQUESTED, 6, 7, 0));
        assertThat(history.take(LISTING, 0, 4, reports)).isTrue();
        assertThat(order(5)).isEqualTo("8 REJECTED 0");
        assertThat(order(6)).isEqualTo("7 CANCELED 0");
        assertThat(history.executions(1, 5, 10)).as("everything that was reported is there").hasSize(2);
        assertThat(history.take(LISTING, 0, 4, reports)).as("once").isFalse();
    }
}
