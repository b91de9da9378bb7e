package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.trading.StrategyApi.Figures;
import io.partita.console.trading.StrategyApi.Run;
import io.partita.console.trading.StrategyApi.Tested;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Pill;
import io.partita.console.ui.TwoLines;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs as rows of a table: who, how it stands, and its figures. */
final class StrategyRows {

    static final String[] TITLES = {"Strategy", "#Return", "State", "#Equity", "#Sharpe", "#Sortino", "#Drawdown", "#Hit rate", "#Turnover", "#Fills"};

    private StrategyRows() {
    }

    /** {@code market-making} as {@code Market making}; the abbreviation stays one. */
    static String name(String name) {
        return name.equals("rsi") ? "RSI" : OrderTerms.words(name.replace('-', '_'));
    }

    /** @param stop what is pressed to stop it, in the cell that stays when the rest changes */
    static Component[] live(int line, Run run, Component stop) {
        Pill.Tone tone = switch (run.status()) {
            case "RUNNING" -> Pill.Tone.GOOD;
            case "STOPPED" -> Pill.Tone.CALM;
            default -> Pill.Tone.BAD;
        };
        Pill state = new Pill(OrderTerms.words(run.status()), tone);
        if (run.reason() != null) {
            state.setTitle(run.reason());
        }
        String below = String.join(", ", run.order().symbols()) + ", account " + run.order().account() + told(run.order().parameters());
        return row(who(line, run.order().strategy(), below, stop), state, run.equity(), run.figures());
    }

    static Component[] tested(int line, Tested run, String history) {
        return row(who(line, run.strategy(), history + told(run.parameters()), new Span()), new Pill("Done", Pill.Tone.CALM), run.equity(), run.figures());
    }

    /** The parameters that are not the strategy's own. */
    private static String told(Map<String, Double> parameters) {
        return parameters == null || parameters.isEmpty() ? "" : parameters.entrySet().stream()
                .map(one -> one.getKey() + " " + BigDecimal.valueOf(one.getValue()).stripTrailingZeros().toPlainString()).collect(Collectors.joining(", ", ", ", ""));
    }

    private static Component who(int line, String strategy, String below, Component stop) {
        Span key = new Span();
        key.addClassName("run-key");
        key.getStyle().set("background", "var(--run-" + (line + 1) + ")");
        TwoLines text = new TwoLines(name(strategy), below);
        text.getElement().setAttribute("title", below);
        Div cell = new Div(key, text, stop);
        cell.addClassName("run-cell");
        return cell;
    }

    private static Component[] row(Component who, Component state, String equity, Figures figures) {
        Span gain = new Span(percent(figures.totalReturn()));
        gain.addClassName(figures.totalReturn() < 0 ? "bad" : figures.totalReturn() > 0 ? "good" : "plain");
        Stream<Component> rest = Stream.of(Amounts.figure(new BigDecimal(equity)), ratio(figures.sharpe()), ratio(figures.sortino()),
                percent(-figures.maxDrawdown()), figures.roundTrips() == 0 ? "\u2013" : percent(figures.hitRate()), ratio(figures.turnover()),
                Amounts.count(figures.fills())).map(Span::new);
        return Stream.concat(Stream.of(who, gain, state), rest).toArray(Component[]::new);
    }

    private static String percent(double part) {
        return rounded(100 * part) + "\u202F%";
    }

    /** A figure that does not exist is 0. */
    private static String ratio(double value) {
        return value == 0 ? "\u2013" : rounded(value);
    }

    private static String rounded(double value) {
        if (!Double.isFinite(value)) {
            return "\u2013";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(Math.abs(value) >= 1000 ? 0 : 2, RoundingMode.HALF_EVEN);
        return Amounts.figure(rounded.signum() == 0 ? rounded.abs() : rounded);
    }
}
