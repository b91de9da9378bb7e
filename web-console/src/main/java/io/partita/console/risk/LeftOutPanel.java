package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;
import io.partita.console.risk.RiskApi.LeftOut;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Table;
import java.util.List;

/** Positions that are in no figure, and why. */
final class LeftOutPanel {

    private LeftOutPanel() {
    }

    static Panel of(List<LeftOut> left) {
        Table table = new Table("Position", "Why it is in no figure");
        table.show(left.stream().map(LeftOutPanel::row).toList());
        return new Panel("Left out", table).flush().withAside(Amounts.count(left.size()));
    }

    private static Component[] row(LeftOut left) {
        Span name = new Span(left.symbol());
        name.addClassName("strong");
        return new Component[] {name, new Span(Words.left(left.reason()))};
    }
}
