package io.partita.console.risk;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldVariant;
import io.partita.console.api.Answer;
import io.partita.console.risk.StressApi.Deviations;
import io.partita.console.risk.StressApi.Scenario;
import io.partita.console.risk.StressApi.Shock;
import io.partita.console.risk.StressApi.Wanted;
import io.partita.console.ui.Actors;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Notices;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.RefusalBox;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A scenario of one's own: moves of kinds, currencies and single products, of volatilities and of rates. */
final class ScenarioForm extends Div {

    private static final int MOST_SHOCKS = 50;
    private static final int LONGEST = 200;
    private static final String NUMBER = "-?[0-9]{1,4}(\\.[0-9]{1,6})?";
    private static final List<String> KINDS = List.of("EQUITY", "BOND", "FUTURE", "CURRENCY_PAIR", "FX_FORWARD");
    private static final List<String> DIRECTIONS = List.of("AGAINST", "UP", "DOWN");

    private final StressApi api;
    private final Consumer<String> kept;
    private final TextField name = new TextField("Name");
    private final TextField code = new TextField("Code");
    private final TextField source = new TextField("Where it is from");
    private final TextField actor = Actors.field();
    private final TextField volatility = percent("Volatility, %");
    private final TextField rate = percent("Rates, points");
    private final TextField deviations = percent("Standard deviations");
    private final Select<String> direction = new Select<>();
    private final Div shocks = new Div();
    private final Button more = new Button("Another move", VaadinIcon.PLUS.create(), _ -> add("KIND", "EQUITY", ""));
    private final Button remove = new Button("Take it away", _ -> ask());
    private final RefusalBox refusal = new RefusalBox();
    private final List<ShockRow> rows = new ArrayList<>();
    private List<String> symbols = List.of();

    /** @param kept called with the code of what was kept, or nothing when it was taken away */
    ScenarioForm(StressApi api, Consumer<String> kept) {
        this.api = api;
        this.kept = kept;
        addClassNames("form", "scenario-form");
        name.setMaxLength(LONGEST);
        code.setMaxLength(40);
        source.setMaxLength(LONGEST);
        direction.setLabel("Direction");
        direction.setItems(DIRECTIONS);
        direction.setItemLabelGenerator(each -> each.equals("AGAINST") ? "Against the portfolio" : "All " + each.toLowerCase(Locale.ROOT));
        shocks.addClassName("form");
        more.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
        remove.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ERROR);
        Div who = new Div(name, code, source, actor);
        who.addClassName("fields");
        Div rest = new Div(volatility, rate, deviations, direction);
        rest.addClassName("fields");
        Button keep = new Button("Keep the scenario", _ -> keep());
        keep.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Div actions = new Div(keep, new Button("Empty the form", _ -> show(null)), remove);
        actions.addClassName("form-actions");
        add(who, shocks, more, rest, refusal, actions);
        show(null);
    }

    private static TextField percent(String label) {
        TextField field = new TextField(label);
        field.addThemeVariants(TextFieldVariant.LUMO_ALIGN_RIGHT);
        field.setAllowedCharPattern("[-0-9.]");
        field.addValueChangeListener(_ -> field.setInvalid(false));
        return field;
    }

    private final class ShockRow extends Div {

        private final Select<String> scope = new Select<>();
        private final ComboBox<String> of = new ComboBox<>();
        private final TextField move = percent("");

        ShockRow(String which, String what, String how) {
            addClassName("shock-row");
            scope.setAriaLabel("What moves");
            scope.setItems("KIND", "CURRENCY", "SYMBOL");
            scope.setItemLabelGenerator(each -> switch (each) {
                case "KIND" -> "All of a kind";
                case "CURRENCY" -> "A currency";
                default -> "A product";
            });
            of.setAriaLabel("Which");
            of.setAllowCustomValue(true);
            of.addCustomValueSetListener(event -> of.setValue(event.getDetail().strip()));
            of.setItemLabelGenerator(each -> KINDS.contains(each) ? Words.of(each) : each);
            move.setAriaLabel("Move in percent");
            move.setPlaceholder("\u2212 25");
            move.setSuffixComponent(new Span("%"));
            scope.addValueChangeListener(_ -> offer());
            scope.setValue(which);
            of.setValue(what.isEmpty() ? null : what);
            move.setValue(how);
            Button gone = new Button(VaadinIcon.CLOSE_SMALL.create(), _ -> {
                rows.remove(this);
                shocks.remove(this);
                more.setEnabled(true);
            });
            gone.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON);
            gone.setAriaLabel("Take this move away");
            add(scope, of, move, gone);
        }

        private void offer() {
            of.setItems(switch (scope.getValue()) {
                case "KIND" -> KINDS;
                case "CURRENCY" -> List.of("EUR", "USD", "GBP", "CHF", "JPY");
                default -> symbols;
            });
        }

        private boolean valid() {
            return Fields.check(of, of.getValue() == null ? "Which?" : "") & number(move, "-99.9999", "1000", "Above \u2212100, 1000 at most.");
        }

        private Shock shock() {
            return new Shock(scope.getValue(), of.getValue(), part(move));
        }
    }

    private void add(String scope, String of, String move) {
        ShockRow row = new ShockRow(scope, of, move);
        rows.add(row);
        shocks.add(row);
        more.setEnabled(rows.size() < MOST_SHOCKS);
    }

    /** Products to choose from; another one can be written. */
    void offer(List<String> known) {
        symbols = known;
        // Nobody is disturbed who chooses among other things.
        rows.stream().filter(row -> row.scope.getValue().equals("SYMBOL")).forEach(row -> {
            String chosen = row.of.getValue();
            row.offer();
            row.of.setValue(chosen);
        });
    }

    /** Takes a scenario over, to change it; null for none. One of the library becomes one's own under another code. */
    void show(Scenario scenario) {
        refusal.hide();
        boolean fixed = scenario != null && Boolean.TRUE.equals(scenario.fixed());
        name.setValue(scenario == null ? "" : scenario.name() + (fixed ? ", changed" : ""));
        code.setValue(scenario == null || fixed ? "" : scenario.code());
        source.setValue(scenario == null || scenario.source() == null ? "" : scenario.source());
        volatility.setValue(hundredfold(scenario == null ? null : scenario.volatility()));
        rate.setValue(hundredfold(scenario == null ? null : scenario.rate()));
        boolean counted = scenario != null && scenario.deviations() != null;
        deviations.setValue(counted ? scenario.deviations().count().stripTrailingZeros().toPlainString() : "");
        direction.setValue(counted ? scenario.deviations().direction() : "AGAINST");
        remove.setVisible(scenario != null && !fixed);
        rows.clear();
        shocks.removeAll();
        if (scenario == null) {
            add("KIND", "EQUITY", "");
        } else {
            scenario.shocks().forEach(shock -> add(shock.scope(), shock.of(), hundredfold(shock.move())));
        }
    }

    private static String hundredfold(BigDecimal part) {
        return part == null || part.signum() == 0 ? "" : part.movePointRight(2).stripTrailingZeros().toPlainString();
    }

    private static BigDecimal part(TextField percent) {
        return percent.isEmpty() ? BigDecimal.ZERO : new BigDecimal(percent.getValue()).movePointLeft(2);
    }

    private static boolean number(TextField field, String least, String most, String problem) {
        boolean valid = field.getValue().matches(NUMBER) && new BigDecimal(field.getValue()).compareTo(new BigDecimal(least)) >= 0
                && new BigDecimal(field.getValue()).compareTo(new BigDecimal(most)) <= 0;
        return Fields.check(field, valid ? "" : problem);
    }

    private void keep() {
        refusal.hide();
        boolean valid = Fields.check(name, name.getValue().isBlank() ? "What it is called." : "")
                & Fields.check(code, code.getValue().matches("[a-z0-9][a-z0-9-]{0,39}") ? "" : "Small letters, digits and -.")
                & Fields.check(source, source.getValue().isBlank() ? "A source, or \u201Cour own\u201D." : "")
                & (volatility.isEmpty() || number(volatility, "-99", "1000", "Above \u2212100, 1000 at most."))
                & (rate.isEmpty() || number(rate, "-20", "20", "\u221220 to 20."))
                & (deviations.isEmpty() || number(deviations, "0.000001", "50", "Above 0, 50 at most."));
        for (ShockRow row : rows) {
            valid &= row.valid();
        }
        if (!valid) {
            return;
        }
        Wanted scenario = new Wanted(name.getValue().strip(), source.getValue().strip(), rows.stream().map(ShockRow::shock).toList(), part(volatility), part(rate),
                deviations.isEmpty() ? null : new Deviations(new BigDecimal(deviations.getValue()), direction.getValue()), actor.getValue());
        switch (api.keep(code.getValue(), scenario)) {
            case Answer.Done<Scenario>(Scenario done) -> {
                Notices.done(done.name() + " is kept.");
                kept.accept(done.code());
            }
            case Answer.Refused<Scenario>(var problem) -> refusal.show(problem);
            case Answer.Unreachable<Scenario> _ -> refusal.showNoAnswer("Whether it is kept shows above.");
        }
    }

    private void ask() {
        String which = code.getValue();
        Confirmation.ask("Take " + name.getValue() + " away?", "Nobody can stress a portfolio with it any more.", "Take it away", true,
                () -> Outcomes.tell(api.remove(which), "It is gone.", _ -> kept.accept("")));
    }
}
