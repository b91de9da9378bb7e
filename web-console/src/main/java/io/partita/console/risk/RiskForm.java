package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldVariant;
import com.vaadin.flow.router.QueryParameters;
import io.partita.console.ui.Dates;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Times;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How risk is measured, as fields; their bounds are those of the member. */
final class RiskForm {

    private static final int MOST_DAYS = 5_000;
    private static final int LONGEST_HORIZON = 250;
    private static final int MOST_SCENARIOS = 1_000_000;

    private final DatePicker day = Dates.picker("Today");
    private final Select<RiskMethod> method = new Select<>();
    private final TextField level;
    private final TextField window;
    private final TextField horizon;
    private final TextField testDays;
    private final TextField testWindow;
    private final TextField scenarios;
    private final TextField seed;
    private final Span meaning = new Span();
    private final Details more;
    private final Runnable changed;

    /** @param changed called when somebody has chosen something else */
    RiskForm(Runnable changed) {
        this.changed = changed;
        level = figure("Level, %");
        window = figure("Window, days");
        horizon = figure("Days ahead");
        testDays = figure("Days of the back-test");
        testWindow = figure("Window of its forecasts");
        scenarios = figure("Scenarios");
        seed = figure("Seed");
        day.setLabel("At the end of");
        day.addValueChangeListener(_ -> changed.run());
        method.setLabel("Method");
        method.setItems(RiskMethod.values());
        method.setItemLabelGenerator(RiskMethod::label);
        method.addValueChangeListener(event -> {
            meaning.setText(event.getValue().meaning());
            changed.run();
        });
        meaning.addClassName("hint");
        Div fields = new Div(testDays, testWindow, scenarios, seed);
        fields.addClassName("choices");
        more = new Details("Back-test and scenarios", fields, meaning);
        more.addClassName("more-choices");
    }

    private TextField figure(String label) {
        TextField field = new TextField(label);
        field.addThemeVariants(TextFieldVariant.LUMO_ALIGN_RIGHT);
        field.setAllowedCharPattern("[0-9.]");
        field.getElement().setAttribute("inputmode", "decimal");
        field.addValueChangeListener(_ -> changed.run());
        return field;
    }

    /** Those that stand beside the portfolio. */
    Component[] fields() {
        return new Component[] {day, method, level, window, horizon};
    }

    /** Those that are seldom changed. */
    Details more() {
        return more;
    }

    /** The same without those of the back-test. */
    Details scenarios() {
        testDays.setVisible(false);
        testWindow.setVisible(false);
        more.setSummaryText("Scenarios");
        return more;
    }

    /** Takes what an address says; what it does not say, or says wrongly in a way that no field can show, is as usual. */
    void enter(QueryParameters query) {
        RiskSettings usual = RiskSettings.USUAL;
        day.setValue(Dates.parse(query.getSingleParameter("day").orElse("")));
        method.setValue(query.getSingleParameter("method").flatMap(RiskMethod::of).orElse(usual.method()));
        level.setValue(query.getSingleParameter("level").orElse(usual.level().toPlainString()));
        window.setValue(query.getSingleParameter("window").orElse(Integer.toString(usual.window())));
        horizon.setValue(query.getSingleParameter("horizon").orElse(Integer.toString(usual.horizon())));
        testDays.setValue(query.getSingleParameter("test-days").orElse(Integer.toString(usual.testDays())));
        testWindow.setValue(query.getSingleParameter("test-window").orElse(Integer.toString(usual.testWindow())));
        scenarios.setValue(query.getSingleParameter("scenarios").orElse(Integer.toString(usual.scenarios())));
        seed.setValue(query.getSingleParameter("seed").orElse(Long.toString(usual.seed())));
    }

    /** What the address is to say: what differs from what is usual. */
    Map<String, String> address() {
        RiskSettings usual = RiskSettings.USUAL;
        Map<String, String> address = new LinkedHashMap<>();
        address.put("day", Times.date(day.getValue()));
        address.put("method", unless(usual.method().name(), method.getValue().name()));
        address.put("level", unless(usual.level().toPlainString(), level.getValue()));
        address.put("window", unless(Integer.toString(usual.window()), window.getValue()));
        address.put("horizon", unless(Integer.toString(usual.horizon()), horizon.getValue()));
        address.put("test-days", unless(Integer.toString(usual.testDays()), testDays.getValue()));
        address.put("test-window", unless(Integer.toString(usual.testWindow()), testWindow.getValue()));
        address.put("scenarios", unless(Integer.toString(usual.scenarios()), scenarios.getValue()));
        address.put("seed", unless(Long.toString(usual.seed()), seed.getValue()));
        return address;
    }

    private static String unless(String usual, String value) {
        return value.equals(usual) ? "" : value;
    }

    /** What was chosen; nothing if a field is wrong, and then that says so. */
    Optional<RiskSettings> settings() {
        BigDecimal percent = level.getValue().matches("[0-9]{1,2}(\\.[0-9]{1,6})?") ? new BigDecimal(level.getValue()) : BigDecimal.ZERO;
        boolean valid = Fields.check(level, percent.compareTo(BigDecimal.valueOf(50)) > 0 ? "" : "Above 50 and below 100.");
        valid &= whole(window, 2, MOST_DAYS);
        valid &= whole(horizon, 1, LONGEST_HORIZON);
        boolean below = whole(testDays, 1, MOST_DAYS) & whole(testWindow, 2, MOST_DAYS) & whole(scenarios, 1, MOST_SCENARIOS)
                & Fields.check(seed, seed.getValue().matches("[0-9]{1,18}") ? "" : "A whole number.");
        if (!below) {
            more.setOpened(true);
        }
        return valid && below ? Optional.of(new RiskSettings(day.getValue(), method.getValue(), percent, number(window), number(horizon), number(scenarios),
                Long.parseLong(seed.getValue()), number(testWindow), number(testDays))) : Optional.empty();
    }

    private static boolean whole(TextField field, int least, int most) {
        boolean valid = field.getValue().matches("[0-9]{1,7}") && number(field) >= least && number(field) <= most;
        return Fields.check(field, valid ? "" : least + " to " + most + ".");
    }

    private static int number(TextField field) {
        return Integer.parseInt(field.getValue());
    }
}
