package io.partita.pipelines.marketdata.surveillance;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.marketdata.surveillance.Practice;
import io.partita.marketdata.surveillance.SurveillanceAlert;
import io.partita.trading.Execution;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Real books, honest traders, and now and then somebody who is not. */
class BookSurveillanceTest {

    private static final int SEEDS = 10;
    private static final long ABUSER = 900;
    private static final long FRIEND = 901;
    /** Two accounts of one owner. */
    private static final Owners OWNERS = account -> account == 911 ? 910 : account;

    private static Exchange exchange(long seed, BiConsumer<Exchange, SplittableRandom> abuse) {
        Exchange exchange = new Exchange(seed, OWNERS);
        abuse.accept(exchange, new SplittableRandom(seed));
        exchange.live(200);
        return exchange;
    }

    /** Of all seeds, the part in which a practice was told of an owner; nobody else may be told of it. */
    private static double recall(Practice practice, long owner, BiConsumer<Exchange, SplittableRandom> abuse) {
        int told = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            List<SurveillanceAlert> alerts = exchange(seed, abuse).alerts().stream().filter(alert -> alert.practice() == practice).toList();
            assertThat(alerts).as("seed %d", seed).allSatisfy(alert -> {
                assertThat(alert.owner()).isEqualTo(owner);
                assertThat(alert.evidence()).isNotEmpty();
                assertThat(alert.score()).isGreaterThanOrEqualTo(1);
                assertThat(alert.from()).isLessThanOrEqualTo(alert.to());
            });
            told += alerts.isEmpty() ? 0 : 1;
        }
        return (double) told / SEEDS;
    }

    private static void pull(Exchange exchange, SplittableRandom chance, int layers) {
        for (int cycle = 0; cycle < 3; cycle++) {
            boolean sells = chance.nextBoolean();
            Side wanted = sells ? Side.SELL : Side.BUY;
            long small = 3 + chance.nextInt(5);
            long own = exchange.limit(ABUSER, wanted, sells ? exchange.ask() - (exchange.ask() - exchange.bid() > 1 ? 1 : 0) : exchange.bid()
                    + (exchange.ask() - exchange.bid() > 1 ? 1 : 0), small);
            List<Long> large = new ArrayList<>();
            for (int i = 0; i < layers; i++) {
                exchange.pass(50 * Exchange.MILLI);
                long away = 1 + i;
                large.add(exchange.limit(ABUSER, wanted.opposite(), sells ? exchange.bid() - away : exchange.ask() + away,
                        (120 + chance.nextInt(80)) / layers));
            }
            exchange.pass(Exchange.SECOND);
            // Somebody believes it, and takes all that stands before the small order, too.
            for (int i = 0; i < 10 && exchange.stands(own); i++) {
                exchange.market(20, wanted.opposite(), 40);
            }
            exchange.pass(500 * Exchange.MILLI);
            large.forEach(order -> exchange.cancel(order, ABUSER));
            exchange.cancel(own, ABUSER);
            exchange.live(20);
        }
    }

    @Test
    void one_large_order_pulled_again_and_again_after_fills_on_the_other_side_is_spoofing() {
        assertThat(recall(Practice.SPOOFING, ABUSER, (exchange, chance) -> pull(exchange, chance, 1))).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void several_orders_at_several_prices_are_layering() {
        assertThat(recall(Practice.LAYERING, ABUSER, (exchange, chance) -> pull(exchange, chance, 4))).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void two_accounts_of_one_owner_that_trade_with_each_other_are_washing() {
        assertThat(recall(Practice.WASH_TRADE, 910, (exchange, chance) -> {
            exchange.waitForRoom();
            exchange.limit(910, Side.SELL, exchange.ask() - 1, 30);
            exchange.pass(Exchange.SECOND);
            exchange.limit(911, Side.BUY, exchange.ask(), 40);
        })).isEqualTo(1);
    }

    @Test
    void quantities_that_go_back_and_forth_between_two_owners_are_washing() {
        assertThat(recall(Practice.WASH_TRADE, ABUSER, (exchange, chance) -> {
            for (int i = 0; i < 8; i++) {
                exchange.waitForRoom();
                exchange.limit(i % 2 == 0 ? ABUSER : FRIEND, Side.SELL, exchange.ask() - 1, 25);
                exchange.pass(100 * Exchange.MILLI);
                exchange.limit(i % 2 == 0 ? FRIEND : ABUSER, Side.BUY, exchange.ask(), 25);
                exchange.live(4);
            }
        })).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void hundreds_of_orders_in_a_second_that_nobody_can_meet_are_stuffing() {
        assertThat(recall(Practice.QUOTE_STUFFING, ABUSER, (exchange, chance) -> quoteFast(exchange, 150, 5))).isEqualTo(1);
        assertThat(recall(Practice.QUOTE_STUFFING, ABUSER, (exchange, chance) -> quoteFast(exchange, 150, 25))).isZero();
    }

    private static void quoteFast(Exchange exchange, int orders, int millis) {
        for (int i = 0; i < orders; i++) {
            long order = exchange.limit(ABUSER, Side.BUY, exchange.bid() - 5, 1);
            exchange.pass(millis * Exchange.MILLI);
            exchange.cancel(order, ABUSER);
        }
    }

    /** Takes whatever is offered, and others think that somebody knows something. */
    private static void run(Exchange exchange, Side side, int steps) {
        for (int i = 0; i < steps; i++) {
            exchange.pass(300 * Exchange.MILLI);
            long rest = exchange.limit(ABUSER, side, side == Side.BUY ? exchange.ask() + 4 : exchange.bid() - 4, 120);
            exchange.cancel(rest, ABUSER);
            exchange.convince(side == Side.BUY ? 6 : -6);
            exchange.live(1);
        }
    }

    @Test
    void who_moves_the_price_in_the_last_minutes_marks_the_close() {
        assertThat(recall(Practice.MARKING_THE_CLOSE, ABUSER, (exchange, chance) -> {
            exchange.live(1000);
            run(exchange, chance.nextBoolean() ? Side.BUY : Side.SELL, 15);
            exchange.phase(TradingPhase.CLOSED);
            exchange.phase(TradingPhase.PRE_OPEN);
            exchange.phase(TradingPhase.CONTINUOUS);
        })).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void who_is_one_side_of_a_closing_auction_at_a_far_price_marks_the_close() {
        assertThat(recall(Practice.MARKING_THE_CLOSE, ABUSER, (exchange, chance) -> {
            exchange.live(1000);
            exchange.phase(TradingPhase.CLOSING_AUCTION);
            exchange.pass(290 * Exchange.SECOND);
            exchange.limit(5, Side.SELL, exchange.ask() + 60, 1000);
            exchange.limit(ABUSER, Side.BUY, exchange.ask() + 60, 3000);
            exchange.pass(10 * Exchange.SECOND);
            exchange.phase(TradingPhase.CLOSED);
            exchange.phase(TradingPhase.PRE_OPEN);
            exchange.phase(TradingPhase.CONTINUOUS);
        })).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void who_begins_a_run_and_trades_against_those_who_follow_has_ignited_it() {
        assertThat(recall(Practice.MOMENTUM_IGNITION, ABUSER, (exchange, chance) -> {
            Side side = chance.nextBoolean() ? Side.BUY : Side.SELL;
            run(exchange, side, 8);
            exchange.live(30);
            for (int i = 0; i < 10; i++) {
                exchange.pass(200 * Exchange.MILLI);
                exchange.limit(30 + i, side, side == Side.BUY ? exchange.ask() : exchange.bid(), 10);
            }
            for (int i = 0; i < 20; i++) {
                exchange.pass(500 * Exchange.MILLI);
                exchange.market(ABUSER, side.opposite(), 60);
                exchange.live(3);
            }
        })).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void honest_traders_are_left_alone() {
        int alerts = 0;
        int reports = 0;
        for (long seed = 100; seed < 106; seed++) {
            Exchange exchange = new Exchange(seed, Owners.ACCOUNTS);
            exchange.live(3000);
            exchange.phase(TradingPhase.CLOSED);
            alerts += exchange.alerts().size();
            reports += exchange.reports().size();
        }
        assertThat(reports).isGreaterThan(30_000);
        assertThat(alerts).as("in %d reports", reports).isLessThanOrEqualTo(reports / 10_000);
    }

    @Test
    void the_orders_it_knows_are_those_of_the_book() {
        Exchange exchange = new Exchange(3, Owners.ACCOUNTS);
        for (int i = 0; i < 25; i++) {
            exchange.live(10);
            assertThat(exchange.known()).isEqualTo(exchange.live());
        }
    }

    @Test
    void a_report_that_comes_twice_and_a_stop_in_between_change_nothing() throws IOException, ClassNotFoundException {
        List<Execution> reports = exchange(5, (exchange, chance) -> pull(exchange, chance, 1)).reports();
        BookSurveillance undisturbed = new BookSurveillance(7, SurveillanceLimits.STANDARD, Owners.ACCOUNTS);
        BookSurveillance disturbed = new BookSurveillance(7, SurveillanceLimits.STANDARD, Owners.ACCOUNTS);
        Set<SurveillanceAlert> expected = new HashSet<>();
        Set<SurveillanceAlert> found = new HashSet<>();
        for (int i = 0; i < reports.size(); i++) {
            expected.addAll(undisturbed.accept(reports.get(i)));
            if (i % 401 == 0) {
                disturbed = copy(disturbed);
            }
            found.addAll(disturbed.accept(reports.get(i)));
            found.addAll(disturbed.accept(reports.get(i)));
        }
        assertThat(found).isNotEmpty().isEqualTo(expected);
    }

    private static BookSurveillance copy(BookSurveillance surveillance) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(surveillance);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (BookSurveillance) in.readObject();
        }
    }
}
