package io.partita.console.marketdata;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.api.Callers;
import io.partita.console.marketdata.AlertApi.Aftermath;
import io.partita.console.marketdata.AlertApi.Anomaly;
import io.partita.console.marketdata.AlertApi.Episode;
import io.partita.console.marketdata.MarketDataApi.Bar;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The window that ends with an anomaly, beside the windows of history most like it; each with what followed, all on one scale. */
final class EpisodesPanel extends Div {

    private static final int BARS = 20;
    private static final int MOST = 5;

    private final MarketDataApi market;
    private final String size;

    /** Something to draw. @param before bars after the window's end, and the change from its last close in percent */
    private record Window(String title, String below, List<double[]> before, List<double[]> after, List<double[]> dots) {

        Stream<Double> values() {
            return Stream.of(before, after, dots).flatMap(List::stream).map(point -> point[1]);
        }
    }

    EpisodesPanel(MarketDataApi market, Anomaly anomaly, List<Episode> similar) {
        this.market = market;
        this.size = anomaly.size();
        Supplier<Window> present = () -> window("This time", anomaly.symbol() + ", until " + Times.clock(anomaly.detected()), anomaly.symbol(), anomaly.detected(), null);
        Stream<Supplier<Window>> past = similar.stream().limit(MOST).map(episode -> () -> window(Math.round(episode.similarity() * 100) + "% alike",
                episode.symbol() + ", until " + Times.dateTime(episode.to()), episode.symbol(), episode.to(), episode.followed()));
        List<Window> windows = Callers.together(Stream.concat(Stream.of(present), past).toList());
        double low = windows.stream().flatMap(Window::values).mapToDouble(Double::doubleValue).min().orElse(0);
        double high = windows.stream().flatMap(Window::values).mapToDouble(Double::doubleValue).max().orElse(0);
        Div all = new Div();
        all.addClassName("episodes");
        windows.forEach(window -> all.add(drawn(window, low, high)));
        Span outlook = new Span(AnomalyPanel.outlook(anomaly.outlook()));
        outlook.addClassNames("hint", "outlook");
        Panel panel = new Panel("When it was like that before", outlook, all);
        if (similar.isEmpty()) {
            Span none = new Span("No window of history was known then of which it was also known what followed.");
            none.addClassName("hint");
            panel.add(none);
        }
        add(panel);
    }

    private static Component drawn(Window window, double low, double high) {
        Span title = new Span(window.title());
        title.addClassName("strong");
        Span below = new Span(window.below());
        below.addClassName("hint");
        EpisodeChart chart = new EpisodeChart(window.title() + ": " + window.below());
        chart.show(window.before(), window.after(), window.dots(), low, high);
        Div each = new Div(title, below, chart);
        each.addClassName("episode");
        return each;
    }

    /** Bars are asked for; where the grid has forgotten them, what is known of what followed stands for them. @param followed null if it is the present */
    private Window window(String title, String below, String symbol, Instant end, Aftermath followed) {
        Duration length = Sizes.length(size);
        List<Bar> bars = market.bars(symbol, size, end.minus(length.multipliedBy(BARS)), end.plus(length.multipliedBy(BARS))).found().orElse(List.of());
        double close = bars.stream().filter(bar -> bar.start().isBefore(end)).mapToDouble(Bar::close).reduce(0, (_, last) -> last);
        List<double[]> before = new ArrayList<>();
        List<double[]> after = new ArrayList<>();
        if (close > 0) {
            for (Bar bar : bars) {
                long place = Duration.between(end, bar.start()).dividedBy(length) + 1;
                (place > 0 ? after : before).add(new double[] {place, (bar.close() / close - 1) * 100});
            }
        }
        return new Window(title, below, before, after, followed == null ? List.of()
                : List.of(new double[] {1, percent(followed.soon())}, new double[] {5, percent(followed.week())}, new double[] {BARS, percent(followed.month())}));
    }

    private static double percent(double logarithmic) {
        return Math.expm1(logarithmic) * 100;
    }
}
