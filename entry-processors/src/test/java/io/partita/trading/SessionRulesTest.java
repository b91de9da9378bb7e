package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What time and phases do to a book. */
@ParameterizedClass
@EnumSource(BookScene.Kind.class)
class SessionRulesTest extends BookScene {

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
}
