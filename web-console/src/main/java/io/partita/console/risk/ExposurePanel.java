package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.risk.RiskApi.Concentration;
import io.partita.console.risk.RiskApi.Liquidity;
import io.partita.console.risk.RiskApi.Share;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Facts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.SpanBar;
import io.partita.console.ui.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** What a portfolio hangs on: exposures by kind and by currency, how concentrated they are, and how quickly they could be sold. */
final class ExposurePanel extends Div {

    ExposurePanel(Concentration held) {
        addClassName("exposures");
        Facts facts = new Facts().with("Gross", money(held.gross(), held.base())).with("Net", money(held.net(), held.base()))
                .with("Largest position", Amounts.percent(held.largest(), 1)).with("The " + held.count() + " largest", Amounts.percent(held.top(), 1))
                .with("As concentrated as", number(held.effective(), 1) + " positions of one size");
        Liquidity liquidity = held.liquidity();
        if (liquidity != null) {
            facts.with("Sold in a day", Amounts.percent(liquidity.soldInADay(), 1) + ", in a week " + Amounts.percent(liquidity.soldInAWeek(), 1))
                    .with("All is sold in", number(liquidity.longest(), 1) + " days, at " + Amounts.percent(liquidity.participation(), 0) + " of the volume");
            if (liquidity.valueAtRisk() != null) {
                facts.with("Value at risk until then", money(liquidity.valueAtRisk(), held.base()));
            }
            if (!liquidity.left().isEmpty()) {
                facts.with("Nobody is known to trade", Amounts.count(liquidity.left().size()) + " of the positions");
            }
        }
        Div shares = new Div(shares("By kind", held.kinds(), true), shares("By currency", held.currencies(), false));
        shares.addClassName("halves");
        add(new Panel("Exposures", facts, shares));
    }

    private static Component shares(String title, List<Share> shares, boolean words) {
        Table table = new Table(title, "#Exposure", "", "#Share").withEmptyText("Nothing is held.");
        double low = Math.min(0, shares.stream().mapToDouble(each -> each.exposure().doubleValue()).min().orElse(0));
        double high = Math.max(0, shares.stream().mapToDouble(each -> each.exposure().doubleValue()).max().orElse(0));
        table.show(shares.stream().map(share -> {
            Span name = new Span(words ? Words.of(share.of()) : share.of());
            name.addClassName("strong");
            return new Component[] {name, new Span(Amounts.figure(share.exposure())), new SpanBar(0, share.exposure().doubleValue(), low, high, "risk"),
                new Span(Amounts.percent(share.share(), 1))};
        }).toList());
        return table;
    }

    private static String money(BigDecimal amount, String currency) {
        return Amounts.figure(amount) + "\u00A0" + currency;
    }

    private static String number(double value, int digits) {
        return Amounts.figure(BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN));
    }
}
