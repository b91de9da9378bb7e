package io.partita.console.trading;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.api.GridFeed;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.KpiTile;
import io.partita.console.ui.Live;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Refreshable;
import io.partita.security.Permission;
import io.partita.trading.TradingPhase;
import io.partita.trading.feed.SessionStatistics;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** One instrument: its book, candles and trades as they change; orders for it; and its phase. */
@Route("markets/:symbol([A-Z0-9.:-]+)")
public class InstrumentView extends Div implements BeforeEnterObserver, HasDynamicTitle, Refreshable {

    private final TradingApi api;
    private final MarketFeeds feeds;
    private final GridFeed grid;
    private String symbol = "";
    private InstrumentInfo instrument;
    private final Pill phase = new Pill("\u2026", Pill.Tone.CALM);
    private final Button halt = new Button("Halt", VaadinIcon.HAND.create());
    private final MenuBar phases = new MenuBar();
    private KpiTile last;
    private KpiTile range;
    private KpiTile average;
    private KpiTile volume;
    private CandleChart candles;
    private DepthLadder ladder;
    private TradesTape tape;
    private Blotter blotter;
    private TradingPhase shown;
    private final Live<MarketState> latest = Live.of(this, this::show);

    InstrumentView(TradingApi api, MarketFeeds feeds, GridFeed grid) {
        this.api = api;
        this.feeds = feeds;
        this.grid = grid;
        addClassNames("page", "instrument");
        halt.addThemeVariants(ButtonVariant.LUMO_ERROR);
        halt.addClickListener(_ -> confirm(TradingPhase.HALT));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        symbol = event.getRouteParameters().get("symbol").orElseThrow();
        instrument = null;
        latest.follow(null);
        refresh();
        if (instrument != null) {
            QueryParameters query = event.getLocation().getQueryParameters();
            query.getSingleParameter("order").ifPresent(order -> OrderHistoryDialog.open(api, symbol, order));
            query.getSingleParameter("trade").ifPresent(trade -> TradeDialog.open(api, symbol, trade));
        }
    }

    @Override
    public String getPageTitle() {
        return symbol + " \u00B7 Partita";
    }

    @Override
    public void refresh() {
        if (instrument != null) {
            return;
        }
        Answer<List<InstrumentInfo>> answer = api.instruments();
        Optional<InstrumentInfo> found = answer.found().flatMap(all -> all.stream().filter(one -> one.symbol().equals(symbol)).findFirst());
        if (found.isPresent()) {
            show(found.get());
        } else {
            removeAll();
            boolean away = answer instanceof Answer.Unreachable;
            add(new PageHead(symbol, ""), new Panel("", new EmptyState(away ? VaadinIcon.CONNECT_O : VaadinIcon.SEARCH,
                    away ? "Waiting for the grid" : "No instrument " + symbol, away ? "No member answers at the moment. The book appears by itself."
                    : "No instrument with this symbol is listed.", new Anchor("markets", "All markets"))).untitled());
        }
    }

    private void show(InstrumentInfo found) {
        instrument = found;
        last = new KpiTile("Last", found.currency());
        range = new KpiTile("Range", "");
        average = new KpiTile("VWAP", found.currency());
        volume = new KpiTile("Volume", "");
        Div tiles = new Div(last, range, average, volume);
        tiles.addClassNames("kpis", "kpis-4");
        candles = new CandleChart("Candles of " + symbol + " with volume", found.priceScale());
        OrderTicket ticket = new OrderTicket(api, found, account -> blotter.of(account));
        ladder = new DepthLadder(found.priceScale(), ticket::pick);
        tape = new TradesTape(found);
        blotter = new Blotter(api, grid);
        Div right = new Div(new Panel("Book", ladder).flush());
        right.addClassName("stack");
        Div upper = new Div(new Panel("Price and volume", candles), right, new Panel("Order", Permitted.form(Permission.TRADING_WRITE, ticket)));
        upper.addClassName("desk");
        Div lower = new Div(blotter, tape);
        lower.addClassName("desk-lower");
        Div below = new Div(new Span(found.currency()), phase);
        below.addClassName("inline");
        removeAll();
        Anchor kill = new Anchor("kill-switches?instrument=" + symbol, "Kill switch");
        kill.addClassNames("button-link", "quiet");
        add(new PageHead(symbol, below).with(kill, phases, Permitted.only(Permission.TRADING_OPERATE, new Div(halt))), tiles, upper, lower);
        latest.follow(listener -> feeds.listen(found.id(), listener));
    }

    private void show(MarketState state) {
        ladder.show(state);
        candles.show(state.bars());
        tape.show(state.trades());
        SessionStatistics session = state.session();
        last.show(instrument.price(state.lastPrice()), change(state));
        if (session.volume() == 0) {
            range.show("\u2013", "not opened yet");
            average.show("\u2013", "of this session");
        } else {
            range.show(instrument.price(session.low()) + " \u2013 " + instrument.price(session.high()), "opened at " + instrument.price(session.open()));
            average.show(Amounts.figure(new BigDecimal(session.turnover(), instrument.priceScale())
                    .divide(BigDecimal.valueOf(session.volume()), instrument.priceScale(), RoundingMode.HALF_EVEN)), "of this session");
        }
        volume.show(Amounts.rough(session.volume()), Amounts.count(session.trades()) + " trades");
        if (state.phase() != shown) {
            showPhase(state.phase());
        }
    }

    private String change(MarketState state) {
        long before = state.session().previousClose() != 0 ? state.session().previousClose() : state.session().open();
        if (before == 0 || state.lastPrice() == 0) {
            return "no trade yet";
        }
        BigDecimal percent = BigDecimal.valueOf(state.lastPrice() - before).multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(before), 2, RoundingMode.HALF_EVEN);
        return (percent.signum() > 0 ? "+" : "") + Amounts.figure(percent) + "\u202F% since "
                + (state.session().previousClose() != 0 ? "the last close" : "the opening");
    }

    private void showPhase(TradingPhase now) {
        shown = now;
        phase.show(Phases.name(now), Phases.tone(now));
        halt.setVisible(now != TradingPhase.HALT && now != TradingPhase.CLOSED);
        phases.removeAll();
        MenuItem menu = phases.addItem("Change phase");
        Phases.after(now).forEach(next -> menu.getSubMenu().addItem(Phases.name(next), _ -> confirm(next)));
    }

    private void confirm(TradingPhase next) {
        // Made when the dialog opens: confirming twice is one command.
        long id = CommandIds.next();
        boolean stops = next == TradingPhase.HALT || next == TradingPhase.CLOSED;
        Confirmation.ask(symbol + ": " + Phases.name(next) + "?", meaning(next), next == TradingPhase.HALT ? "Halt" : "Change phase", stops,
                () -> Outcomes.tell(api.phase(symbol, id, next), symbol + " is now: " + Phases.name(next) + ".", _ -> { }));
    }

    private String meaning(TradingPhase next) {
        String leaving = shown != null && shown.auction() && next != TradingPhase.HALT ? "The auction ends and uncrosses. " : "";
        return leaving + switch (next) {
            case HALT -> "Nothing trades and no order is entered until it re-opens; what stands in the book stays, and can be cancelled.";
            case CLOSED -> "Orders for the day end. Nothing but cancels is taken.";
            case PRE_OPEN -> "Orders are taken and not matched.";
            case CONTINUOUS -> "What can trade trades at one price, and then orders are matched as they come.";
            default -> "Orders are collected, and traded at one price when the auction ends.";
        };
    }
}
