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
import io.partita.trading.feed.MarketUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookTicksTest {

    private final PriceTimeBook book = new PriceTimeBook(Instrument.simple(9));
    private final MarketFeed feed = new MarketFeed(book);
    private final DepthView view = DepthView.of(feed.snapshot(book));
    private final List<Tick> ticks = new ArrayList<>();
    private final BookTicks source = new BookTicks("book", () -> Instant.ofEpochSecond(5), ticks::add);

    private void apply(Command command) {
        long before = feed.sequence();
        book.apply(command, feed::on);
        feed.done(book);
        List<MarketUpdate> updates = new ArrayList<>();
        view.apply(feed.after(before, 1 << 20), updates::add);
        source.updated(view, updates);
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
