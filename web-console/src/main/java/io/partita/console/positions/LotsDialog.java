package io.partita.console.positions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.api.Answer;
import io.partita.console.positions.PortfolioApi.Lot;
import io.partita.console.positions.PortfolioApi.Lots;
import io.partita.console.positions.PortfolioApi.Position;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Facts;
import io.partita.console.ui.Notices;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;

/** A position lot by lot, in the order in which they are closed. */
final class LotsDialog {

    /** Of the first lots; a position may have a hundred thousand. */
    private static final int MOST = 500;

    private LotsDialog() {
    }

    /** @param day null for today */
    static void open(PortfolioApi api, Position position, LocalDate day, String base) {
        switch (api.lots(position.account(), position.symbol(), day, base)) {
            case Answer.Done<Lots>(Lots lots) -> open(lots);
            case Answer.Refused<Lots>(var problem) -> Notices.failed(problem.code() + ": " + problem.meaning());
            case Answer.Unreachable<Lots> _ -> Notices.failed("No member answered.");
        }
    }

    private static void open(Lots lots) {
        Dialog dialog = new Dialog(lots.symbol() + ", account " + lots.account());
        dialog.setWidth("680px");
        Facts facts = new Facts().with("Quantity", Amounts.figure(lots.quantity())).with("Cost at average", money(lots.averageCost(), lots.currency()))
                .with("Realised at average", money(lots.realizedAverage(), lots.currency())).with("Realised first in, first out", money(lots.realizedFifo(), lots.currency()))
                .with("Income", money(lots.income(), lots.currency())).with("Fees", money(lots.fees(), lots.currency()));
        boolean other = !lots.currency().equals(lots.base());
        Table table = other ? new Table("Opened", "Trade or row", "#Quantity", "#Cost, " + lots.currency(), "#Cost, " + lots.base())
                : new Table("Opened", "Trade or row", "#Quantity", "#Cost, " + lots.currency());
        table.withEmptyText("Nothing is open any more.");
        table.show(lots.lots().stream().limit(MOST).map(lot -> row(lot, other)).toList());
        Div content = new Div(facts, table);
        content.addClassName("lots");
        dialog.add(content);
        if (lots.lots().size() > MOST) {
            Span more = new Span("and " + Amounts.count(lots.lots().size() - MOST) + " lots more");
            more.addClassName("hint");
            content.add(more);
        }
        dialog.getFooter().add(new Button("Close", _ -> dialog.close()));
        dialog.open();
    }

    private static Component[] row(Lot lot, boolean other) {
        Component[] cells = {new Span(Times.date(lot.day())), new Span(lot.trade()), new Span(Amounts.figure(lot.quantity())), new Span(Amounts.figure(lot.cost())),
            new Span(Amounts.figure(lot.costInBase()))};
        return other ? cells : Arrays.copyOf(cells, cells.length - 1);
    }

    private static String money(BigDecimal amount, String currency) {
        return Amounts.figure(amount) + "\u00A0" + currency;
    }
}
