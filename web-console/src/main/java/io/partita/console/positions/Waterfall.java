package io.partita.console.positions;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.positions.PortfolioApi.Parts;
import io.partita.console.ui.Gain;
import io.partita.console.ui.SpanBar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The parts of a gain, each beginning where the one before it ends, and what they come to. */
final class Waterfall extends Div {

    private record Step(String name, String meaning, BigDecimal amount, double from, double to) {
    }

    /** @param parts that sum up to their total */
    Waterfall(Parts parts) {
        addClassName("waterfall");
        getElement().setAttribute("role", "list");
        List<Step> steps = new ArrayList<>();
        BigDecimal reached = BigDecimal.ZERO;
        reached = step(steps, "Price", "of what was held when it began", parts.price(), reached);
        reached = step(steps, "Trades", "from their prices to the close", parts.trades(), reached);
        reached = step(steps, "Carry", "interest, coupons and dividends", parts.carry(), reached);
        reached = step(steps, "FX", "rates to the base currency", parts.fx(), reached);
        reached = step(steps, "Fees", "paid", parts.fees().negate(), reached);
        reached = step(steps, "Corrections", "of what was before, told since", parts.corrections(), reached);
        step(steps, "Residual", "what rounding leaves", parts.residual(), reached);
        steps.add(new Step("Total", "gained in all", parts.total(), 0, parts.total().doubleValue()));
        double low = steps.stream().mapToDouble(each -> Math.min(each.from, each.to)).min().orElse(0);
        double high = steps.stream().mapToDouble(each -> Math.max(each.from, each.to)).max().orElse(0);
        steps.forEach(each -> add(row(each, Math.min(0, low), Math.max(0, high))));
    }

    private static BigDecimal step(List<Step> steps, String name, String meaning, BigDecimal amount, BigDecimal from) {
        BigDecimal to = from.add(amount);
        steps.add(new Step(name, meaning, amount, from.doubleValue(), to.doubleValue()));
        return to;
    }

    private static Div row(Step step, double low, double high) {
        boolean total = step.name.equals("Total");
        Span name = new Span(step.name);
        name.addClassName("strong");
        Span meaning = new Span(step.meaning);
        meaning.addClassName("hint");
        Div text = new Div(name, meaning);
        text.addClassName("waterfall-name");
        Div row = new Div(text, new SpanBar(step.from, step.to, low, high, total ? "total" : Gain.tone(step.amount)), new Gain(step.amount));
        row.addClassName("waterfall-row");
        row.setClassName("total", total);
        row.getElement().setAttribute("role", "listitem");
        return row;
    }
}
