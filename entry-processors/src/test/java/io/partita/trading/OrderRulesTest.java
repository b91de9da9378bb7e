package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How an order of each kind is taken, stands and trades. */
@ParameterizedClass
@EnumSource(BookScene.Kind.class)
class OrderRulesTest extends BookScene {

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
