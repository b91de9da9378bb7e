package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.trading.MarketBoard.Row;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Live;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;
import io.partita.console.ui.TwoLines;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The instruments that somebody wants to see, live; the choice is kept in their browser. */
@Route("watchlist")
@PageTitle("Watchlist \u00B7 Partita")
public class WatchlistView extends Div {

    private static final String KEPT = "partita-watchlist";
    private static final int AT_FIRST = 6;
    private static final int MOST = 50;

    private final SparkBoard sparks;
    private final ComboBox<String> more = new ComboBox<>();
    private final Table table = new Table("Instrument", "#Last", "#Change", "#Bid", "#Offer", "#Spread", "#Volume", "")
            .withEmptyText("Nothing is watched. Choose an instrument above.");
    private final TableRows<Row> rows = new TableRows<>(table, row -> row.instrument().symbol(), this::row);
    private final Map<String, Watched> watched = new HashMap<>();
    /** Null until the browser has told. */
    private List<String> chosen;
    /** Null until a member has told. */
    private List<Row> latest;

    /** What is drawn of an instrument. */
    private final class Watched {
        private final Spark spark;
        /** The first cell of its row, which stays while the others change. */
        private final Div name;
        private List<Double> closes = List.of();

        Watched(Row row) {
            String symbol = row.instrument().symbol();
            spark = new Spark("Price of " + symbol + " over the last minutes");
            name = new Div(new TwoLines(new Anchor("charts/" + symbol, symbol), row.instrument().currency()), spark);
            name.addClassName("watched");
            Live.<List<Double>>of(spark, listener -> sparks.listen(symbol, listener), now -> {
                closes = now;
                row(symbol).ifPresent(this::draw);
            });
        }

        /** Closes, and the price now. */
        void draw(Row row) {
            List<Double> values = new ArrayList<>(closes);
            if (row.top().lastPrice() != null) {
                values.add(Double.valueOf(row.top().lastPrice()));
            }
            spark.show(values);
        }
    }

    WatchlistView(MarketBoard board, SparkBoard sparks) {
        this.sparks = sparks;
        addClassNames("page", "watchlist");
        more.setPlaceholder("Add an instrument");
        more.setAriaLabel("Add an instrument");
        more.addValueChangeListener(event -> {
            if (event.getValue() != null) {
                List<String> longer = new ArrayList<>(chosen == null ? List.of() : chosen);
                longer.add(event.getValue());
                keep(longer);
                more.clear();
            }
        });
        add(new PageHead("Watchlist", "The last hour and a half, and now. The choice stays in this browser.").with(more), new Panel("", table).untitled().flush());
        getElement().executeJs("try { return localStorage.getItem($0); } catch (e) { return null; }", KEPT).then(String.class, this::remembered);
        Live.of(this, board::listen, now -> {
            latest = now;
            show();
        });
    }

    private void remembered(String kept) {
        if (kept != null && !kept.isBlank()) {
            chosen = Arrays.stream(kept.split(",")).filter(symbol -> symbol.matches("[A-Z0-9.:-]{1,32}")).distinct().limit(MOST).toList();
        } else if (kept != null) {
            chosen = List.of();
        }
        show();
    }

    private void keep(List<String> symbols) {
        chosen = symbols.stream().distinct().limit(MOST).toList();
        getElement().executeJs("try { localStorage.setItem($0, $1); } catch (e) { /* private window: the choice lasts for the page */ }", KEPT, String.join(",", chosen));
        show();
    }

    private void show() {
        if (latest == null) {
            return;
        }
        List<String> all = latest.stream().map(row -> row.instrument().symbol()).toList();
        if (chosen == null && !all.isEmpty()) {
            chosen = all.stream().limit(AT_FIRST).toList();
        }
        if (chosen == null) {
            return;
        }
        List<String> others = all.stream().filter(symbol -> !chosen.contains(symbol)).toList();
        if (!more.getListDataView().getItems().toList().equals(others)) {
            more.setItems(others);
        }
        List<Row> seen = chosen.stream().map(this::row).flatMap(Optional::stream).toList();
        watched.keySet().retainAll(seen.stream().map(row -> row.instrument().symbol()).toList());
        rows.show(seen);
        seen.forEach(row -> watched(row).draw(row));
    }

    private Optional<Row> row(String symbol) {
        return latest.stream().filter(row -> row.instrument().symbol().equals(symbol)).findFirst();
    }

    private Watched watched(Row row) {
        return watched.computeIfAbsent(row.instrument().symbol(), _ -> new Watched(row));
    }

    private Component[] row(Row row) {
        String symbol = row.instrument().symbol();
        TradingApi.Top top = row.top();
        Span last = new Span(MarketsView.text(top.lastPrice()));
        last.addClassName("strong");
        Button remove = new Button(VaadinIcon.CLOSE_SMALL.create(), _ -> keep(chosen.stream().filter(each -> !each.equals(symbol)).toList()));
        remove.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON);
        remove.setAriaLabel("Remove " + symbol);
        return new Component[] {watched(row).name, last, MarketsView.change(top), MarketsView.level(top.bid()), MarketsView.level(top.offer()), spread(top),
                new Span(Amounts.count(top.session().volume())), remove};
    }

    /** In the units of the price, and in hundredths of a percent of the middle. */
    private static Component spread(TradingApi.Top top) {
        if (top.bid() == null || top.offer() == null || top.bid().price() == null || top.offer().price() == null) {
            return new Span("\u2013");
        }
        BigDecimal bid = new BigDecimal(top.bid().price());
        BigDecimal offer = new BigDecimal(top.offer().price());
        BigDecimal spread = offer.subtract(bid);
        long points = Math.round(spread.doubleValue() / (bid.doubleValue() + offer.doubleValue()) * 20_000);
        return new TwoLines(Amounts.figure(spread), points + " bp").atEnd();
    }
}
