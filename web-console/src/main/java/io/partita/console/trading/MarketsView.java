package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Live;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;
import io.partita.console.ui.TwoLines;
import io.partita.trading.TradingPhase;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** All instruments with their best prices, as they change. */
@Route("markets")
@PageTitle("Markets \u00B7 Partita")
public class MarketsView extends Div {

    private final Table table = new Table("Instrument", "Phase", "#Last", "#Change", "#Bid", "#Offer", "#High", "#Low", "#Volume", "#Trades")
            .withEmptyText("No instrument is listed. POST /api/v1/instruments lists one; its book begins closed.");
    private final TableRows<MarketBoard.Row> rows = new TableRows<>(table, row -> row.instrument().symbol(), MarketsView::row);

    MarketsView(MarketBoard board) {
        addClassName("page");
        add(new PageHead("Markets", "The best prices of all books, once a second."), new Panel("Instruments", table).flush());
        Live.of(this, board::listen, rows::show);
    }

    private static Component[] row(MarketBoard.Row row) {
        TradingApi.Top top = row.top();
        Anchor name = new Anchor("markets/" + row.instrument().symbol(), row.instrument().symbol());
        TwoLines instrument = new TwoLines(name, row.instrument().currency());
        TradingPhase phase = TradingPhase.valueOf(top.phase());
        return new Component[] {instrument, new Pill(Phases.name(phase), Phases.tone(phase)), strong(text(top.lastPrice())), change(top),
                level(top.bid()), level(top.offer()), new Span(text(top.session().high())), new Span(text(top.session().low())),
                new Span(Amounts.count(top.session().volume())), new Span(Amounts.count(top.session().trades()))};
    }

    /** Against the last price of the session before; against the first of this one where there was none. */
    static Span change(TradingApi.Top top) {
        String from = top.session().previousClose() == null ? top.session().open() : top.session().previousClose();
        if (from == null || top.lastPrice() == null) {
            return new Span("\u2013");
        }
        BigDecimal before = new BigDecimal(from);
        BigDecimal change = new BigDecimal(top.lastPrice()).subtract(before).multiply(BigDecimal.valueOf(100)).divide(before, 2, RoundingMode.HALF_EVEN);
        Span text = new Span((change.signum() > 0 ? "+" : "") + Amounts.figure(change) + "\u202F%");
        if (change.signum() != 0) {
            text.addClassName(change.signum() > 0 ? "good" : "bad");
        }
        return text;
    }

    static Component level(TradingApi.Top.Level level) {
        if (level == null) {
            return new Span("\u2013");
        }
        return new TwoLines(level.price() == null ? "Market" : text(level.price()), Amounts.count(level.quantity())).atEnd();
    }

    private static Span strong(String text) {
        Span span = new Span(text);
        span.addClassName("strong");
        return span;
    }

    static String text(String price) {
        return price == null ? "\u2013" : Amounts.figure(new BigDecimal(price));
    }
}
