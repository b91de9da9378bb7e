package io.partita.console.marketdata;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.jobs.JobApi;
import io.partita.console.jobs.JobPrompt;
import io.partita.console.marketdata.RuleApi.Rule;
import io.partita.console.marketdata.RuleBoard.Seen;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.Live;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Pill.Tone;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;
import io.partita.console.ui.TwoLines;
import io.partita.security.Permission;

/** Alert rules that people write themselves: what there is, and a form to try and keep one. */
@Route("alert-rules")
@PageTitle("Alert rules \u00B7 Partita")
public class RulesView extends Div implements Refreshable {

    private final RuleApi api;
    private final JobApi jobs;
    private final RuleForm form;
    private final Table table = new Table("Rule", "Condition", "On", "Severity", "State", "").withEmptyText("No rule yet. Write a condition above, and try it on history.");
    private final TableRows<Rule> rows = new TableRows<>(table, Rule::name, this::row);
    private final Div prompt = new Div();

    RulesView(RuleApi api, MarketDataApi market, JobApi jobs, RuleBoard board) {
        this.api = api;
        this.jobs = jobs;
        form = new RuleForm(api, market, this::ask);
        addClassNames("page", "rules");
        add(new PageHead("Alert rules", "A condition over bars, indicators or anomalies, in CEL. While it is true there is an alert among the others."),
                new Panel("Try and keep", Permitted.form(Permission.MARKETDATA_WRITE, form)), new Panel("Rules", table).flush(), prompt);
        Live.of(this, board::listen, this::show);
    }

    @Override
    public void refresh() {
        form.load();
    }

    private void ask() {
        api.rules().found().ifPresent(rows::show);
    }

    private void show(Seen now) {
        rows.show(now.rules());
        if (now.judged() || now.rules().isEmpty()) {
            prompt.removeAll();
        } else if (prompt.getComponentCount() == 0) {
            prompt.add(new Panel("", new JobPrompt(jobs, "rules", "Nobody judges these rules", "It runs.")).untitled());
        }
    }

    private Component[] row(Rule rule) {
        Code condition = new Code(rule.condition());
        Button edit = new Button("Change", _ -> form.edit(rule));
        edit.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        Button remove = new Button("Remove", _ -> Confirmation.ask("Remove " + rule.name() + "?", "It is judged no more; its alerts stay.", "Remove", true,
                () -> Outcomes.tell(api.remove(rule.name()), rule.name() + " is removed.", _ -> ask())));
        remove.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ERROR);
        Div actions = new Div(edit, remove);
        actions.addClassName("row-actions");
        String symbols = rule.symbols().isEmpty() ? "all instruments" : String.join(", ", rule.symbols());
        return new Component[] {new TwoLines(rule.name(), rule.description() == null ? rule.actor() : rule.description()), condition,
            new TwoLines("ANOMALIES".equals(rule.on()) ? "Anomalies" : "Bars of " + Sizes.name(rule.size()), symbols),
            new Pill(Words.of(rule.severity()), Words.severity(rule.severity())), state(rule), Permitted.only(Permission.MARKETDATA_WRITE, actions)};
    }

    private static Component state(Rule rule) {
        Pill pill = switch (rule.status()) {
            case "ON" -> new Pill("On", Tone.GOOD);
            case "OFF" -> new Pill("Off", Tone.CALM);
            default -> new Pill("Failed", Tone.BAD);
        };
        if (rule.failure() == null) {
            return pill;
        }
        Span why = new Span(rule.failure().message());
        why.addClassName("bad");
        return new Div(pill, why);
    }
}
