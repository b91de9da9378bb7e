package io.partita.marketdata.ticks;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.marketdata.DepthView;
import io.partita.marketdata.ticks.Tick.Taker;
import io.partita.trading.Command;
import io.partita.trading.Instrument;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.book.PriceTimeBook;
import io.partita.trading.feed.MarketFeed;
import io.partita.trading.feed.MarketTrade;
import io.partita.trading.feed.MarketUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BookTicksTest {

    private final PriceTimeBook book = new PriceTimeBook(Instrument.simple(9));
    private final MarketFeed feed = new MarketFeed(book);
    private final DepthView view = DepthView.of(feed.snapshot(book));
    private final List<Tick> ticks = new ArrayList<>();
    private final BookTicks source = source(-1);

    /** One that begins where others have told of trades up to a number. */
    private BookTicks source(long told) {
        return new BookTicks("book", () -> Instant.ofEpochSecond(5), new BookTicks.Past() {
            @Override
            public long told() {
                return told;
            }

            @Override
            public List<MarketTrade> after(long trade) {
                return feed.history().trades(trade, Integer.MAX_VALUE);
            }
        }, ticks::add);
    }

    private void apply(Command command) {
        source.updated(view, follow(view, command));
    }

    private List<MarketUpdate> follow(DepthView view, Command command) {
        long before = feed.sequence();
        book.apply(command, feed::on);
        feed.done(book);
        List<MarketUpdate> updates = new ArrayList<>();
        view.apply(feed.after(before, 1 << 20), updates::add);
        return updates;
    }

    private void open() {
        apply(new Command().phase(TradingPhase.OPENING_AUCTION, 0).at(1));
        apply(new Command().phase(TradingPhase.CONTINUOUS, 0).at(1));
    }

    private void trade(DepthView view, BookTicks source, int id) {
        source.updated(view, follow(view, new Command().limit(2L * id, 1, Side.BUY, 100, 1).at(id)));
        source.updated(view, follow(view, new Command().limit(2L * id + 1, 2, Side.SELL, 100, 1).at(id)));
    }

    private List<Long> trades() {
        return ticks.stream().filter(Tick.Trade.class::isInstance).map(Tick::sequence).toList();
    }

    @Test
    void whoever_begins_after_others_tells_of_the_trades_in_between_and_of_none_twice() {
        open();
        DepthView nobodys = view;
        BookTicks others = source(-1);
        others.began(nobodys);
        IntStream.rangeClosed(1, 5).forEach(id -> trade(nobodys, others, id));
        assertThat(trades()).containsExactly(1L, 2L, 3L, 4L, 5L);
        ticks.clear();
        DepthView early = DepthView.of(feed.snapshot(book));
        List<MarketUpdate> during = new ArrayList<>(follow(early, new Command().limit(12, 1, Side.BUY, 100, 1).at(6)));
        during.addAll(follow(early, new Command().limit(13, 2, Side.SELL, 100, 1).at(6)));
        BookTicks next = source(3);
        // The sixth trade was made between the snapshot and the question for trades, so it is among what follows on the snapshot, too.
        next.began(early);
        assertThat(trades()).containsExactly(4L, 5L, 6L);
        assertThat(ticks.getFirst()).isEqualTo(new Tick.Trade(9, "book", 4, 4, 5_000_000_000L, 100, 1, Taker.SELLER));
        next.updated(early, during);
        trade(early, next, 7);
        assertThat(trades()).containsExactly(4L, 5L, 6L, 7L);
        follow(early, new Command().limit(16, 1, Side.BUY, 100, 1).at(8));
        follow(early, new Command().limit(17, 2, Side.SELL, 100, 1).at(8));
        next.began(DepthView.of(feed.snapshot(book)));
        assertThat(trades()).as("what it missed itself").containsExactly(4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void whoever_begins_when_nobody_has_told_of_a_trade_tells_of_none_that_was_made_before() {
        open();
        follow(view, new Command().limit(1, 1, Side.BUY, 100, 1).at(2));
        follow(view, new Command().limit(2, 2, Side.SELL, 100, 1).at(2));
        source.began(view);
        trade(view, source, 2);
        assertThat(trades()).containsExactly(2L);
    }

    @Test
    void trades_have_their_numbers_and_quotes_come_when_the_best_changes() {
        source.began(view);
        apply(new Command().phase(TradingPhase.OPENING_AUCTION, 0).at(1));
        apply(new Command().limit(1, 1, Side.BUY, 105, 10).at(2));
        apply(new Command().limit(2, 2, Side.SELL, 100, 4).at(3));
        assertThat(ticks).as("auctions have no quotes").isEmpty();
        apply(new Command().phase(TradingPhase.CONTINUOUS, 0).at(4));
        apply(new Command().limit(3, 2, Side.SELL, 107, 8).at(5));
        apply(new Command().limit(4, 2, Side.SELL, 109, 8).at(6));
        apply(new Command().limit(5, 1, Side.BUY, 107, 3).at(7));
        apply(new Command().limit(6, 2, Side.SELL, 105, 6).at(8));
        long now = 5_000_000_000L;
        assertThat(ticks).hasSize(7).allMatch(tick -> tick.received() == now && tick.instrument() == 9);
        assertThat(ticks.get(0)).isInstanceOfSatisfying(Tick.Trade.class, trade -> {
            assertThat(trade.sequence()).isEqualTo(1);
            assertThat(trade.quantity()).isEqualTo(4);
            assertThat(trade.taker()).isEqualTo(Taker.UNKNOWN);
        });
        assertThat(ticks.get(1)).isEqualTo(new Tick.Quote(9, "book", 0, 4, now, 105, 6, 0, 0));
        assertThat(ticks.get(2)).isEqualTo(new Tick.Quote(9, "book", 0, 5, now, 105, 6, 107, 8));
        assertThat(ticks.get(3)).isEqualTo(new Tick.Trade(9, "book", 2, 7, now, 107, 3, Taker.BUYER));
        assertThat(ticks.get(4)).isEqualTo(new Tick.Quote(9, "book", 0, 7, now, 105, 6, 107, 5));
        assertThat(ticks.get(5)).isEqualTo(new Tick.Trade(9, "book", 3, 8, now, 105, 6, Taker.SELLER));
        assertThat(ticks.get(6)).isEqualTo(new Tick.Quote(9, "book", 0, 8, now, 0, 0, 107, 5));
    }
}
