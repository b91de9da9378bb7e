package io.partita.console.lineage;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.api.Problem;
import io.partita.console.lineage.LineageApi.Edge;
import io.partita.console.lineage.LineageApi.Lineage;
import io.partita.console.lineage.LineageApi.Node;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where something came from and what it became: a graph, and the same as a list. */
@Route("lineage/:id*")
public class LineageView extends Div implements BeforeEnterObserver, HasDynamicTitle, Refreshable {

    private final LineageApi api;
    private final TextField field = new TextField("Id");
    private final Div content = new Div();
    private String wanted = "";
    private boolean shown;

    LineageView(LineageApi api) {
        this.api = api;
        addClassNames("page", "lineage");
        field.setPlaceholder("Of a transfer, account operation, job or alert; orders/ACME/7; trades/ACME/7");
        field.setClearButtonVisible(true);
        field.setMaxLength(200);
        Button draw = new Button("Show", _ -> go());
        draw.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        field.addKeyPressListener(Key.ENTER, _ -> go());
        Div form = new Div(field, draw);
        form.addClassName("lineage-form");
        content.addClassName("stack");
        add(new PageHead("Lineage", "Where something came from, and what it became: who asked, command, order, trade, transfers, journal, shards, balances."), new Panel("", form).untitled(), content);
    }

    private void go() {
        String id = field.getValue().strip();
        if (!id.isEmpty()) {
            getUI().ifPresent(ui -> ui.navigate("lineage/" + id.replaceFirst("^/+", "")));
        }
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        wanted = event.getRouteParameters().get("id").orElse("");
        field.setValue(wanted);
        shown = false;
        refresh();
    }

    @Override
    public String getPageTitle() {
        return (wanted.isEmpty() ? "Lineage" : "Lineage of " + wanted) + " \u00B7 Partita";
    }

    @Override
    public void refresh() {
        if (wanted.isEmpty()) {
            say(new EmptyState(VaadinIcon.CONNECT, "Of what?", "Enter the id of a transfer, an operation on an account, a job or an alert; or orders/SYMBOL/NUMBER, trades/SYMBOL/NUMBER."));
            return;
        }
        switch (api.of(wanted)) {
            case Answer.Done<Lineage>(Lineage lineage) -> show(lineage);
            case Answer.Refused<Lineage>(Problem problem) -> say(new EmptyState(VaadinIcon.SEARCH, problem.notFound() ? "Nothing of that id" : problem.code(),
                    problem.detail() == null || problem.detail().isBlank() ? problem.meaning() : problem.detail()));
            case Answer.Unreachable<Lineage> _ when shown -> { } // What is shown stays; the banner says why.
            case Answer.Unreachable<Lineage> _ -> say(new EmptyState(VaadinIcon.CONNECT_O, "Waiting for the grid", "No member answers at the moment. The graph appears by itself."));
        }
    }

    private void say(EmptyState state) {
        content.removeAll();
        content.add(new Panel("", state).untitled());
    }

    private void show(Lineage lineage) {
        shown = true;
        content.removeAll();
        Panel graph = new Panel("From left to right", new LineageDrawing(lineage));
        if (!lineage.withheld().isEmpty()) {
            graph.withAside("There may be more for those who may " + String.join(", ", lineage.withheld()));
        }
        Table nodes = new Table("What", "Name", "When", "In words").withEmptyText("Nothing.");
        nodes.show(lineage.nodes().stream().map(LineageView::row).toList());
        Table edges = new Table("From", "How", "To").withEmptyText("It stands alone.");
        Map<String, Node> byKey = lineage.nodes().stream().collect(Collectors.toMap(Node::key, Function.identity()));
        edges.show(lineage.edges().stream().map(edge -> row(edge, byKey)).toList());
        content.add(graph, new Panel("The same as a list", nodes).flush(), new Panel("What led to what", edges).flush());
    }

    private static Component[] row(Node node) {
        Span words = new Span(node.detail());
        words.setTitle(node.detail());
        return new Component[] {new Span(node.kind().words()), name(node), new Span(Times.dateTime(node.at())), words};
    }

    private static Component[] row(Edge edge, Map<String, Node> nodes) {
        return new Component[] {name(nodes.get(edge.from())), new Span(edge.what()), name(nodes.get(edge.to()))};
    }

    private static Component name(Node node) {
        String page = node.kind().page(node.ref());
        Component name = page == null ? new Span(node.title()) : new Anchor(page, node.title());
        name.getElement().getClassList().add("strong");
        return name;
    }
}
