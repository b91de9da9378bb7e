package io.partita.console.trading;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.GridClient;
import io.partita.console.api.Poll;
import io.partita.marketdata.DepthView;
import io.partita.marketdata.MarketDataClient;
import io.partita.marketdata.MarketDataListener;
import io.partita.marketdata.MarketDataSubscription;
import io.partita.trading.feed.MarketEvent;
import io.partita.trading.feed.MarketTrade;
import io.partita.trading.feed.MarketUpdate;
import io.partita.trading.feed.TradeHistory;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * Books that pages look at, each followed once for all pages, and as long as one of them shows it; pages hear of the newest state four times a
 * second. Thread-safe.
 */
@Component
class MarketFeeds {

    private static final Duration PACE = Duration.ofMillis(250);

    private final MarketDataClient client;
    private final Map<Long, Feed> feeds = new ConcurrentHashMap<>();

    MarketFeeds(GridClient grid) {
        client = grid.marketData();
    }

    /** Calls the listener with the newest state, as often as it changes but not too often, until the registration is removed. */
    Registration listen(long instrument, Consumer<MarketState> listener) {
        Feed feed = feeds.compute(instrument, (number, there) -> (there == null ? new Feed(number) : there).joined());
        long[] seen = {-1};
        Registration listening = feed.poll.listen(state -> {
            if (state.sequence() != seen[0]) {
                seen[0] = state.sequence();
                listener.accept(state);
            }
        });
        return Registration.once(() -> {
            listening.remove();
            feeds.compute(instrument, (_, there) -> there == feed ? feed.left() : there);
        });
    }

    @PreDestroy
    void close() {
        feeds.values().forEach(Feed::close);
    }

    private final class Feed implements MarketDataListener {

        private final long instrument;
        private final MarketDataSubscription subscription;
        private final Poll<MarketState> poll;
        private int readers;
        private TradeHistory history = new TradeHistory();
        private volatile MarketState state;

        Feed(long instrument) {
            this.instrument = instrument;
            subscription = client.subscribe(instrument, this);
            poll = new Poll<>("market-" + instrument, PACE, Poll.Diligence.WHILE_WATCHED, () -> state);
        }

        /** One reader more; called one after another, as is the next. */
        Feed joined() {
            readers++;
            return this;
        }

        /** One reader less; null after the last. */
        Feed left() {
            readers--;
            if (readers > 0) {
                return this;
            }
            close();
            return null;
        }

        @Override
        public void began(DepthView view) {
            history = TradeHistory.of(client.trades(instrument, 0, TradeHistory.MAX_TRADES).orElse(List.of()),
                    client.bars(instrument, TradeHistory.MAX_BARS).orElse(List.of()));
            state = MarketState.of(view, history);
        }

        @Override
        public void updated(DepthView view, List<MarketUpdate> updates) {
            // The history may have been asked for after some of these.
            long known = history.trades(0, 1).stream().mapToLong(MarketTrade::trade).max().orElse(0);
            for (MarketUpdate update : updates) {
                for (MarketEvent event : update.events()) {
                    if (event instanceof MarketEvent.Traded trade && trade.trade() > known) {
                        history.add(new MarketTrade(trade.trade(), update.time(), trade.price(), trade.quantity(), trade.kind()));
                    }
                }
            }
            state = MarketState.of(view, history);
        }

        void close() {
            subscription.close();
            poll.close();
        }
    }
}
