package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.marketdata.DepthView;
import io.partita.marketdata.DepthView.Outcome;
import io.partita.trading.book.PriceTimeBook;
import io.partita.trading.feed.MarketEvent;
import io.partita.trading.feed.MarketFeed;
import io.partita.trading.feed.MarketUpdate;
import io.partita.trading.feed.MarketView;
import io.partita.trading.feed.UpdateBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random flows: a reader that has a snapshot and the updates after it sees what the naive twin of the book shows, after every command; one that
 * loses updates notices, and sees it again after a repair. Replay one with {@code -Dpartita.seed=N}.
 */
class MarketFeedPropertyTest {

    private static final int SEEDS = 40;
    private static final int STEPS = 300;
    private static final int MOST_BYTES = 1 << 16;

    private int trades;
    private int gaps;
    private int replays;
    private int auctions;

    @Test
    void whoever_has_a_snapshot_and_the_updates_after_it_has_the_book() {
        Long asked = Long.getLong("partita.seed");
        for (long seed = asked == null ? 1 : asked; seed <= (asked == null ? SEEDS : asked); seed++) {
            try {
                new Flow(seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("replay with -Dpartita.seed=" + seed, e);
            }
        }
        if (asked == null) {
            assertThat(trades).isGreaterThan(SEEDS * 10);
            assertThat(gaps).isGreaterThan(SEEDS * 5);
            assertThat(replays).isGreaterThan(SEEDS);
            assertThat(auctions).isGreaterThan(SEEDS);
        }
    }

    private final class Flow {

        private final Random random;
        private final OrderFlow flow;
        private final NaiveBook naive;
        private PriceTimeBook book;
        private MarketFeed feed;
        /** Hears everything. */
        private DepthView attentive;
        /** Loses some. */
        private DepthView forgetful;
        private long forgetfulHeard;
        private long tradedVolume;
        private BigInteger turnover = BigInteger.ZERO;

        Flow(long seed) {
            random = new Random(seed);
            Instrument rules = OrderFlow.instrument(seed);
            flow = new OrderFlow(rules);
            naive = new NaiveBook(rules);
            book = new PriceTimeBook(rules);
            feed = new MarketFeed(book);
            attentive = DepthView.of(feed.snapshot(book));
            forgetful = DepthView.of(feed.snapshot(book));
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                List<Long> live = new ArrayList<>(naive.live.stream().map(order -> order.id).toList());
                apply(flow.next(random.nextLong(), naive, live));
                if (step % 29 == 0) {
                    restore();
                }
                if (random.nextInt(5) == 0) {
                    publish();
                }
            }
            repair();
            assertThat(seen(forgetful)).isEqualTo(seen(attentive));
        }

        private void apply(Command command) {
            long before = feed.sequence();
            TradingPhase phaseBefore = book.phase();
            naive.apply(command, report -> { });
            book.apply(command, report -> {
                feed.on(report);
                if (report.execType() == ExecType.TRADING_STATUS && phaseBefore == TradingPhase.CLOSED && report.phase() != TradingPhase.CLOSED) {
                    tradedVolume = 0;
                    turnover = BigInteger.ZERO;
                }
                if (report.execType() == ExecType.TRADE && report.side() == Side.BUY && !book.instrument().dark()) {
                    trades++;
                    tradedVolume += report.lastQuantity();
                    turnover = turnover.add(BigInteger.valueOf(report.lastPrice()).multiply(BigInteger.valueOf(report.lastQuantity())));
                }
            });
            feed.done(book);
            auctions += book.phase().auction() ? 1 : 0;
            assertThat(feed.sequence()).as("one update a command, or none").isLessThanOrEqualTo(before + 1);
            UpdateBatch batch = feed.after(before, MOST_BYTES);
            List<MarketUpdate> heard = new ArrayList<>();
            assertThat(attentive.apply(batch, heard::add)).isEqualTo(feed.sequence() == before ? Outcome.KNOWN : Outcome.APPLIED);
            heard.forEach(update -> assertThat(update.events()).isNotEmpty());
            if (naive.rules().dark()) {
                heard.forEach(update -> assertThat(update.events()).hasOnlyElementsOfType(MarketEvent.PhaseChanged.class));
                assertThat(feed.view(book, 5, false)).returns(0L, MarketView::lastPrice).returns(0L, MarketView::indicativePrice)
                        ;
                assertThat(feed.view(book, 5, false).bids()).isEmpty();
                assertThat(feed.view(book, 5, false).offers()).isEmpty();
                assertThat(feed.history().trades(0, 10)).isEmpty();
            }
            assertThat(seen(attentive)).isEqualTo(shown());
            assertThat(attentive.chain()).isEqualTo(feed.chain());
            assertThat(seen(DepthView.of(feed.snapshot(book)))).isEqualTo(shown());
            assertThat(attentive.session()).isEqualTo(feed.session());
            assertThat(feed.session().volume()).isEqualTo(tradedVolume);
            assertThat(feed.session().turnover()).isEqualTo(turnover);
            assertThat(attentive.apply(batch, update -> { })).as("twice").isEqualTo(Outcome.KNOWN);
        }

        /** As after a failover or from a snapshot of the journal. */
        private void restore() {
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                feed.write(new DataOutputStream(bytes));
                book = PriceTimeBook.restore(book.snapshot());
                MarketFeed restored = MarketFeed.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), book);
                assertThat(restored.chain()).isEqualTo(feed.chain());
                assertThat(restored.session()).isEqualTo(feed.session());
                feed = restored;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Whatever has come since the last time reaches the forgetful reader, or does not. */
        private void publish() {
            UpdateBatch batch = feed.after(forgetfulHeard, MOST_BYTES);
            forgetfulHeard = feed.sequence();
            if (random.nextInt(4) == 0) {
                return;
            }
            List<Object> before = seen(forgetful);
            Outcome outcome = forgetful.apply(batch, update -> { });
            if (outcome == Outcome.GAP) {
                gaps++;
                assertThat(seen(forgetful)).as("a gap changes nothing").isEqualTo(before);
                repair();
            }
            assertThat(seen(forgetful)).isEqualTo(seen(attentive));
        }

        private void repair() {
            if (random.nextInt(3) == 0) {
                forgetful = DepthView.of(feed.snapshot(book));
            } else {
                replays++;
                UpdateBatch missed = feed.after(forgetful.sequence(), MOST_BYTES);
                assertThat(missed.after()).isEqualTo(forgetful.sequence());
                forgetful.apply(missed, update -> { });
            }
        }

        /** What the naive twin says that everybody may see. */
        private List<Object> shown() {
            boolean dark = naive.rules().dark();
            List<Object> shown = new ArrayList<>(List.of(naive.phase(), dark ? 0L : naive.lastPrice(), dark ? 0L : naive.referencePrice()));
            naive.live.stream().filter(order -> order.shown > 0 && order.atAnyPrice()).forEach(order -> assertThat(order.price).isZero());
            naive.orders((id, account, side, price, leaves, visible, filled, stop, rank) -> {
                if (visible > 0) {
                    shown.add(new DepthView.Order(id, side, price, visible));
                }
            });
            return shown;
        }

        private List<Object> seen(DepthView view) {
            List<Object> seen = new ArrayList<>(List.of(view.phase(), view.lastPrice(), view.referencePrice()));
            for (Side side : Side.values()) {
                seen.addAll(view.orders(side));
                assertThat(view.depth(side, Integer.MAX_VALUE).stream().mapToLong(DepthView.DepthLevel::quantity).sum())
                        .isEqualTo(view.orders(side).stream().mapToLong(DepthView.Order::quantity).sum());
            }
            return seen;
        }
    }

    @Test
    void a_command_that_leads_to_very_much_has_several_updates() {
        PriceTimeBook book = new PriceTimeBook(Instrument.simple(1));
        MarketFeed feed = new MarketFeed(book);
        apply(book, feed, new Command().phase(TradingPhase.PRE_OPEN, 0));
        apply(book, feed, new Command().phase(TradingPhase.CONTINUOUS, 0));
        for (long order = 1; order <= 2_500; order++) {
            apply(book, feed, new Command().limit(order, 1, Side.BUY, 100, 1));
        }
        DepthView view = DepthView.of(feed.snapshot(book));
        long before = feed.sequence();
        apply(book, feed, new Command().massCancel(1, 0, 0));
        assertThat(feed.sequence()).isEqualTo(before + 3);
        List<Boolean> complete = new ArrayList<>();
        view.apply(feed.after(before, MOST_BYTES), update -> complete.add(view.complete()));
        assertThat(complete).containsExactly(false, false, true);
        assertThat(view.size()).isZero();
    }

    @Test
    void what_nobody_may_see_has_no_update() {
        PriceTimeBook book = new PriceTimeBook(Instrument.simple(1));
        MarketFeed feed = new MarketFeed(book);
        apply(book, feed, new Command().phase(TradingPhase.PRE_OPEN, 0));
        apply(book, feed, new Command().phase(TradingPhase.CONTINUOUS, 0));
        apply(book, feed, new Command().limit(1, 1, Side.BUY, 100, 10));
        long before = feed.sequence();
        apply(book, feed, new Command().limit(2, 1, Side.BUY, 99, 10).hidden());
        apply(book, feed, new Command().newOrder(3, 1, Side.SELL, OrderType.STOP, TimeInForce.DAY, 0, 5).stop(90));
        apply(book, feed, new Command().newOrder(4, 1, Side.BUY, OrderType.PEGGED, TimeInForce.DAY, 0, 5).peg(PegReference.PRIMARY));
        apply(book, feed, new Command().limit(5, 1, Side.BUY, -1, 10));
        apply(book, feed, new Command().cancel(3, 1));
        assertThat(feed.sequence()).isEqualTo(before);
        apply(book, feed, new Command().limit(6, 1, Side.BUY, 98, 50).display(20));
        assertThat(feed.after(before, MOST_BYTES).updates().getFirst().update().events()).containsExactly(new MarketEvent.Shown(6, Side.BUY, 98, 20));
    }

    @Test
    void a_history_that_was_undone_is_noticed() {
        PriceTimeBook book = new PriceTimeBook(Instrument.simple(1));
        MarketFeed feed = new MarketFeed(book);
        PriceTimeBook other = new PriceTimeBook(Instrument.simple(1));
        MarketFeed otherFeed = new MarketFeed(other);
        DepthView view = DepthView.of(feed.snapshot(book));
        apply(book, feed, new Command().phase(TradingPhase.PRE_OPEN, 0).at(1));
        apply(other, otherFeed, new Command().phase(TradingPhase.PRE_OPEN, 0).at(2));
        assertThat(view.apply(feed.after(0, MOST_BYTES), update -> { })).isEqualTo(Outcome.APPLIED);
        assertThat(view.apply(otherFeed.after(1, MOST_BYTES), update -> { })).isEqualTo(Outcome.OTHER_HISTORY);
        apply(other, otherFeed, new Command().limit(1, 1, Side.BUY, 100, 10).at(3));
        assertThat(view.apply(otherFeed.after(0, MOST_BYTES), update -> { })).isEqualTo(Outcome.OTHER_HISTORY);
        assertThat(view.size()).isZero();
    }

    @Test
    void updates_that_are_long_gone_are_told_from_none() {
        PriceTimeBook book = new PriceTimeBook(Instrument.simple(1));
        MarketFeed feed = new MarketFeed(book);
        apply(book, feed, new Command().phase(TradingPhase.PRE_OPEN, 0));
        DepthView view = DepthView.of(feed.snapshot(book));
        for (long order = 1; order <= 10_000; order++) {
            apply(book, feed, new Command().limit(order, 1, Side.BUY, 100, 1));
            apply(book, feed, new Command().cancel(order, 1));
        }
        assertThat(view.apply(feed.after(view.sequence(), MOST_BYTES), update -> { })).isEqualTo(Outcome.GAP);
        long recent = feed.sequence() - 5_000;
        assertThat(feed.after(recent, 1 << 20).after()).isEqualTo(recent);
        assertThat(feed.after(recent, 1 << 20).last()).isEqualTo(feed.sequence());
        assertThat(feed.after(recent, 100).last()).as("in parts").isBetween(recent + 1, recent + 50);
        assertThat(feed.after(recent, 100).size()).isBetween(50, 100);
        assertThat(feed.after(recent, 1).last()).as("at least one").isEqualTo(recent + 1);
        assertThat(feed.after(feed.sequence() + 3, 100).after()).as("from another history").isEqualTo(feed.sequence());
    }

    private static void apply(PriceTimeBook book, MarketFeed feed, Command command) {
        book.apply(command, feed::on);
        feed.done(book);
    }
}
