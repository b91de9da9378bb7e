package io.partita.trading.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.Command;
import io.partita.trading.Execution;
import io.partita.trading.Fees;
import io.partita.trading.Instrument;
import io.partita.trading.OrderType;
import io.partita.trading.PegReference;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingPhase;
import io.partita.trading.book.PriceTimeBook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each rule of pre-trade risk. The account has 1,000.00 EUR and 50 units of instrument 7, whose last price is 10.00. */
class AccountRiskTest {

    private static final TradedInstrument INSTRUMENT = new TradedInstrument(Instrument.simple(7), "EUR", 2);
    private static final long REFERENCE = 1_000;
    private long ids;

    private static AccountRisk account(RiskLimits limits) {
        return account(limits, Switches.OFF);
    }

    private static AccountRisk account(RiskLimits limits, Switches switches) {
        AccountRisk risk = new AccountRisk();
        risk.rebase(new AccountBasis(limits, switches, Map.of("EUR", 100_000L), Map.of(7L, 50L),
                List.of(new AccountBasis.Traded(INSTRUMENT, 0, 0, REFERENCE, 0, List.of()))));
        return risk;
    }

    private Command buy(long price, long quantity) {
        return new Command().limit(0, 1, Side.BUY, price, quantity).id(++ids);
    }

    private Command sell(long price, long quantity) {
        return new Command().limit(0, 1, Side.SELL, price, quantity).id(++ids);
    }

    private static RiskRefusal refusal(AccountRisk risk, OrderRequest request) {
        return switch (risk.reserve(request, INSTRUMENT, REFERENCE)) {
            case RiskAnswer.Refused refused -> refused.code();
            case RiskAnswer.Reserved _, RiskAnswer.Heard _ -> null;
        };
    }

    private static RiskRefusal refusal(AccountRisk risk, Command command) {
        return refusal(risk, OrderRequest.of(command));
    }

    @Test
    void cash_and_holdings_are_used_up_to_the_last_cent_and_unit() {
        AccountRisk risk = account(RiskLimits.NONE);
        assertThat(refusal(risk, buy(1_000, 101))).isEqualTo(RiskRefusal.INSUFFICIENT_BUYING_POWER);
        assertThat(refusal(risk, buy(1_000, 100))).isNull();
        assertThat(refusal(risk, buy(1, 1))).isEqualTo(RiskRefusal.INSUFFICIENT_BUYING_POWER);
        assertThat(refusal(risk, sell(1_000, 51))).isEqualTo(RiskRefusal.INSUFFICIENT_HOLDINGS);
        assertThat(refusal(risk, sell(1_000, 50))).isNull();
        assertThat(refusal(risk, sell(1_000, 1))).isEqualTo(RiskRefusal.INSUFFICIENT_HOLDINGS);
    }

    @Test
    void credit_is_what_cash_may_fall_below_zero() {
        AccountRisk risk = account(RiskLimits.NONE.withCredit(50_000));
        assertThat(refusal(risk, buy(1_000, 151))).isEqualTo(RiskRefusal.CREDIT_LIMIT);
        assertThat(refusal(risk, buy(1_000, 150))).isNull();
    }

    @Test
    void a_short_sale_is_said_located_allowed_and_limited() {
        OrderRequest located = new OrderRequest(sell(1_000, 60), true, true, false);
        assertThat(refusal(account(RiskLimits.NONE), located)).isEqualTo(RiskRefusal.SHORT_SALE_NOT_ALLOWED);
        AccountRisk risk = account(RiskLimits.NONE.withPosition(0, 10));
        assertThat(refusal(risk, sell(1_000, 60))).isEqualTo(RiskRefusal.INSUFFICIENT_HOLDINGS);
        assertThat(refusal(risk, new OrderRequest(sell(1_000, 60), true, false, false))).isEqualTo(RiskRefusal.LOCATE_REQUIRED);
        assertThat(refusal(risk, new OrderRequest(sell(1_000, 61), true, true, false))).isEqualTo(RiskRefusal.POSITION_LIMIT);
        assertThat(refusal(risk, located)).isNull();
    }

    @Test
    void positions_count_all_open_orders() {
        AccountRisk risk = account(RiskLimits.NONE.withPosition(60, 0));
        assertThat(refusal(risk, buy(1_000, 6))).isNull();
        assertThat(refusal(risk, buy(1_000, 5))).isEqualTo(RiskRefusal.POSITION_LIMIT);
        assertThat(refusal(risk, buy(1_000, 4))).isNull();
    }

    @Test
    void one_instrument_may_be_so_much_of_the_accounts_worth() {
        // 1,000.00 and 50 times 10.00: 1,500.00; six tenths of it are 90 units.
        AccountRisk risk = account(RiskLimits.NONE.withConcentration(6_000));
        assertThat(refusal(risk, buy(900, 41))).isEqualTo(RiskRefusal.CONCENTRATION_LIMIT);
        assertThat(refusal(risk, buy(900, 40))).isNull();
    }

    @Test
    void fat_fingers_are_noticed_by_price_size_and_amount() {
        AccountRisk risk = account(RiskLimits.NONE.withOrder(500, 40, 30_000));
        assertThat(refusal(risk, buy(1_051, 1))).isEqualTo(RiskRefusal.FAT_FINGER_PRICE);
        assertThat(refusal(risk, sell(949, 1))).isEqualTo(RiskRefusal.FAT_FINGER_PRICE);
        assertThat(refusal(risk, sell(1, 41))).isEqualTo(RiskRefusal.FAT_FINGER_QUANTITY);
        assertThat(refusal(risk, buy(1_050, 29))).isEqualTo(RiskRefusal.FAT_FINGER_NOTIONAL);
        assertThat(refusal(risk, buy(1_050, 1))).isNull();
        assertThat(refusal(risk, buy(1, 1))).as("away from the market").isNull();
    }

    @Test
    void the_rate_is_counted_in_each_second_of_the_commands_time() {
        AccountRisk risk = account(RiskLimits.NONE.withRate(2));
        assertThat(refusal(risk, buy(1, 1).at(5_100_000_000L))).isNull();
        assertThat(refusal(risk, buy(1, 1).at(5_900_000_000L))).isNull();
        assertThat(refusal(risk, buy(1, 1).at(5_999_999_999L))).isEqualTo(RiskRefusal.ORDER_RATE);
        assertThat(refusal(risk, buy(1, 1).at(4_000_000_000L))).as("time does not run backwards").isEqualTo(RiskRefusal.ORDER_RATE);
        assertThat(refusal(risk, buy(1, 1).at(6_000_000_000L))).isNull();
    }

    @Test
    void switches_and_restrictions_stop_everything_but_what_closes_a_position() {
        assertThat(refusal(account(RiskLimits.NONE.withRestricted(new TreeSet<>(Set.of(7L)))), buy(1, 1))).isEqualTo(RiskRefusal.RESTRICTED);
        assertThat(refusal(account(RiskLimits.NONE, Switches.of(false, true, Set.of())), buy(1, 1))).isEqualTo(RiskRefusal.KILLED_FIRM);
        assertThat(refusal(account(RiskLimits.NONE, Switches.of(false, false, Set.of(7L))), buy(1, 1))).isEqualTo(RiskRefusal.KILLED_INSTRUMENT);
        AccountRisk risk = account(RiskLimits.NONE, Switches.of(true, false, Set.of()));
        assertThat(refusal(risk, sell(1_000, 1))).isEqualTo(RiskRefusal.KILLED_ACCOUNT);
        assertThat(refusal(risk, new OrderRequest(buy(1, 1), false, false, true))).isEqualTo(RiskRefusal.NOT_CLOSING);
        assertThat(refusal(risk, new OrderRequest(sell(1_000, 51), false, false, true))).isEqualTo(RiskRefusal.NOT_CLOSING);
        assertThat(refusal(risk, new OrderRequest(sell(1_000, 50), false, false, true))).isNull();
    }

    @Test
    void where_a_limit_of_risk_is_broken_positions_get_smaller_and_no_larger() throws IOException {
        AccountRisk risk = account(RiskLimits.NONE, new Switches(false, false, true, new TreeSet<>()));
        assertThat(refusal(risk, buy(1, 1))).isEqualTo(RiskRefusal.RISK_LIMIT);
        assertThat(refusal(risk, sell(1_000, 51))).isEqualTo(RiskRefusal.RISK_LIMIT);
        assertThat(refusal(risk, new OrderRequest(sell(1_000, 51), false, false, true))).isEqualTo(RiskRefusal.NOT_CLOSING);
        assertThat(refusal(risk, sell(1_000, 50))).isNull();
        assertThat(refusal(risk, sell(1_000, 1))).as("with what is open").isEqualTo(RiskRefusal.RISK_LIMIT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        risk.write(new DataOutputStream(bytes));
        AccountRisk elsewhere = AccountRisk.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(refusal(elsewhere, buy(1, 1))).as("on another member").isEqualTo(RiskRefusal.RISK_LIMIT);
        elsewhere.switches(Switches.OFF);
        assertThat(refusal(elsewhere, buy(1, 1))).isNull();
    }

    @Test
    void an_order_without_a_limit_is_bounded_or_refused() {
        AccountRisk risk = account(RiskLimits.NONE);
        Command market = new Command().market(0, 1, Side.BUY, 10).id(++ids);
        assertThat(risk.reserve(OrderRequest.of(market), INSTRUMENT, REFERENCE)).isEqualTo(new RiskAnswer.Reserved(market.id(), 1_100, false));
        assertThat(risk.reserve(OrderRequest.of(market), INSTRUMENT, 500)).as("a repeat").isEqualTo(new RiskAnswer.Reserved(market.id(), 1_100, true));
        assertThat(risk.cash().getFirst().reserved()).isEqualTo(11_000);
        Command stop = new Command().newOrder(0, 1, Side.BUY, OrderType.STOP, TimeInForce.DAY, 0, 1).stop(2_000).id(++ids);
        assertThat(risk.reserve(OrderRequest.of(stop), INSTRUMENT, REFERENCE)).isEqualTo(new RiskAnswer.Reserved(stop.id(), 2_200, false));
        Command pegged = new Command().newOrder(0, 1, Side.BUY, OrderType.PEGGED, TimeInForce.DAY, 0, 1).peg(PegReference.MID).id(++ids);
        assertThat(risk.reserve(OrderRequest.of(pegged), INSTRUMENT, REFERENCE)).isEqualTo(new RiskAnswer.Reserved(pegged.id(), 1_100, false));
        Command trailing = new Command().newOrder(0, 1, Side.BUY, OrderType.TRAILING_STOP, TimeInForce.DAY, 0, 1).offset(5).id(++ids);
        assertThat(refusal(risk, trailing)).isEqualTo(RiskRefusal.PRICE_NOT_BOUNDED);
        assertThat(risk.reserve(OrderRequest.of(new Command().market(0, 1, Side.BUY, 1).id(++ids)), INSTRUMENT, 0))
                .isEqualTo(new RiskAnswer.Refused(ids, RiskRefusal.NO_REFERENCE_PRICE));
        assertThat(refusal(risk, new Command().market(0, 1, Side.SELL, 50).id(++ids))).isNull();
    }

    @Test
    void a_bounded_order_is_refused_by_the_book_for_what_it_would_have_been_without_its_bound() {
        PriceTimeBook book = new PriceTimeBook(INSTRUMENT.rules());
        List<Execution> reports = new ArrayList<>();
        book.apply(new Command().phase(TradingPhase.PRE_OPEN, 0), report -> { });
        book.apply(new Command().phase(TradingPhase.CONTINUOUS, 0), report -> { });
        book.apply(new Command().limit(1, 2, Side.SELL, 1_000, 5), report -> { });
        Command postOnly = new Command().market(2, 1, Side.BUY, 5).postOnly().id(++ids);
        book.apply(Bounded.by(1_100, postOnly).numbered(2, 0), report -> reports.add(Execution.of(report)));
        book.apply(postOnly, report -> reports.add(Execution.of(report)));
        assertThat(reports).extracting(Execution::reason).containsExactly(Reason.INVALID_COMBINATION, Reason.INVALID_COMBINATION);
    }

    @Test
    void the_same_id_with_other_content_is_refused() {
        AccountRisk risk = account(RiskLimits.NONE);
        Command order = buy(1_000, 10);
        assertThat(refusal(risk, order)).isNull();
        assertThat(refusal(risk, new Command().limit(0, 1, Side.BUY, 1_000, 11).id(order.id()))).isEqualTo(RiskRefusal.ID_REUSED);
    }

    @Test
    void an_amount_that_does_not_fit_is_refused_and_nothing_is_changed() {
        TradedInstrument large = new TradedInstrument(new Instrument(8, INSTRUMENT.rules().ticks(), INSTRUMENT.rules().lots(), 1L << 31, 1L << 31,
                0, 0, 0, new Fees(0, 1_000_000, 0, 0)), "EUR", 0);
        AccountRisk risk = account(RiskLimits.NONE);
        Command order = new Command().limit(0, 1, Side.BUY, 1L << 31, 1L << 31).id(++ids);
        assertThat(risk.reserve(OrderRequest.of(order), large, 0)).isEqualTo(new RiskAnswer.Refused(order.id(), RiskRefusal.AMOUNT_TOO_LARGE));
        assertThat(risk.positions()).hasSize(1);
    }

    @Test
    void an_instrument_in_a_currency_that_is_none_is_not_traded_and_what_comes_there_by_another_way_is_nobodys() {
        TradedInstrument odd = new TradedInstrument(Instrument.simple(9), "QQQ", 2);
        AccountRisk risk = account(RiskLimits.MARGIN);
        for (Command order : List.of(buy(1_000, 1), sell(1_000, 1), buy(0, 0))) {
            assertThat(risk.reserve(new OrderRequest(order, true, true, false), odd, REFERENCE))
                    .isEqualTo(new RiskAnswer.Refused(order.id(), RiskRefusal.INSTRUMENT_NOT_TRADABLE));
        }
        PriceTimeBook book = new PriceTimeBook(odd.rules());
        for (Command command : List.of(new Command().phase(TradingPhase.PRE_OPEN, 0), new Command().phase(TradingPhase.CONTINUOUS, 0),
                sell(1_000, 5).numbered(1, 0), buy(1_000, 3).numbered(2, 0))) {
            book.apply(command, report -> risk.apply(odd, Execution.of(report)));
        }
        assertThat(book.lastPrice()).isEqualTo(1_000);
        assertThat(risk.orders()).isEmpty();
        assertThat(risk.positions()).hasSize(1);
    }

    @Test
    void what_no_book_takes_reserves_nothing_and_is_the_books_to_reject() {
        AccountRisk risk = account(RiskLimits.NONE);
        assertThat(refusal(risk, buy(0, 10))).isNull();
        assertThat(refusal(risk, buy(-5, 10))).isNull();
        assertThat(refusal(risk, buy(5, -10))).isNull();
        assertThat(risk.cash().getFirst().reserved()).isZero();
        assertThat(risk.underWay()).hasSize(3);
    }

    @Test
    void what_never_reached_the_book_is_given_back() {
        AccountRisk risk = account(RiskLimits.NONE);
        Command lost = buy(1_000, 10);
        assertThat(refusal(risk, lost)).isNull();
        assertThat(risk.cash().getFirst().reserved()).isEqualTo(10_000);
        risk.answered(lost.id());
        assertThat(risk.cash().getFirst().reserved()).isZero();
        assertThat(risk.underWay()).isEmpty();
    }

    @Test
    void an_account_that_is_made_anew_reserves_for_what_is_open_and_what_is_under_way() {
        AccountRisk risk = account(RiskLimits.NONE);
        Command open = buy(1_000, 10);
        Command underWay = buy(900, 5);
        assertThat(refusal(risk, open)).isNull();
        assertThat(refusal(risk, underWay)).isNull();
        PriceTimeBook book = new PriceTimeBook(INSTRUMENT.rules());
        List<Execution> reports = new ArrayList<>();
        book.apply(new Command().phase(TradingPhase.PRE_OPEN, 0), report -> reports.add(Execution.of(report)));
        book.apply(open.numbered(1, 0), report -> reports.add(Execution.of(report)));
        reports.forEach(report -> risk.apply(INSTRUMENT, report));
        risk.rebase(new AccountBasis(RiskLimits.NONE, Switches.OFF, Map.of("EUR", 100_000L), Map.of(), List.of(new AccountBasis.Traded(INSTRUMENT, 0, 0,
                REFERENCE, reports.getLast().sequence(), List.of(new AccountBasis.Live(1, Side.BUY, 1_000, 10, 0))))));
        assertThat(risk.cash().getFirst().reserved()).isEqualTo(10_000 + 4_500);
        assertThat(risk.underWay()).extracting(UnderWay::commandId).containsExactly(underWay.id());
    }

    @Test
    void what_the_book_has_not_had_is_reserved_for_once_more_when_it_is_repeated() {
        AccountRisk risk = account(RiskLimits.NONE.withRate(1));
        Command order = buy(1_000, 100);
        assertThat(refusal(risk, order)).isNull();
        assertThat(refusal(risk, order)).as("a second call with it").isNull();
        assertThat(risk.withdrawn(order.id())).as("the other is still on its way").isFalse();
        assertThat(risk.cash().getFirst().reserved()).isEqualTo(100_000);
        assertThat(risk.openIn()).containsExactly(7);
        assertThat(risk.withdrawn(order.id())).isTrue();
        assertThat(risk.cash().getFirst().reserved()).isZero();
        assertThat(risk.openIn()).isEmpty();
        assertThat(refusal(risk, order)).as("it does not count twice for the rate").isNull();
        assertThat(risk.cash().getFirst().reserved()).isEqualTo(100_000);
    }

    @Test
    void what_was_traded_and_is_out_of_range_stops_the_account() {
        AccountRisk risk = new AccountRisk();
        risk.rebase(new AccountBasis(RiskLimits.NONE, Switches.OFF, Map.of("EUR", Long.MAX_VALUE), Map.of(),
                List.of(new AccountBasis.Traded(INSTRUMENT, 1, 0, REFERENCE, 0, List.of()))));
        assertThat(refusal(risk, buy(1_000, 1))).isEqualTo(RiskRefusal.AMOUNT_TOO_LARGE);
        risk.rebase(new AccountBasis(RiskLimits.NONE, Switches.OFF, Map.of("EUR", 100_000L), Map.of(), List.of(), List.of(), true));
        assertThat(refusal(risk, buy(1_000, 1))).isEqualTo(RiskRefusal.AMOUNT_TOO_LARGE);
    }

    @Test
    void a_first_order_under_way_stays_reserved_for_when_the_account_is_made_anew_and_no_book_has_heard_of_it() {
        AccountRisk risk = account(RiskLimits.NONE);
        TradedInstrument other = new TradedInstrument(Instrument.simple(8), "EUR", 2);
        Command first = buy(900, 5);
        assertThat(risk.reserve(OrderRequest.of(first), other, REFERENCE)).isInstanceOf(RiskAnswer.Reserved.class);
        risk.rebase(new AccountBasis(RiskLimits.NONE, Switches.OFF, Map.of("EUR", 100_000L), Map.of(), List.of()));
        assertThat(risk.cash().getFirst().reserved()).isEqualTo(4_500);
        assertThat(risk.underWay()).containsExactly(new UnderWay(first.id(), 8));
        risk.answered(first.id());
        assertThat(risk.cash().getFirst().reserved()).isZero();
    }

    @Test
    void books_of_one_security_share_holdings_limits_and_restrictions_each_in_ticks_of_its_own() throws IOException {
        TradedInstrument finer = new TradedInstrument(Instrument.simple(8), "EUR", 3, 0, 7);
        AccountRisk risk = account(RiskLimits.NONE.withPosition(60, 0));
        assertThat(refusal(risk, sell(1_000, 30))).isNull();
        Command rest = sell(10_000, 21);
        assertThat(risk.reserve(OrderRequest.of(rest), finer, 10_000)).isEqualTo(new RiskAnswer.Refused(rest.id(), RiskRefusal.INSUFFICIENT_HOLDINGS));
        assertThat(risk.reserve(OrderRequest.of(sell(10_000, 20)), finer, 10_000)).isInstanceOf(RiskAnswer.Reserved.class);
        assertThat(refusal(risk, sell(1_000, 1))).isEqualTo(RiskRefusal.INSUFFICIENT_HOLDINGS);
        assertThat(risk.reserve(OrderRequest.of(buy(10_000, 10)), finer, 10_000)).isInstanceOf(RiskAnswer.Reserved.class);
        assertThat(risk.cash().getFirst().reserved()).as("ten at 10.000").isEqualTo(10_000);
        assertThat(refusal(risk, buy(1_000, 1))).as("fifty are held, and ten more on order in the other book").isEqualTo(RiskRefusal.POSITION_LIMIT);
        assertThat(risk.positions()).as("the last price was seen in the other book").containsExactly(new PositionView(7, 50, 10, 50, 8, 10_000));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        risk.write(new DataOutputStream(bytes));
        AccountRisk copy = AccountRisk.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(copy.positions()).isEqualTo(risk.positions());
        assertThat(copy.reserve(OrderRequest.of(sell(10_000, 1)), finer, 10_000)).isInstanceOf(RiskAnswer.Refused.class);
        AccountRisk restricted = account(RiskLimits.NONE.withRestricted(new TreeSet<>(Set.of(7L))));
        Command other = buy(10_000, 1);
        assertThat(restricted.reserve(OrderRequest.of(other), finer, 10_000)).isEqualTo(new RiskAnswer.Refused(other.id(), RiskRefusal.RESTRICTED));
    }
}
