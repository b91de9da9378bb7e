package io.partita.console.positions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.partita.console.api.MemberApi;
import io.partita.console.positions.PortfolioApi.Portfolio;
import io.partita.console.positions.PortfolioApi.Sums;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Gain;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;
import io.partita.console.ui.TwoLines;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A firm, its desks and their books with their sums; what is below a portfolio can be folded away. */
final class PortfolioTree extends Div {

    /** Up to so many are shown at once; of more only the way to the chosen one, until somebody opens others. */
    private static final int SMALL = 40;
    /** A table is no place for more. */
    private static final int MOST = 500;

    private final Portfolio firm;
    private final Portfolio chosen;
    private final Map<String, String> address;
    private final Map<String, List<Portfolio>> below = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private final Table table = new Table("Portfolio", "#Worth", "#Exposure", "#Unrealised", "#Realised", "#Income less fees", "#Gain", "#Positions").withEmptyText("");
    private final TableRows<Branch> rows = new TableRows<>(table, branch -> List.of(branch.portfolio, branch.open), this::row);
    private List<Sums> latest = List.of();

    private record Branch(Portfolio portfolio, int depth, boolean open, Sums sums) {
    }

    /** @param address what links say beside the portfolio */
    PortfolioTree(List<Portfolio> all, Portfolio firm, Portfolio chosen, Map<String, String> address) {
        this.firm = firm;
        this.chosen = chosen;
        this.address = address;
        addClassName("tree");
        Map<String, Portfolio> byCode = new HashMap<>();
        all.forEach(each -> {
            byCode.put(each.code(), each);
            if (each.parent() != null) {
                below.computeIfAbsent(each.parent(), _ -> new ArrayList<>()).add(each);
            }
        });
        for (Portfolio each = chosen; each != null; each = each.parent() == null ? null : byCode.get(each.parent())) {
            open.add(each.code());
        }
        if (count(firm) <= SMALL) {
            open.addAll(below.keySet());
        }
        add(table);
    }

    private int count(Portfolio portfolio) {
        return 1 + below.getOrDefault(portfolio.code(), List.of()).stream().mapToInt(this::count).sum();
    }

    void show(List<Sums> sums) {
        latest = sums;
        Map<String, Sums> byCode = new HashMap<>();
        sums.forEach(each -> byCode.put(each.code(), each));
        List<Branch> branches = new ArrayList<>();
        collect(firm, 0, byCode, branches);
        rows.show(branches);
    }

    private void collect(Portfolio portfolio, int depth, Map<String, Sums> sums, List<Branch> into) {
        // One that was made a moment ago has no sums yet.
        if (into.size() == MOST || !sums.containsKey(portfolio.code())) {
            return;
        }
        boolean unfolded = open.contains(portfolio.code());
        into.add(new Branch(portfolio, depth, unfolded, sums.get(portfolio.code())));
        if (unfolded) {
            below.getOrDefault(portfolio.code(), List.of()).forEach(each -> collect(each, depth + 1, sums, into));
        }
    }

    private void fold(Portfolio portfolio) {
        if (!open.remove(portfolio.code())) {
            open.add(portfolio.code());
        }
        show(latest);
    }

    private Component[] row(Branch branch) {
        Sums sums = branch.sums;
        return new Component[] {name(branch), strong(sums.worth()), new Span(Amounts.figure(sums.exposure())), new Gain(sums.unrealized()), new Gain(sums.realized()),
            new Gain(sums.income().subtract(sums.fees())), gain(sums.gain()),
            new Span(Amounts.count(sums.positions()) + (sums.unpriced() == 0 ? "" : " (" + Amounts.count(sums.unpriced()) + " unpriced)"))};
    }

    private Component name(Branch branch) {
        Portfolio portfolio = branch.portfolio;
        StringBuilder link = new StringBuilder("portfolios?portfolio=" + MemberApi.segment(portfolio.code()));
        address.forEach((name, value) -> link.append(value.isEmpty() ? "" : "&" + name + "=" + value));
        Anchor anchor = new Anchor(link.toString(), portfolio.name());
        if (portfolio.equals(chosen)) {
            anchor.getElement().setAttribute("aria-current", "true");
        }
        Div cell = new Div(below.containsKey(portfolio.code()) ? folding(branch) : new Span(), new TwoLines(anchor, Words.of(portfolio.level()) + " " + portfolio.code()));
        cell.addClassName("tree-cell");
        cell.getStyle().set("--depth", Integer.toString(branch.depth));
        return cell;
    }

    private Button folding(Branch branch) {
        Button button = new Button(branch.open ? VaadinIcon.CHEVRON_DOWN_SMALL.create() : VaadinIcon.CHEVRON_RIGHT_SMALL.create(), _ -> fold(branch.portfolio));
        button.addThemeVariants(ButtonVariant.LUMO_TERTIARY_INLINE, ButtonVariant.LUMO_ICON);
        button.setAriaLabel((branch.open ? "Fold " : "Unfold ") + branch.portfolio.name());
        button.getElement().setAttribute("aria-expanded", Boolean.toString(branch.open));
        return button;
    }

    private static Component strong(BigDecimal amount) {
        Span text = new Span(Amounts.figure(amount));
        text.addClassName("strong");
        return text;
    }

    private static Component gain(BigDecimal amount) {
        Gain text = new Gain(amount);
        text.addClassName("strong");
        return text;
    }
}
