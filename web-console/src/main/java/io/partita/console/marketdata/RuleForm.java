package io.partita.console.marketdata;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.partita.console.api.Answer;
import io.partita.console.marketdata.MarketDataApi.Listed;
import io.partita.console.marketdata.RuleApi.Rule;
import io.partita.console.marketdata.RuleApi.Tried;
import io.partita.console.marketdata.RuleApi.Wanted;
import io.partita.console.ui.Actors;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Notices;
import io.partita.console.ui.RefusalBox;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import io.partita.console.ui.TwoLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A condition in CEL, and what becomes of it: tried on history first, kept as a rule when it says what it should. */
final class RuleForm extends Div {

    private static final int LONGEST = 2_000;
    private static final int MOST_TRIED = 10;

    private final RuleApi api;
    private final MarketDataApi market;
    private final Runnable kept;
    private final TextArea condition = new TextArea("Condition");
    private final TextField name = new TextField("Name");
    private final TextField description = new TextField("What it is for");
    private final TextField actor = Actors.field();
    private final Checkbox judged = new Checkbox("Judged from now on", true);
    private final Select<String> size = new Select<>();
    private final Select<String> severity = new Select<>();
    private final MultiSelectComboBox<String> instruments = new MultiSelectComboBox<>("Instruments");
    private final RefusalBox refusal = new RefusalBox();
    private final Div result = new Div();
    private final Div words = new Div();
    private List<String> listed = List.of();
    /** The name of the rule that is being changed; another name is another rule. */
    private String changing = "";

    RuleForm(RuleApi api, MarketDataApi market, Runnable kept) {
        this.api = api;
        this.market = market;
        this.kept = kept;
        addClassNames("form", "rule-form");
        condition.setPlaceholder("rsi(14) < 30 && close < bbands(20,2).lower");
        condition.setMaxLength(LONGEST);
        condition.addValueChangeListener(_ -> condition.setInvalid(false));
        size.setLabel("Bars of");
        size.setItems(Sizes.ALL);
        size.setItemLabelGenerator(Sizes::name);
        size.setValue(Sizes.USUAL);
        severity.setLabel("Severity");
        severity.setItems("INFO", "WARNING", "CRITICAL");
        severity.setItemLabelGenerator(Words::of);
        severity.setValue("WARNING");
        instruments.setPlaceholder("All");
        Button test = new Button("Try on history", _ -> test());
        Button keep = new Button("Keep the rule", _ -> keep());
        keep.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Div fields = new Div(size, severity, instruments, name, description, actor, judged);
        fields.addClassName("fields");
        Div actions = new Div(keep, test);
        actions.addClassName("form-actions");
        words.addClassName("rule-words");
        add(condition, fields, refusal, actions, result, new Details("Words", words));
        load();
    }

    /** Asks what there is to choose from, if that is not known yet. */
    void load() {
        if (listed.isEmpty()) {
            listed = market.instruments().found().orElse(List.of()).stream().map(Listed::symbol).toList();
            instruments.setItems(listed);
        }
        if (words.getComponentCount() == 0) {
            api.words().found().ifPresent(found -> {
                found.words().forEach((word, type) -> {
                    Code code = new Code(word);
                    code.getElement().setAttribute("title", type);
                    words.add(code);
                });
                found.functions().forEach(function -> words.add(new Code(function + "(\u2026)")));
            });
        }
    }

    /** Takes a rule over, to change it. */
    void edit(Rule rule) {
        changing = rule.name();
        judged.setValue(rule.enabled());
        condition.setValue(rule.condition());
        name.setValue(rule.name());
        description.setValue(rule.description() == null ? "" : rule.description());
        size.setValue(rule.size());
        severity.setValue(rule.severity());
        instruments.setValue(Set.copyOf(rule.symbols()));
        refusal.hide();
        result.removeAll();
        condition.focus();
    }

    private void test() {
        refusal.hide();
        result.removeAll();
        if (!Fields.check(condition, condition.getValue().isBlank() ? "What is to be true." : "")) {
            return;
        }
        List<String> symbols = instruments.getValue().isEmpty() ? listed : List.copyOf(instruments.getValue());
        List<String> first = symbols.stream().limit(MOST_TRIED).toList();
        switch (api.tried(condition.getValue().strip(), size.getValue(), first)) {
            case Answer.Done<Tried>(Tried tried) -> show(tried, first.size() < symbols.size() ? " Tried on " + String.join(", ", first) + " only." : "");
            case Answer.Refused<Tried>(var problem) -> refusal.show(problem);
            case Answer.Unreachable<Tried>(String why) -> refusal.showNoAnswer(why);
        }
    }

    private void show(Tried tried, String remark) {
        boolean bars = "BARS".equals(tried.on());
        Span text = new Span("True of " + Amounts.count(tried.matched()) + " out of " + Amounts.count(tried.judged()) + (bars ? " bars" : " anomalies")
                + (tried.absent() == 0 ? "" : ", of which " + Amounts.count(tried.absent()) + " had something missing") + ": " + Amounts.count(tried.alerts())
                + (tried.alerts() == 1 ? " alert." : " alerts.") + (tried.suppressed() == 0 ? "" : " Nobody would have heard of " + Amounts.count(tried.suppressed()) + " more.") + remark);
        text.addClassName("strong");
        result.add(text);
        if (tried.failure() != null) {
            Span failure = new Span("It could not be evaluated any further: " + tried.failure());
            failure.addClassName("bad");
            result.add(failure);
        }
        if (!tried.hits().isEmpty()) {
            Table table = new Table("When", "Instrument", "What it would have said");
            table.show(tried.hits().reversed().stream().limit(20).map(hit -> new Component[] {new TwoLines(Times.dateTime(hit.from()),
                hit.bars() == 1 ? "1 bar" : hit.bars() + " bars"), new Span(hit.symbol()), new Span(hit.explanation())}).toList());
            result.add(table);
        }
    }

    private void keep() {
        refusal.hide();
        boolean valid = Fields.check(condition, condition.getValue().isBlank() ? "What is to be true." : "")
                & Fields.check(name, name.getValue().matches("[a-z0-9][a-z0-9-]{0,39}") ? "" : "1 to 40 small letters, digits and -.");
        if (!valid) {
            return;
        }
        Wanted wanted = new Wanted(name.getValue(), condition.getValue().strip(), size.getValue(), new ArrayList<>(instruments.getValue()), severity.getValue(), judged.getValue(),
                description.getValue().isBlank() ? null : description.getValue().strip(), actor.getValue().strip());
        switch (changing.equals(wanted.name()) ? api.replace(wanted) : api.add(wanted)) {
            case Answer.Done<Rule>(Rule rule) -> {
                Notices.done(rule.name() + " is kept.");
                changing = "";
                name.clear();
                judged.setValue(true);
                kept.run();
            }
            case Answer.Refused<Rule>(var problem) -> refusal.show(problem);
            case Answer.Unreachable<Rule> _ -> refusal.showNoAnswer("Whether it is kept shows below.");
        }
    }
}
