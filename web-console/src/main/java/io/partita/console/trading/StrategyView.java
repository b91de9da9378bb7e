package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.trading.StrategyApi.Backtest;
import io.partita.console.trading.StrategyApi.Run;
import io.partita.console.trading.StrategyApi.Tested;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.Live;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.TabRow;
import io.partita.console.ui.Table;
import io.partita.security.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Strategies in live books as they go, and through history: equity curves and figures, ten of each. */
@Route("strategies")
@PageTitle("Strategies \u00B7 Partita")
public class StrategyView extends Div implements Refreshable {

    private final StrategyApi api;
    private final StrategyForm form;
    private final EquityChart chart = new EquityChart("Equity of strategies over time");
    private final Table table = new Table(StrategyRows.TITLES).withEmptyText("");
    private final Tab live = new Tab("Live");
    private final Tab history = new Tab("Backtests");
    private final TabRow tabs = new TabRow(live, history);
    private final Panel curves = new Panel("Equity", chart).withAside("Change since the beginning");
    private final List<Past> tested = new ArrayList<>();
    private List<Run> runs = List.of();
    private List<String> shown = List.of();

    /** A strategy's way through history. */
    private record Past(Tested run, String history) {
    }

    StrategyView(StrategyApi api, TradingApi trading, StrategyBoard board) {
        this.api = api;
        addClassNames("page", "strategies");
        form = new StrategyForm(api, trading, this::started, this::tested);
        tabs.addSelectedChangeListener(_ -> draw());
        add(new PageHead("Strategies", "The same code trades in live books, ten at once, and through history."), new Panel("Strategy", Permitted.form(Permission.TRADING_WRITE, form)), curves,
                new Panel("Runs", tabs, table).flush());
        draw();
        Live.of(this, board::listen, this::show);
    }

    @Override
    public void refresh() {
        form.load();
    }

    private boolean past() {
        return tabs.getSelectedTab() == history;
    }

    private void show(List<Run> now) {
        if (!now.equals(runs)) {
            runs = now;
            if (!past()) {
                draw();
            }
        }
    }

    private void started(Run run) {
        tabs.setSelectedTab(live);
        runs = IntStream.range(-1, runs.size()).mapToObj(i -> i < 0 ? run : runs.get(i)).filter(one -> one == run || !one.id().equals(run.id()))
                .limit(EquityChart.MOST_LINES).toList();
        draw();
    }

    /** The newest first; what no longer has a colour goes. */
    private void tested(Backtest backtest) {
        String bars = Amounts.count(backtest.bars().getFirst()) + " bars" + (backtest.skipped() == 0 ? "" : ", " + Amounts.count(backtest.skipped()) + " rows passed over");
        tested.addAll(0, backtest.runs().stream().map(run -> new Past(run, bars)).toList());
        if (tested.size() > EquityChart.MOST_LINES) {
            tested.subList(EquityChart.MOST_LINES, tested.size()).clear();
        }
        tabs.setSelectedTab(history);
        draw();
    }

    private void draw() {
        if (past()) {
            shown = List.of();
            table.withEmptyText("Choose a strategy and press Backtest.");
            table.show(IntStream.range(0, tested.size()).mapToObj(i -> StrategyRows.tested(i, tested.get(i).run(), tested.get(i).history())).toList());
            chart.show(tested.stream().map(one -> new EquityChart.Run(StrategyRows.name(one.run().strategy()), one.run().cash(), one.run().curve())).toList());
            return;
        }
        List<String> ids = runs.stream().map(run -> run.id() + run.running()).toList();
        if (!ids.equals(shown) || ids.isEmpty()) {
            table.withEmptyText("No strategy trades. Choose one, and an account whose orders they are.");
            table.show(IntStream.range(0, runs.size()).mapToObj(i -> StrategyRows.live(i, runs.get(i), stop(runs.get(i)))).toList());
            shown = ids;
        } else {
            IntStream.range(0, runs.size()).forEach(i -> table.change(i, StrategyRows.live(i, runs.get(i), new Span())));
        }
        chart.show(runs.stream().filter(run -> run.curve() != null)
                .map(run -> new EquityChart.Run(StrategyRows.name(run.order().strategy()), run.order().cash(), run.curve())).toList());
    }

    private Component stop(Run run) {
        if (!run.running()) {
            return new Span();
        }
        Button button = new Button("Stop", _ -> Confirmation.ask("Stop " + StrategyRows.name(run.order().strategy()) + "?",
                "Its open orders are cancelled; what it holds stays.", "Stop", true, () -> Outcomes.tell(api.stop(run.id()), "It is stopped.", this::stopped)));
        button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ERROR);
        return Permitted.only(Permission.TRADING_WRITE, button);
    }

    private void stopped(Run ended) {
        runs = runs.stream().map(run -> run.id().equals(ended.id()) ? ended : run).toList();
        draw();
    }
}
