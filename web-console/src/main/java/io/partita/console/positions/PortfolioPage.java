package io.partita.console.positions;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import io.partita.console.api.Answer;
import io.partita.console.api.Problem;
import io.partita.console.positions.PortfolioApi.Portfolio;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Refreshable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page about one portfolio of the reader's choice. Its address says which, and all that was chosen beside it, so that it can be kept and sent; other pages of
 * the same window begin with the same portfolio.
 */
public abstract class PortfolioPage extends Div implements BeforeEnterObserver, Refreshable {

    private static final String PARAMETER = "portfolio";
    private static final String CHOSEN = "partita.portfolio";

    private final PortfolioApi api;
    private final ComboBox<Portfolio> choice = new ComboBox<>("Portfolio");
    private final Div choices = new Div();
    private final Div content = new Div();
    private List<Portfolio> all = List.of();
    private Portfolio portfolio;
    private String wanted = "";
    private String path = "";
    private boolean entering;

    /** Shows nothing of its own yet: that comes with the address. */
    @SuppressWarnings("this-escape") // Nothing that pages override is called.
    protected PortfolioPage(PortfolioApi api, PageHead head) {
        this.api = api;
        addClassName("page");
        choice.setItemLabelGenerator(Portfolio::title);
        choice.addValueChangeListener(event -> {
            if (!entering && event.getValue() != null) {
                wanted = event.getValue().code();
                chosen();
            }
        });
        choices.add(choice);
        choices.addClassName("choices");
        content.addClassName("stack");
        add(head, choices, content);
    }

    /** Takes what the address says, beside the portfolio. */
    protected abstract void enter(QueryParameters query);

    /** What the address is to say beside the portfolio; what has no text is left out. */
    protected abstract Map<String, String> address();

    /** Fills the content, which is empty, with what there is to show of the portfolio. */
    protected abstract void show(Portfolio shown);

    /** Puts fields beside the choice of the portfolio. */
    protected final void choose(Component... fields) {
        choices.add(fields);
    }

    protected final Div content() {
        return content;
    }

    /** All there are, by code. */
    protected final List<Portfolio> all() {
        return all;
    }

    /** The one that is shown; nothing while there is none. */
    protected final Optional<Portfolio> portfolio() {
        return Optional.ofNullable(portfolio);
    }

    /** Something was chosen: the address follows, and the page shows it. Nothing happens while the page takes over what the address says. */
    protected final void chosen() {
        if (entering) {
            return;
        }
        remember();
        show();
    }

    /** The address follows what was chosen; what is shown stays. */
    protected final void remember() {
        getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, new Location(path, QueryParameters.simple(parameters()))));
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(PARAMETER, wanted);
        address().forEach((name, value) -> {
            if (value != null && !value.isBlank()) {
                parameters.put(name, value);
            }
        });
        return parameters;
    }

    @Override
    public final void beforeEnter(BeforeEnterEvent event) {
        path = event.getLocation().getPath();
        QueryParameters query = event.getLocation().getQueryParameters();
        wanted = query.getSingleParameter(PARAMETER).orElseGet(() -> remembered(event.getUI()));
        entering = true;
        enter(query);
        entering = false;
        refresh();
    }

    private static String remembered(UI ui) {
        return ComponentUtil.getData(ui, CHOSEN) instanceof String code ? code : "";
    }

    @Override
    public final void refresh() {
        switch (api.portfolios()) {
            case Answer.Done<List<Portfolio>>(List<Portfolio> found) -> {
                all = found;
                if (wanted.isEmpty() || all.stream().noneMatch(each -> each.code().equals(wanted)) && wanted.equals(remembered(UI.getCurrent()))) {
                    wanted = all.stream().filter(each -> each.parent() == null).findFirst().map(Portfolio::code).orElse("");
                }
                entering = true;
                choice.setItems(all);
                choice.setValue(find().orElse(null));
                entering = false;
                show();
            }
            case Answer.Refused<List<Portfolio>>(Problem problem) -> say(VaadinIcon.WARNING, problem.code(), problem.meaning());
            case Answer.Unreachable<List<Portfolio>> _ when portfolio != null -> { } // What is shown stays; the banner says why.
            case Answer.Unreachable<List<Portfolio>> _ -> say(VaadinIcon.CONNECT_O, "Waiting for the grid", "No member answers at the moment. The page appears by itself.");
        }
    }

    private Optional<Portfolio> find() {
        return all.stream().filter(each -> each.code().equals(wanted)).findFirst();
    }

    private void show() {
        content.removeAll();
        portfolio = find().orElse(null);
        if (portfolio != null) {
            ComponentUtil.setData(UI.getCurrent(), CHOSEN, portfolio.code());
            show(portfolio);
        } else if (all.isEmpty()) {
            say(VaadinIcon.BRIEFCASE, "No portfolio yet", "PUT /api/v1/portfolios/{code} makes one, ./partita import positions fills accounts, and docs/positions.md says how it goes.");
        } else {
            say(VaadinIcon.SEARCH, "No portfolio " + wanted, "It may be misspelled, or was taken away.", new Anchor(path, "The first one"));
        }
    }

    private void say(VaadinIcon icon, String title, String text, Component... actions) {
        content.removeAll();
        content.add(new Panel("", new EmptyState(icon, title, text, actions)).untitled());
    }
}
