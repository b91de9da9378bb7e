package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import io.partita.time.EpochNanos;
import io.partita.trading.feed.MarketTrade;
import java.util.List;

/** The last trades, the newest first. */
final class TradesTape extends Div {

    private static final int ROWS = 14;

    private final InstrumentInfo instrument;
    private final Table table = new Table("Time", "#Price", "#Quantity", "By").withEmptyText("No trades yet.");
    private long newest = -1;

    TradesTape(InstrumentInfo instrument) {
        this.instrument = instrument;
        add(new Panel("Trades", table).flush().withAside("UTC"));
        addClassName("tape");
    }

    void show(List<MarketTrade> trades) {
        List<MarketTrade> latest = trades.reversed().subList(0, Math.min(ROWS, trades.size()));
        long top = latest.isEmpty() ? 0 : latest.getFirst().trade();
        if (top == newest) {
            return;
        }
        table.show(latest.stream().map(this::row).toList());
        if (newest > 0) {
            table.mark((int) Math.min(latest.size(), top - newest));
        }
        newest = top;
    }

    private Component[] row(MarketTrade trade) {
        Span price = new Span(instrument.price(trade.price()));
        String by = switch (trade.kind()) {
            case BUYER_TOOK -> {
                price.addClassName("good");
                yield "Buyer";
            }
            case SELLER_TOOK -> {
                price.addClassName("bad");
                yield "Seller";
            }
            case AUCTION -> "Auction";
            case CROSS -> "Cross";
        };
        return new Component[] {new Span(Times.clock(EpochNanos.instant(trade.time()))), price,
                new Span(Amounts.count(trade.quantity())), new Span(by)};
    }
}
