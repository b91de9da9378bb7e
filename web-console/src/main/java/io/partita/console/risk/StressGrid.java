package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.risk.StressApi.Grid;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Table;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Profits by moves of prices and of volatilities, the deeper the colour the more is gained or lost. */
final class StressGrid extends Div {

    static final String SPOT = "-0.3,-0.2,-0.15,-0.1,-0.05,0,0.05,0.1,0.15,0.2,0.3";
    static final String VOLATILITY = "-0.5,-0.25,0,0.25,0.5,1";
    /** So much of a colour leaves text on it readable. */
    private static final double DEEPEST = 46;

    StressGrid(Grid grid) {
        addClassName("stress-grid");
        double most = grid.profit().stream().flatMap(List::stream).mapToDouble(each -> Math.abs(each.doubleValue())).max().orElse(0);
        Table table = new Table(Stream.concat(Stream.of("Prices"), grid.volatility().stream().map(each -> "#Volatility " + move(each))).toArray(String[]::new));
        table.show(IntStream.range(0, grid.spot().size()).mapToObj(row -> Stream.concat(Stream.of(strong(move(grid.spot().get(row)))),
                grid.profit().get(row).stream().map(profit -> cell(profit, most))).toArray(Component[]::new)).toList());
        add(table);
    }

    private static Component cell(BigDecimal profit, double most) {
        Span text = new Span(Amounts.signed(profit));
        text.addClassNames("heat", profit.signum() < 0 ? "loss" : "profit");
        text.getStyle().set("--heat", String.format(Locale.ROOT, "%.1f%%", most == 0 ? 0 : Math.abs(profit.doubleValue()) / most * DEEPEST));
        return text;
    }

    static String move(double part) {
        return (part > 0 ? "+" : "") + Amounts.percent(part, part * 100 == Math.rint(part * 100) ? 0 : 1);
    }

    private static Component strong(String text) {
        Span span = new Span(text);
        span.addClassName("strong");
        return span;
    }
}
