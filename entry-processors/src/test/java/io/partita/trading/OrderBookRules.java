package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of docs/trading.md, one by one, for every kind of book. */
abstract class OrderBookRules {

    private static final long A = 1;
    private static final long B = 2;

    private final Command command = new Command();
    private final List<Seen> all = new ArrayList<>();
    private OrderBook book;
    private List<Seen> last = List.of();
    private long time;

    abstract OrderBook book(Instrument rules);

    @BeforeEach
    void open() {
        open(Instrument.simple(1));
    }

    private void open(Instrument rules) {
        book = book(rules);
        all.clear();
        phase(TradingPhase.PRE_OPEN);
        phase(TradingPhase.CONTINUOUS);
    }

    private void openInCall(Instrument rules) {
        book = book(rules);
        phase(TradingPhase.OPENING_AUCTION);
    }

    private List<Seen> send(Command next) {
        last = Seen.apply(book, next.at(++time));
        all.addAll(last);
        return last;
    }

    private void phase(TradingPhase next) {
        send(command.phase(next, 0));
    }

    private void buy(long id, long price, long quantity) {
        send(command.limit(id, A, Side.BUY, price, quantity));
    }

    private void sell(long id, long price, long quantity) {
        send(command.limit(id, B, Side.SELL, price, quantity));
    }

    private Command order(long id, Side side, OrderType type, TimeInForce in, long price, long quantity) {
        return command.newOrder(id, side == Side.BUY ? A : B, side, type, in, price, quantity);
    }

    private Command limitBuy(long id, long price, long quantity) {
        return command.limit(id, A, Side.BUY, price, quantity);
    }

    private Command limitSell(long id, long price, long quantity) {
        return command.limit(id, B, Side.SELL, price, quantity);
    }

    /** The trades of the last command, as "buyer-or-taker with other quantity@price" of the first party of each. */
    private List<String> trades() {
        return last.stream().filter(report -> report.execType() == ExecType.TRADE && report.liquidity() != Liquidity.MAKER)
                .filter(report -> report.liquidity() == Liquidity.TAKER || report.side() == Side.BUY)
                .map(report -> report.orderId() + " with " + report.contraOrderId() + " " + report.lastQuantity() + "@" + report.lastPrice())
                .toList();
    }

    private List<String> kinds() {
        return last.stream().map(report -> report.execType() + (report.reason() == Reason.NONE ? "" : " " + report.reason())
                + (report.orderId() == 0 ? "" : " " + report.orderId())).toList();
    }

    private Reason reject() {
        assertThat(last).hasSize(1);
        assertThat(last.getFirst().execType()).isEqualTo(ExecType.REJECTED);
        return last.getFirst().reason();
    }

    private String depth(Side side) {
        long[] levels = new long[10];
        int count = book.depth(side, levels);
        List<String> text = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            text.add(levels[2 * i + 1] + "@" + levels[2 * i]);
        }
        return String.join(" ", text);
    }

    // ------------------------------------------------------------------------------------------------------------------ limits

    @Test
    void a_limit_order_takes_the_best_price_first_and_at_a_price_the_first_that_came() {
        sell(1, 102, 10);
        sell(2, 101, 10);
        sell(3, 101, 10);
        buy(4, 102, 25);
        assertThat(trades()).containsExactly("4 with 2 10@101", "4 with 3 10@101", "4 with 1 5@102");
        assertThat(depth(Side.SELL)).isEqualTo("5@102");
        assertThat(book.lastPrice()).isEqualTo(102);
    }

    @Test
    void what_is_left_of_a_limit_order_rests() {
        sell(1, 100, 4);
        buy(2, 100, 10);
        assertThat(trades()).containsExactly("2 with 1 4@100");
        assertThat(depth(Side.BUY)).isEqualTo("6@100");
        assertThat(last.get(1).leaves()).isEqualTo(6);
        assertThat(last.get(2)).returns(0L, Seen::leaves).returns(4L, Seen::filled).returns(Liquidity.MAKER, Seen::liquidity);
    }

    @Test
    void reports_are_numbered_without_a_gap_and_both_parties_have_the_same_trade() {
        sell(1, 100, 4);
        buy(2, 100, 4);
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).sequence()).isEqualTo(i + 1 + (all.getFirst().sequence() - 1));
        }
        assertThat(last.get(1).tradeId()).isEqualTo(last.get(2).tradeId()).isEqualTo(1);
    }

    @Test
    void a_market_order_sweeps_the_book_and_its_rest_is_cancelled() {
        sell(1, 101, 10);
        sell(2, 150, 10);
        send(command.market(3, A, Side.BUY, 25));
        assertThat(trades()).containsExactly("3 with 1 10@101", "3 with 2 10@150");
        assertThat(kinds()).endsWith("CANCELED NO_LIQUIDITY 3");
        assertThat(book.size()).isZero();
    }

    @Test
    void immediate_or_cancel_takes_what_there_is() {
        sell(1, 101, 10);
        send(order(2, Side.BUY, OrderType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL, 101, 25));
        assertThat(trades()).containsExactly("2 with 1 10@101");
        assertThat(kinds()).endsWith("CANCELED NOT_FILLED_AT_ONCE 2");
    }

    @Test
    void fill_or_kill_takes_all_or_nothing() {
        sell(1, 101, 10);
        sell(2, 102, 10);
        send(order(3, Side.BUY, OrderType.LIMIT, TimeInForce.FILL_OR_KILL, 101, 15));
        assertThat(kinds()).containsExactly("NEW 3", "CANCELED NOT_FILLED_AT_ONCE 3");
        send(order(4, Side.BUY, OrderType.LIMIT, TimeInForce.FILL_OR_KILL, 102, 15));
        assertThat(trades()).containsExactly("4 with 1 10@101", "4 with 2 5@102");
    }

    @Test
    void market_to_limit_takes_the_best_price_and_rests_there() {
        sell(1, 101, 10);
        sell(2, 102, 10);
        send(order(3, Side.BUY, OrderType.MARKET_TO_LIMIT, TimeInForce.DAY, 0, 15));
        assertThat(trades()).containsExactly("3 with 1 10@101");
        assertThat(kinds()).endsWith("RESTATED 3");
        assertThat(depth(Side.BUY)).isEqualTo("5@101");
        send(order(4, Side.SELL, OrderType.MARKET_TO_LIMIT, TimeInForce.DAY, 0, 5));
        send(order(5, Side.SELL, OrderType.MARKET_TO_LIMIT, TimeInForce.DAY, 0, 5));
        assertThat(kinds()).containsExactly("NEW 5", "CANCELED NO_LIQUIDITY 5");
    }

    @Test
    void post_only_is_rejected_where_it_would_take() {
        sell(1, 101, 10);
        send(limitBuy(2, 101, 5).postOnly());
        assertThat(reject()).isEqualTo(Reason.POST_ONLY_WOULD_TAKE);
        send(limitBuy(2, 100, 5).postOnly());
        assertThat(depth(Side.BUY)).isEqualTo("5@100");
        send(command.replace(2, A, 101, 0));
        assertThat(reject()).isEqualTo(Reason.POST_ONLY_WOULD_TAKE);
        assertThat(depth(Side.BUY)).isEqualTo("5@100");
    }

    // ------------------------------------------------------------------------------------------------------- seen and not seen

    @Test
    void an_iceberg_shows_its_tip_and_goes_behind_others_with_the_next() {
        send(limitSell(1, 101, 30).display(10));
        sell(2, 101, 10);
        assertThat(depth(Side.SELL)).isEqualTo("20@101");
        buy(3, 101, 15);
        assertThat(trades()).containsExactly("3 with 1 10@101", "3 with 2 5@101");
        assertThat(depth(Side.SELL)).isEqualTo("15@101");
        buy(4, 101, 20);
        assertThat(trades()).containsExactly("4 with 2 5@101", "4 with 1 10@101", "4 with 1 5@101");
        assertThat(depth(Side.SELL)).isEqualTo("5@101");
    }

    @Test
    void a_hidden_order_is_not_shown_and_comes_after_those_that_are() {
        send(limitSell(1, 101, 10).hidden());
        sell(2, 101, 10);
        assertThat(depth(Side.SELL)).isEqualTo("10@101");
        buy(3, 101, 15);
        assertThat(trades()).containsExactly("3 with 2 10@101", "3 with 1 5@101");
        assertThat(depth(Side.SELL)).isEmpty();
        assertThat(book.size()).isEqualTo(1);
    }

    // ------------------------------------------------------------------------------------------------------------------- stops

    @Test
    void a_stop_becomes_a_market_order_when_the_last_price_reaches_it() {
        send(order(1, Side.BUY, OrderType.STOP, TimeInForce.DAY, 0, 5).stop(102));
        sell(2, 102, 3);
        sell(3, 105, 10);
        assertThat(book.size()).isEqualTo(3);
        buy(4, 102, 1);
        assertThat(kinds()).contains("TRIGGERED 1");
        assertThat(trades()).containsExactly("4 with 2 1@102", "1 with 2 2@102", "1 with 3 3@105");
    }

    @Test
    void a_stop_limit_goes_no_further_than_its_limit() {
        send(order(1, Side.BUY, OrderType.STOP_LIMIT, TimeInForce.DAY, 103, 5).stop(102));
        sell(2, 102, 3);
        sell(3, 105, 10);
        buy(4, 102, 1);
        assertThat(trades()).containsExactly("4 with 2 1@102", "1 with 2 2@102");
        assertThat(depth(Side.BUY)).isEqualTo("3@103");
    }

    @Test
    void stops_set_off_further_stops() {
        buy(1, 100, 1);
        buy(2, 99, 1);
        buy(3, 98, 1);
        send(order(4, Side.SELL, OrderType.STOP, TimeInForce.DAY, 0, 1).stop(100));
        send(order(5, Side.SELL, OrderType.STOP, TimeInForce.DAY, 0, 1).stop(99));
        sell(6, 100, 1);
        assertThat(trades()).containsExactly("6 with 1 1@100", "4 with 2 1@99", "5 with 3 1@98");
    }

    @Test
    void a_stop_that_is_reached_already_is_triggered_at_once() {
        trade(100);
        sell(3, 101, 5);
        send(order(4, Side.BUY, OrderType.STOP, TimeInForce.DAY, 0, 5).stop(99));
        assertThat(kinds()).startsWith("NEW 4", "TRIGGERED 4");
        assertThat(trades()).containsExactly("4 with 3 5@101");
    }

    @Test
    void a_trailing_stop_follows_the_last_price_and_never_goes_back() {
        trade(100);
        send(order(10, Side.SELL, OrderType.TRAILING_STOP, TimeInForce.DAY, 0, 5).offset(3));
        trade(105);
        trade(103);
        assertThat(book.size()).isEqualTo(1);
        buy(11, 90, 5);
        trade(102);
        assertThat(trades()).contains("10 with 11 5@90");
    }

    @Test
    void a_trailing_stop_needs_something_to_trail_from() {
        send(order(1, Side.SELL, OrderType.TRAILING_STOP, TimeInForce.DAY, 0, 5).offset(3));
        assertThat(reject()).isEqualTo(Reason.NO_REFERENCE_PRICE);
    }

    private void trade(long price) {
        sell(1000 + time, price, 1);
        buy(1000 + time, price, 1);
    }

    // ------------------------------------------------------------------------------------------------------------------ pegged

    @Test
    void a_pegged_order_follows_its_side_at_a_distance_and_is_not_shown() {
        buy(1, 100, 10);
        send(order(2, Side.BUY, OrderType.PEGGED, TimeInForce.DAY, 0, 7).peg(PegReference.PRIMARY).offset(1));
        assertThat(depth(Side.BUY)).isEqualTo("10@100");
        buy(3, 103, 1);
        assertThat(kinds()).contains("RESTATED 2");
        send(command.market(4, B, Side.SELL, 2));
        assertThat(trades()).containsExactly("4 with 3 1@103", "4 with 2 1@102");
    }

    @Test
    void orders_pegged_to_the_middle_trade_there() {
        buy(1, 100, 10);
        sell(2, 104, 10);
        send(order(3, Side.BUY, OrderType.PEGGED, TimeInForce.DAY, 0, 5).peg(PegReference.MID));
        send(order(4, Side.SELL, OrderType.PEGGED, TimeInForce.DAY, 0, 8).peg(PegReference.MID));
        assertThat(trades()).containsExactly("4 with 3 5@102");
    }

    @Test
    void a_pegged_order_does_not_go_beyond_its_cap() {
        buy(1, 100, 10);
        send(order(2, Side.BUY, OrderType.PEGGED, TimeInForce.DAY, 101, 5).peg(PegReference.PRIMARY));
        buy(3, 105, 1);
        send(command.cancel(3, A));
        buy(4, 103, 1);
        send(command.market(5, B, Side.SELL, 2));
        assertThat(trades()).containsExactly("5 with 4 1@103", "5 with 2 1@101");
    }

    // -------------------------------------------------------------------------------------------------------------- conditions

    @Test
    void all_or_none_waits_beside_the_book_until_it_can_be_filled() {
        sell(1, 100, 5);
        send(limitBuy(2, 100, 8).allOrNone());
        assertThat(trades()).isEmpty();
        assertThat(depth(Side.BUY)).isEmpty();
        sell(3, 100, 3);
        assertThat(trades()).containsExactly("2 with 1 5@100", "2 with 3 3@100");
    }

    @Test
    void one_order_that_is_large_enough_fills_one_that_waits() {
        send(limitBuy(1, 100, 8).allOrNone());
        send(order(2, Side.SELL, OrderType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL, 99, 10));
        assertThat(trades()).containsExactly("2 with 1 8@100");
    }

    @Test
    void a_minimum_quantity_is_for_the_first_execution() {
        sell(1, 100, 5);
        send(limitBuy(2, 100, 20).minimum(8));
        assertThat(trades()).isEmpty();
        sell(3, 100, 4);
        assertThat(trades()).containsExactly("2 with 1 5@100", "2 with 3 4@100");
        assertThat(depth(Side.BUY)).isEqualTo("11@100");
        sell(4, 100, 1);
        assertThat(trades()).containsExactly("4 with 2 1@100");
    }

    // ------------------------------------------------------------------------------------------------------ replace and cancel

    @Test
    void a_smaller_quantity_keeps_the_place_and_a_larger_one_loses_it() {
        sell(1, 100, 10);
        sell(2, 100, 10);
        send(command.replace(1, B, 0, 6));
        assertThat(depth(Side.SELL)).isEqualTo("16@100");
        buy(3, 100, 2);
        assertThat(trades()).containsExactly("3 with 1 2@100");
        send(command.replace(1, B, 0, 12));
        buy(4, 100, 11);
        assertThat(trades()).containsExactly("4 with 2 10@100", "4 with 1 1@100");
        assertThat(last.getLast()).returns(12L, Seen::quantity).returns(3L, Seen::filled).returns(9L, Seen::leaves);
    }

    @Test
    void a_new_price_can_trade_at_once() {
        sell(1, 105, 10);
        buy(2, 100, 4);
        send(command.replace(1, B, 100, 0));
        assertThat(kinds()).startsWith("REPLACED 1");
        assertThat(trades()).containsExactly("1 with 2 4@100");
        assertThat(depth(Side.SELL)).isEqualTo("6@100");
    }

    @Test
    void a_replace_that_cannot_be_done_changes_nothing() {
        sell(1, 105, 10);
        buy(2, 105, 4);
        send(command.replace(1, B, 0, 4));
        assertThat(reject()).isEqualTo(Reason.QUANTITY_BELOW_FILLED);
        send(command.replace(2, A, 0, 9));
        assertThat(reject()).isEqualTo(Reason.UNKNOWN_ORDER);
        send(command.replace(1, A, 0, 9));
        assertThat(reject()).isEqualTo(Reason.NOT_OWNER);
        send(command.replace(1, B, 20_000_000, 9));
        assertThat(reject()).isEqualTo(Reason.INVALID_PRICE);
        assertThat(depth(Side.SELL)).isEqualTo("6@105");
    }

    @Test
    void only_the_owner_cancels_a_live_order() {
        sell(1, 105, 10);
        send(command.cancel(1, A));
        assertThat(reject()).isEqualTo(Reason.NOT_OWNER);
        send(command.cancel(1, B));
        assertThat(kinds()).containsExactly("CANCELED REQUESTED 1");
        assertThat(last.getFirst()).returns(10L, Seen::quantity).returns(0L, Seen::leaves);
        send(command.cancel(1, B));
        assertThat(reject()).isEqualTo(Reason.UNKNOWN_ORDER);
    }

    @Test
    void a_mass_cancel_takes_all_of_a_participant_and_a_disconnect_those_that_asked_for_it() {
        send(limitBuy(1, 100, 1).by(7, 70));
        send(limitBuy(2, 101, 1).by(7, 71).cancelOnDisconnect());
        send(limitBuy(3, 102, 1).by(8, 71));
        send(order(4, Side.SELL, OrderType.STOP, TimeInForce.DAY, 0, 5).stop(50).by(7, 71));
        send(command.disconnected(71));
        assertThat(kinds()).containsExactly("CANCELED MASS_CANCEL 2", "MASS_CANCEL_DONE");
        send(command.massCancel(0, 7, 0));
        assertThat(kinds()).containsExactly("CANCELED MASS_CANCEL 1", "CANCELED MASS_CANCEL 4", "MASS_CANCEL_DONE");
        assertThat(last.getLast().lastQuantity()).isEqualTo(2);
        assertThat(book.size()).isEqualTo(1);
    }

    // ----------------------------------------------------------------------------------------------------- self-trade prevention

    @ParameterizedTest
    @CsvSource({
        "CANCEL_NEWEST, 'NEW 9,CANCELED SELF_TRADE 9', 10@100 10@101, ''",
        "CANCEL_OLDEST, 'NEW 9,CANCELED SELF_TRADE 1,TRADE 9,TRADE 2', 6@101, ''",
        "CANCEL_BOTH, 'NEW 9,CANCELED SELF_TRADE 1,CANCELED SELF_TRADE 9', 10@101, ''",
        "DECREMENT, 'NEW 9,CANCELED SELF_TRADE 1,RESTATED SELF_TRADE 9,TRADE 9,TRADE 2', 6@101, ''",
        "NONE, 'NEW 9,TRADE 9,TRADE 1,TRADE 9,TRADE 2', 6@101, ''"})
    void the_incoming_order_says_how_it_meets_its_own_participant(SelfTradePrevention how, String expected, String offers, String bids) {
        send(limitSell(1, 100, 10).by(5, 0));
        send(limitSell(2, 101, 10).by(6, 0));
        long quantity = how == SelfTradePrevention.CANCEL_OLDEST ? 4 : 14;
        send(limitBuy(9, 101, quantity).by(5, 0).prevent(how));
        assertThat(String.join(",", kinds())).isEqualTo(expected);
        assertThat(depth(Side.SELL)).isEqualTo(offers);
        assertThat(depth(Side.BUY)).isEqualTo(bids);
    }

    // --------------------------------------------------------------------------------------------------------- quotes and crosses

    @Test
    void a_quote_replaces_both_sides_at_once_and_keeps_the_place_of_what_only_gets_smaller() {
        send(command.quote(1, 2, A, 99, 10, 101, 10));
        buy(3, 99, 10);
        send(command.quote(1, 2, A, 99, 5, 102, 10));
        assertThat(kinds()).containsExactly("REPLACED 1", "REPLACED 2");
        assertThat(depth(Side.BUY) + " " + depth(Side.SELL)).isEqualTo("15@99 10@102");
        sell(4, 99, 6);
        assertThat(trades()).containsExactly("4 with 1 5@99", "4 with 3 1@99");
        send(command.quote(1, 2, A, 98, 5, 0, 0));
        assertThat(kinds()).containsExactly("CANCELED REQUESTED 2", "NEW 1");
    }

    @Test
    void a_bad_quote_leaves_the_good_one_standing() {
        send(command.quote(1, 2, A, 99, 10, 101, 10));
        send(command.quote(1, 2, A, 99, 10, 99, 10));
        assertThat(reject()).isEqualTo(Reason.QUOTE_CROSSED);
        send(command.quote(1, 2, B, 99, 10, 100, 10));
        assertThat(reject()).isEqualTo(Reason.NOT_OWNER);
        assertThat(depth(Side.BUY) + " " + depth(Side.SELL)).isEqualTo("10@99 10@101");
    }

    @Test
    void a_cross_trades_only_between_the_displayed_prices() {
        buy(1, 100, 5);
        sell(2, 103, 5);
        send(command.cross(10, A, 11, B, 103, 50));
        assertThat(reject()).isEqualTo(Reason.CROSS_OUTSIDE_SPREAD);
        send(command.cross(10, A, 11, B, 101, 50));
        assertThat(trades()).containsExactly("10 with 11 50@101");
        assertThat(book.size()).isEqualTo(2);
        assertThat(book.lastPrice()).isEqualTo(101);
    }

    // -------------------------------------------------------------------------------------------------------------------- auctions

    @Test
    void an_auction_takes_the_price_of_the_largest_volume() {
        openInCall(Instrument.simple(1));
        buy(1, 103, 10);
        buy(2, 101, 10);
        sell(3, 100, 15);
        sell(4, 102, 10);
        assertThat(book.indicativePrice()).isEqualTo(101);
        assertThat(book.indicativeQuantity()).isEqualTo(15);
        phase(TradingPhase.CONTINUOUS);
        assertThat(trades()).containsExactly("1 with 3 10@101", "2 with 3 5@101");
        assertThat(last.getLast()).returns(101L, Seen::lastPrice).returns(15L, Seen::lastQuantity);
        assertThat(book.referencePrice()).isEqualTo(101);
    }

    @Test
    void of_equal_volumes_the_smaller_imbalance_and_then_the_nearer_to_the_reference_wins() {
        openInCall(Instrument.simple(1));
        buy(1, 105, 10);
        sell(2, 100, 10);
        send(command.reference(103));
        assertThat(book.indicativePrice()).isEqualTo(103);
        send(command.reference(110));
        assertThat(book.indicativePrice()).isEqualTo(105);
        buy(3, 102, 5);
        assertThat(book.indicativePrice()).isEqualTo(105);
        sell(4, 104, 3);
        send(command.reference(101));
        assertThat(book.indicativePrice()).as("at 100 to 102 five are left over, at 104 and 105 three").isEqualTo(104);
    }

    @Test
    void market_orders_come_first_in_an_auction_and_what_is_left_of_them_is_cancelled() {
        openInCall(Instrument.simple(1));
        send(command.market(1, A, Side.BUY, 10));
        buy(2, 105, 5);
        sell(3, 100, 8);
        phase(TradingPhase.CONTINUOUS);
        assertThat(trades()).containsExactly("1 with 3 8@105");
        assertThat(kinds()).contains("CANCELED NOT_FILLED_IN_AUCTION 1");
        assertThat(depth(Side.BUY)).isEqualTo("5@105");
    }

    @Test
    void orders_for_the_opening_end_with_it_and_those_for_the_close_wait_for_it() {
        book = book(Instrument.simple(1));
        phase(TradingPhase.PRE_OPEN);
        send(order(1, Side.BUY, OrderType.LIMIT, TimeInForce.AT_THE_OPENING, 100, 5));
        send(order(2, Side.BUY, OrderType.MARKET, TimeInForce.AT_THE_CLOSE, 0, 5));
        phase(TradingPhase.CONTINUOUS);
        assertThat(kinds()).contains("EXPIRED NOT_FILLED_IN_AUCTION 1");
        sell(3, 100, 5);
        assertThat(trades()).isEmpty();
        send(order(4, Side.BUY, OrderType.LIMIT, TimeInForce.AT_THE_OPENING, 100, 5));
        assertThat(reject()).isEqualTo(Reason.TIME_IN_FORCE_NOT_IN_PHASE);
        phase(TradingPhase.CLOSING_AUCTION);
        phase(TradingPhase.CLOSED);
        assertThat(trades()).containsExactly("2 with 3 5@100");
    }

    @Test
    void closing_ends_day_orders_and_keeps_the_others() {
        buy(1, 100, 5);
        send(order(2, Side.BUY, OrderType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, 99, 5));
        phase(TradingPhase.CLOSED);
        assertThat(kinds()).containsExactly("EXPIRED END_OF_SESSION 1", "TRADING_STATUS");
        assertThat(depth(Side.BUY)).isEqualTo("5@99");
        buy(3, 100, 5);
        assertThat(reject()).isEqualTo(Reason.WRONG_PHASE);
        send(command.cancel(2, A));
        assertThat(kinds()).containsExactly("CANCELED REQUESTED 2");
    }

    @Test
    void a_dated_order_ends_when_its_time_comes() {
        send(order(1, Side.BUY, OrderType.LIMIT, TimeInForce.GOOD_TILL_DATE, 100, 5).expires(1_000));
        assertThat(Seen.apply(book, command.tick().at(999))).isEmpty();
        assertThat(Seen.apply(book, command.tick().at(1_000))).singleElement().returns(ExecType.EXPIRED, Seen::execType)
                .returns(Reason.EXPIRE_TIME_REACHED, Seen::reason);
    }

    // ------------------------------------------------------------------------------------------------------------ circuit breakers

    @Test
    void a_price_out_of_its_band_halts_trading_and_reopens_it_by_auction() {
        open(Instrument.simple(1).withBand(500, 1_000));
        trade(100);
        sell(1, 104, 5);
        sell(2, 110, 5);
        buy(3, 120, 12);
        assertThat(trades()).containsExactly("3 with 1 5@104");
        assertThat(book.phase()).isEqualTo(TradingPhase.VOLATILITY_AUCTION);
        sell(4, 112, 4);
        assertThat(trades()).isEmpty();
        last = Seen.apply(book, command.tick().at(time + 2_000));
        assertThat(book.phase()).isEqualTo(TradingPhase.CONTINUOUS);
        assertThat(trades()).containsExactly("3 with 2 5@112", "3 with 4 2@112");
    }

    @Test
    void a_halt_takes_only_cancels_and_ends_in_an_auction() {
        open(Instrument.simple(1).withBand(500, 1_000));
        buy(1, 100, 5);
        send(command.phase(TradingPhase.HALT, 10_000));
        sell(2, 100, 5);
        assertThat(reject()).isEqualTo(Reason.WRONG_PHASE);
        send(command.replace(1, A, 99, 0));
        assertThat(reject()).isEqualTo(Reason.WRONG_PHASE);
        Seen.apply(book, command.tick().at(10_500));
        assertThat(book.phase()).isEqualTo(TradingPhase.VOLATILITY_AUCTION);
        Seen.apply(book, command.tick().at(11_000));
        assertThat(book.phase()).isEqualTo(TradingPhase.CONTINUOUS);
        assertThat(depth(Side.BUY)).isEqualTo("5@100");
    }

    // ---------------------------------------------------------------------------------------------------------------- bad commands

    @Test
    void every_bad_order_has_its_own_reject_and_changes_nothing() {
        open(Instrument.simple(1).withSteps(StepTable.of(5), StepTable.of(10)).withCollar(1_000));
        send(command.reference(100));
        send(command.reference(0));
        assertThat(reject()).isEqualTo(Reason.INVALID_PRICE);
        rejects(limitBuy(0, 100, 10), Reason.INVALID_ORDER_ID);
        rejects(command.limit(1, 0, Side.BUY, 100, 10), Reason.INVALID_ACCOUNT);
        rejects(limitBuy(1, 101, 10), Reason.OFF_TICK);
        rejects(limitBuy(1, 0, 10), Reason.INVALID_PRICE);
        rejects(limitBuy(1, Long.MAX_VALUE, 10), Reason.INVALID_PRICE);
        rejects(limitBuy(1, 100, 15), Reason.ODD_LOT);
        rejects(limitBuy(1, 100, Long.MIN_VALUE), Reason.INVALID_QUANTITY);
        rejects(limitBuy(1, 115, 10), Reason.PRICE_OUTSIDE_COLLAR);
        rejects(limitSell(1, 85, 10), Reason.PRICE_OUTSIDE_COLLAR);
        rejects(limitBuy(1, 100, 20).display(30), Reason.INVALID_DISPLAY_QUANTITY);
        rejects(limitBuy(1, 100, 20).minimum(30), Reason.INVALID_MINIMUM_QUANTITY);
        rejects(limitBuy(1, 100, 20).hidden().display(10), Reason.INVALID_COMBINATION);
        rejects(order(1, Side.BUY, OrderType.MARKET, TimeInForce.DAY, 100, 10), Reason.PRICE_NOT_ALLOWED);
        rejects(order(1, Side.BUY, OrderType.STOP, TimeInForce.DAY, 0, 10), Reason.INVALID_STOP_PRICE);
        rejects(order(1, Side.BUY, OrderType.TRAILING_STOP, TimeInForce.DAY, 0, 10), Reason.INVALID_OFFSET);
        rejects(order(1, Side.BUY, OrderType.LIMIT, TimeInForce.GOOD_TILL_DATE, 100, 10), Reason.INVALID_EXPIRE_TIME);
        rejects(command.phase(TradingPhase.PRE_OPEN, 0), Reason.INVALID_TRANSITION);
        send(limitBuy(1, 50, 10));
        rejects(limitBuy(1, 100, 10), Reason.DUPLICATE_ORDER_ID);
        assertThat(depth(Side.BUY)).isEqualTo("10@50");
    }

    private void rejects(Command bad, Reason reason) {
        send(bad);
        assertThat(reject()).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource(TimeInForce.class)
    void an_order_that_cannot_rest_is_rejected_in_a_call(TimeInForce in) {
        openInCall(Instrument.simple(1));
        if (in.immediate()) {
            rejects(order(1, Side.BUY, OrderType.LIMIT, in, 100, 10), Reason.TIME_IN_FORCE_NOT_IN_PHASE);
        } else {
            send(order(1, Side.BUY, OrderType.LIMIT, in, 100, 10).expires(in == TimeInForce.GOOD_TILL_DATE ? 1 << 20 : 0));
            assertThat(kinds()).containsExactly("NEW 1");
        }
    }

    // ------------------------------------------------------------------------------------------------------------------------ fees

    @Test
    void the_taker_pays_and_the_maker_is_paid() {
        open(Instrument.simple(1).withFees(new Fees(-200, 300, 0, 0)));
        sell(1, 10_000, 7);
        buy(2, 10_000, 7);
        assertThat(last.stream().map(Seen::fee)).containsExactly(0L, 21L, -14L);
        sell(3, 33, 7);
        buy(4, 33, 7);
        assertThat(last.stream().map(Seen::fee)).as("a fee is rounded up, a rebate down").containsExactly(0L, 1L, 0L);
        assertThat(Arrays.stream(Liquidity.values()).map(role -> new Fees(1, 2, 3, 4).of(role, 1_000_000, 1))).containsExactly(0L, 1L, 2L, 3L, 4L);
    }
}
