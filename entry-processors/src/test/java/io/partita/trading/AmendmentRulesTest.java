package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What changes, ends or answers orders that stand. */
@ParameterizedClass
@EnumSource(BookScene.Kind.class)
class AmendmentRulesTest extends BookScene {

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
}
