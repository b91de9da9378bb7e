package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A book that shows nothing and trades at the middle of the lit ones. */
@ParameterizedClass
@EnumSource(BookScene.Kind.class)
class DarkBookRulesTest extends BookScene {

    @BeforeEach
    void openInTheDark() {
        open(Instrument.simple(1).withMidLife(100));
    }

    private void lit(long bid, long offer) {
        send(command.lit(bid, offer));
    }

    @Test
    void orders_trade_at_the_middle_and_show_nothing() {
        lit(100, 104);
        sell(1, 101, 10);
        assertThat(depth(Side.SELL)).isEmpty();
        buy(2, 110, 4);
        assertThat(trades()).containsExactly("2 with 1 4@102");
        assertThat(last.getLast()).returns(Liquidity.MAKER, Seen::liquidity).returns(6L, Seen::leaves);
        assertThat(depth(Side.BUY) + depth(Side.SELL)).isEmpty();
    }

    @Test
    void nobody_trades_beyond_his_limit_and_the_middle_may_come_to_him() {
        lit(100, 104);
        sell(1, 103, 10);
        buy(2, 105, 10);
        assertThat(trades()).isEmpty();
        lit(102, 104);
        assertThat(trades()).containsExactly("2 with 1 10@103");
        assertThat(book.size()).isZero();
    }

    @Test
    void half_a_tick_goes_to_the_one_who_stood_there() {
        lit(100, 101);
        sell(1, 100, 5);
        buy(2, 101, 5);
        assertThat(trades()).containsExactly("2 with 1 5@101");
        buy(3, 101, 5);
        sell(4, 100, 5);
        assertThat(trades()).containsExactly("4 with 3 5@100");
    }

    @Test
    void half_a_tick_beyond_a_limit_is_beyond_it() {
        lit(100, 101);
        sell(1, 101, 5);
        buy(2, 101, 5);
        assertThat(trades()).isEmpty();
        sell(3, 100, 5);
        assertThat(trades()).containsExactly("3 with 2 5@100");
    }

    @Test
    void the_further_limit_comes_first_and_then_the_one_who_came_first() {
        lit(100, 104);
        buy(1, 102, 5);
        buy(2, 103, 5);
        buy(3, 103, 5);
        sell(4, 90, 12);
        assertThat(trades()).containsExactly("4 with 2 5@102", "4 with 3 5@102", "4 with 1 2@102");
    }

    @Test
    void without_a_middle_or_with_an_old_one_nothing_trades() {
        sell(1, 100, 5);
        buy(2, 110, 5);
        assertThat(book.size()).isEqualTo(2);
        lit(0, 0);
        assertThat(trades()).isEmpty();
        lit(104, 106);
        assertThat(trades()).containsExactly("2 with 1 5@105");
        time += 100;
        sell(3, 100, 5);
        buy(4, 110, 5);
        assertThat(trades()).isEmpty();
        lit(104, 106);
        assertThat(trades()).containsExactly("4 with 3 5@105");
        lit(0, 0);
        sell(5, 100, 5);
        buy(6, 110, 5);
        assertThat(book.size()).isEqualTo(2);
    }

    @Test
    void what_does_not_stay_takes_what_there_is_and_all_or_nothing_is_that() {
        lit(100, 104);
        sell(1, 101, 10);
        send(order(2, Side.BUY, OrderType.LIMIT, TimeInForce.FILL_OR_KILL, 102, 11));
        assertThat(kinds()).containsExactly("NEW 2", "CANCELED NOT_FILLED_AT_ONCE 2");
        send(order(3, Side.BUY, OrderType.LIMIT, TimeInForce.FILL_OR_KILL, 102, 6));
        assertThat(trades()).containsExactly("3 with 1 6@102");
        send(order(4, Side.BUY, OrderType.MARKET, TimeInForce.DAY, 0, 6));
        assertThat(trades()).containsExactly("4 with 1 4@102");
        assertThat(kinds()).endsWith("CANCELED NO_LIQUIDITY 4");
        send(order(5, Side.BUY, OrderType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL, 102, 6));
        assertThat(kinds()).containsExactly("NEW 5", "CANCELED NOT_FILLED_AT_ONCE 5");
        assertThat(book.size()).isZero();
    }

    @Test
    void an_auction_has_no_price_of_its_own() {
        lit(100, 104);
        phase(TradingPhase.VOLATILITY_AUCTION);
        sell(1, 90, 10);
        buy(2, 110, 10);
        assertThat(book.indicativePrice()).isZero();
        phase(TradingPhase.CONTINUOUS);
        assertThat(trades()).containsExactly("2 with 1 10@102");
        phase(TradingPhase.HALT);
        lit(90, 92);
        assertThat(trades()).isEmpty();
    }

    @Test
    void a_participant_does_not_trade_with_itself() {
        lit(100, 104);
        send(limitSell(1, 90, 10).by(7, 0));
        send(limitBuy(2, 110, 4).by(7, 0).prevent(SelfTradePrevention.DECREMENT));
        assertThat(kinds()).containsExactly("NEW 2", "RESTATED SELF_TRADE 1", "CANCELED SELF_TRADE 2");
        send(limitBuy(3, 110, 4).by(7, 0).prevent(SelfTradePrevention.CANCEL_OLDEST));
        assertThat(kinds()).containsExactly("NEW 3", "CANCELED SELF_TRADE 1");
    }

    @Test
    void what_needs_a_market_of_its_own_is_not_taken() {
        lit(100, 104);
        rejects(limitBuy(1, 100, 10).postOnly(), Reason.NOT_IN_THIS_BOOK);
        rejects(limitBuy(1, 100, 10).display(5), Reason.NOT_IN_THIS_BOOK);
        rejects(limitBuy(1, 100, 10).minimum(5), Reason.NOT_IN_THIS_BOOK);
        rejects(order(1, Side.BUY, OrderType.MARKET_TO_LIMIT, TimeInForce.DAY, 0, 10), Reason.NOT_IN_THIS_BOOK);
        rejects(order(1, Side.BUY, OrderType.LIMIT, TimeInForce.AT_THE_CLOSE, 100, 10), Reason.NOT_IN_THIS_BOOK);
        rejects(command.quote(1, 2, A, 100, 5, 104, 5), Reason.NOT_IN_THIS_BOOK);
        rejects(command.cross(1, A, 2, B, 102, 5), Reason.NOT_IN_THIS_BOOK);
        rejects(command.lit(105, 104), Reason.QUOTE_CROSSED);
        rejects(command.lit(0, 104), Reason.INVALID_PRICE);
        open();
        rejects(command.lit(100, 104), Reason.NOT_IN_THIS_BOOK);
    }
}
