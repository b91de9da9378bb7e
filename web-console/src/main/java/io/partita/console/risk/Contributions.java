package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.risk.RiskApi.Factor;
import io.partita.console.risk.RiskApi.Measured;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.SpanBar;
import io.partita.console.ui.Table;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/** Which factors make the risk: exposure, part of the value at risk as a bar, and part of the expected shortfall; what makes most first. */
final class Contributions extends Div {

    private static final int FIRST = 12;
    private static final int MOST = 1_000;

    private final Measured measured;
    private final List<Factor> factors;
    private final double low;
    private final double high;
    private final Table table = new Table("Factor", "#Exposure", "#Of the value at risk", "", "#Share", "#Of the shortfall")
            .withEmptyText("Nothing that it holds has a history of prices.");

    Contributions(Measured measured) {
        this.measured = measured;
        factors = measured.factors().stream().sorted(Comparator.comparing(Factor::component).reversed()).toList();
        low = Math.min(0, factors.stream().mapToDouble(each -> each.component().doubleValue()).min().orElse(0));
        high = Math.max(0, factors.stream().mapToDouble(each -> each.component().doubleValue()).max().orElse(0));
        addClassName("contributions");
        add(table);
        show(FIRST);
        if (factors.size() > FIRST) {
            Button all = new Button("All " + Amounts.count(factors.size()) + " factors", event -> {
                show(MOST);
                event.getSource().setVisible(false);
            });
            all.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
            add(all);
        }
    }

    private void show(int most) {
        table.show(factors.stream().limit(most).map(this::row).toList());
    }

    private Component[] row(Factor factor) {
        Span name = new Span(factor.symbol());
        name.addClassName("strong");
        double component = factor.component().doubleValue();
        BigDecimal whole = measured.valueAtRisk();
        return new Component[] {name, new Span(Amounts.figure(factor.exposure())), new Span(Amounts.figure(factor.component())),
            new SpanBar(0, component, low, high, component < 0 ? "good" : "risk"), new Span(whole.signum() == 0 ? "\u2013" : Amounts.percent(component / whole.doubleValue(), 1)),
            new Span(Amounts.figure(factor.shortfallComponent()))};
    }
}
