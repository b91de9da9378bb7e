package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import io.partita.time.EpochNanos;
import io.partita.trading.feed.MarketEvent.TradeKind;
import io.partita.trading.feed.MarketTrade;
import java.util.List;
import java.util.stream.IntStream;

/** The last trades, the newest first. */
final class TradesTape extends Div {

    private static final int ROWS = 14;

    private final InstrumentInfo instrument;
    private final Table table = new Table("Time", "#Price", "#Quantity", "By").withEmptyText("No trades yet.");
    private List<Row> rows = List.of();
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
        long fresh = newest > 0 ? top - newest : 0;
        newest = top;
        // Where trades come fast, a browser has no time to make elements anew.
        if (fresh >= ROWS && rows.size() == latest.size()) {
            IntStream.range(0, rows.size()).forEach(place -> rows.get(place).show(latest.get(place)));
            return;
        }
        rows = latest.stream().map(Row::new).toList();
        table.show(rows.stream().map(Row::cells).toList());
        if (fresh > 0) {
            table.mark((int) Math.min(latest.size(), fresh));
        }
    }

    /** A trade; another one later, in the same place. */
    private final class Row {

        private final Span time = new Span();
        private final Span price = new Span();
        private final Span quantity = new Span();
        private final Span by = new Span();

        Row(MarketTrade trade) {
            show(trade);
        }

        Component[] cells() {
            return new Component[] {time, price, quantity, by};
        }

        private void show(MarketTrade trade) {
            time.setText(Times.clock(EpochNanos.instant(trade.time())));
            price.setText(instrument.price(trade.price()));
            price.setClassName("good", trade.kind() == TradeKind.BUYER_TOOK);
            price.setClassName("bad", trade.kind() == TradeKind.SELLER_TOOK);
            quantity.setText(Amounts.count(trade.quantity()));
            by.setText(switch (trade.kind()) {
                case BUYER_TOOK -> "Buyer";
                case SELLER_TOOK -> "Seller";
                case AUCTION -> "Auction";
                case CROSS -> "Cross";
            });
        }
    }
}
