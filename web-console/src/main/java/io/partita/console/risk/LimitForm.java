package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldVariant;
import io.partita.console.api.Answer;
import io.partita.console.positions.PortfolioApi;
import io.partita.console.positions.PortfolioApi.Portfolio;
import io.partita.console.risk.LimitApi.Limit;
import io.partita.console.risk.LimitApi.Wanted;
import io.partita.console.ui.Actors;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Notices;
import io.partita.console.ui.RefusalBox;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/** A limit, new or changed: what of whom, and from where on somebody is to look or orders are to stop. */
final class LimitForm extends Div {

    private static final String AMOUNT = "[0-9]{1,15}(\\.[0-9]{1,6})?";

    private final LimitApi api;
    private final PortfolioApi portfolios;
    private final Runnable kept;
    private final TextField code = new TextField("Code");
    private final Select<String> measure = new Select<>();
    private final Select<String> scope = new Select<>();
    private final ComboBox<String> target = new ComboBox<>("Of");
    private final TextField currency = new TextField("Currency");
    private final TextField soft = amount("Soft level");
    private final TextField hard = amount("Hard level");
    private final Select<RiskMethod> method = new Select<>();
    private final TextField level = amount("Level, %");
    private final TextField horizon = amount("Days ahead");
    private final TextField window = amount("Window, days");
    private final Checkbox holds = new Checkbox("Above the hard level, positions may only get smaller", true);
    private final TextField actor = Actors.field();
    private final RefusalBox refusal = new RefusalBox();

    /** @param kept called when a limit was kept */
    LimitForm(LimitApi api, PortfolioApi portfolios, Runnable kept) {
        this.api = api;
        this.portfolios = portfolios;
        this.kept = kept;
        addClassNames("form", "limit-form");
        code.setMaxLength(40);
        measure.setLabel("Measure");
        measure.setItems(Measures.ALL);
        measure.setItemLabelGenerator(Measures::name);
        scope.setLabel("Scope");
        scope.setItemLabelGenerator(Words::of);
        target.setAllowCustomValue(true);
        target.addCustomValueSetListener(event -> target.setValue(event.getDetail().strip()));
        target.addValueChangeListener(_ -> target.setInvalid(false));
        currency.setPlaceholder("Of its firm");
        currency.setMaxLength(3);
        method.setLabel("Method");
        method.setItems(RiskMethod.values());
        method.setItemLabelGenerator(RiskMethod::label);
        measure.addValueChangeListener(_ -> measured());
        scope.addValueChangeListener(_ -> scoped());
        Div fields = new Div(measure, scope, target, soft, hard, currency, method, level, horizon, window, code, actor);
        fields.addClassName("fields");
        Button keep = new Button("Keep the limit", _ -> keep());
        keep.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Div actions = new Div(keep, new Button("Empty the form", _ -> empty()));
        actions.addClassName("form-actions");
        add(fields, holds, refusal, actions);
        empty();
    }

    private static TextField amount(String label) {
        TextField field = new TextField(label);
        field.addThemeVariants(TextFieldVariant.LUMO_ALIGN_RIGHT);
        field.setAllowedCharPattern("[0-9.]");
        field.addValueChangeListener(_ -> field.setInvalid(false));
        return field;
    }

    private void measured() {
        boolean counterparty = "COUNTERPARTY_EXPOSURE".equals(measure.getValue());
        String before = scope.getValue();
        scope.setItems(counterparty ? List.of("COUNTERPARTY") : List.of("PORTFOLIO", "ACCOUNT"));
        scope.setValue(counterparty ? "COUNTERPARTY" : "ACCOUNT".equals(before) ? before : "PORTFOLIO");
        boolean byModel = Measures.byModel(measure.getValue());
        Stream.<Component>of(method, level, horizon, window).forEach(field -> field.setVisible(byModel));
        boolean share = "CONCENTRATION".equals(measure.getValue());
        soft.setLabel(share ? "Soft level, %" : "Soft level");
        hard.setLabel(share ? "Hard level, %" : "Hard level");
    }

    private void scoped() {
        if (scope.getValue() != null) {
            target.setItems("PORTFOLIO".equals(scope.getValue()) ? portfolios.portfolios().found().orElse(List.of()).stream().map(Portfolio::code).toList() : List.of());
            currency.setVisible("ACCOUNT".equals(scope.getValue()));
        }
    }

    private void empty() {
        RiskSettings usual = RiskSettings.USUAL;
        refusal.hide();
        List.of(code, soft, hard, currency).forEach(TextField::clear);
        target.clear();
        measure.setValue("VALUE_AT_RISK");
        measured();
        method.setValue(usual.method());
        level.setValue(usual.level().toPlainString());
        horizon.setValue(Integer.toString(usual.horizon()));
        window.setValue(Integer.toString(usual.window()));
        holds.setValue(true);
        List.of(code, soft, hard, actor).forEach(field -> field.setInvalid(false));
    }

    /** Takes a limit over, to change its levels. */
    void show(Limit limit) {
        empty();
        code.setValue(limit.code());
        measure.setValue(limit.measure());
        scope.setValue(limit.scope());
        target.setValue(limit.target());
        currency.setValue(limit.scope().equals("ACCOUNT") && limit.currency() != null ? limit.currency() : "");
        soft.setValue(plain(limit.soft(), limit.share()));
        hard.setValue(plain(limit.hard(), limit.share()));
        if (limit.method() != null) {
            RiskMethod.of(limit.method()).ifPresent(method::setValue);
            level.setValue(limit.level().movePointRight(2).stripTrailingZeros().toPlainString());
            horizon.setValue(limit.horizon().toString());
            window.setValue(limit.window().toString());
        }
        holds.setValue(limit.holds());
        scrollIntoView();
        soft.focus();
    }

    private static String plain(BigDecimal level, boolean share) {
        return share ? level.movePointRight(2).stripTrailingZeros().toPlainString() : level.toPlainString();
    }

    private void keep() {
        refusal.hide();
        boolean byModel = Measures.byModel(measure.getValue());
        boolean valid = Fields.check(code, code.getValue().matches("[a-z0-9][a-z0-9-]{0,39}") ? "" : "Small letters, digits and -.")
                & Fields.check(target, target.getValue() == null ? "Whose?" : "")
                & Fields.check(soft, soft.getValue().matches(AMOUNT) ? "" : "An amount.")
                & Fields.check(hard, hard.getValue().matches(AMOUNT) ? soft.getValue().matches(AMOUNT) && new BigDecimal(hard.getValue()).compareTo(new BigDecimal(soft.getValue())) < 0
                ? "Not below the soft level." : "" : "An amount.")
                & (!byModel || Fields.check(level, level.getValue().matches("[0-9]{2}(\\.[0-9]{1,6})?") ? "" : "Above 50 and below 100.")
                & Fields.check(horizon, horizon.getValue().matches("[0-9]{1,3}") ? "" : "1 to 250.") & Fields.check(window, window.getValue().matches("[0-9]{1,4}") ? "" : "2 to 5000."));
        if (!valid) {
            return;
        }
        boolean share = measure.getValue().equals("CONCENTRATION");
        Wanted wanted = new Wanted(scope.getValue(), target.getValue(), measure.getValue(), currency.isEmpty() ? null : currency.getValue().strip(), number(soft, share), number(hard, share),
                byModel ? method.getValue().name() : null, byModel ? new BigDecimal(level.getValue()).movePointLeft(2) : null, byModel ? Integer.valueOf(horizon.getValue()) : null,
                byModel ? Integer.valueOf(window.getValue()) : null, holds.getValue(), actor.getValue());
        switch (api.put(code.getValue(), wanted)) {
            case Answer.Done<Limit>(Limit limit) -> {
                Notices.done(limit.code() + " is kept.");
                empty();
                kept.run();
            }
            case Answer.Refused<Limit>(var problem) -> refusal.show(problem);
            case Answer.Unreachable<Limit> _ -> refusal.showNoAnswer("Whether it is kept shows above.");
        }
    }

    private static BigDecimal number(TextField field, boolean share) {
        BigDecimal number = new BigDecimal(field.getValue());
        return share ? number.movePointLeft(2) : number;
    }
}
