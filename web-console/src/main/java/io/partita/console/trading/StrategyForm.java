package io.partita.console.trading;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldVariant;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import io.partita.console.api.Answer;
import io.partita.console.api.Problem;
import io.partita.console.trading.StrategyApi.Backtest;
import io.partita.console.trading.StrategyApi.Chosen;
import io.partita.console.trading.StrategyApi.Known;
import io.partita.console.trading.StrategyApi.NewBacktest;
import io.partita.console.trading.StrategyApi.NewRun;
import io.partita.console.trading.StrategyApi.Run;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Notices;
import io.partita.console.ui.RefusalBox;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A strategy with its parameters, and what it is to trade: books that are live, or history. */
final class StrategyForm extends Div {

    private static final int LARGEST_FILE = 6 << 20;
    private static final int LONGEST_BAR = 86_400;

    private final StrategyApi api;
    private final TradingApi trading;
    private final Consumer<Run> started;
    private final Consumer<Backtest> tested;
    private final Select<Known> strategy = new Select<>();
    private final Div parameters = new Div();
    private final Map<String, TextField> values = new LinkedHashMap<>();
    private final ComboBox<String> instrument = new ComboBox<>("Instrument");
    private final ComboBox<String> second = new ComboBox<>("Against");
    private final TextField cash = figure("Cash", "100000");
    private final TextField account = figure("Account", "");
    private final TextField bar = figure("Bar, seconds", "60");
    private final Upload upload;
    private final Span meaning = new Span();
    private final RefusalBox refusal = new RefusalBox();
    private List<String> symbols = List.of();
    private String csv;

    StrategyForm(StrategyApi api, TradingApi trading, Consumer<Run> started, Consumer<Backtest> tested) {
        this.api = api;
        this.trading = trading;
        this.started = started;
        this.tested = tested;
        addClassNames("form", "strategy-form");
        UI ui = UI.getCurrent();
        upload = new Upload(UploadHandler.inMemory((_, bytes) -> ui.access(() -> history(new String(bytes, StandardCharsets.UTF_8)))));
        configure();
        Button live = new Button("Trade live", _ -> confirm());
        live.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Button test = new Button("Backtest", _ -> test(Stream.ofNullable(strategy.getValue()).toList()));
        test.setDisableOnClick(true);
        test.addClickListener(_ -> test.setEnabled(true));
        Button all = new Button("Backtest all", _ -> testAll());
        all.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
        Div fields = new Div(strategy, parameters, instrument, second, cash, bar, account);
        fields.addClassName("fields");
        meaning.addClassName("hint");
        Div actions = new Div(live, test, all, upload);
        actions.addClassName("form-actions");
        add(fields, meaning, refusal, actions);
        load();
    }

    /** Asks what there is to choose from, if that is not known yet. */
    void load() {
        if (strategy.getValue() != null) {
            return;
        }
        strategy.setItems(api.catalogue().found().orElse(List.of()));
        symbols = trading.instruments().found().orElse(List.of()).stream().map(InstrumentInfo::symbol).toList();
        instrument.setItems(symbols);
        second.setItems(symbols);
        history(csv);
        strategy.getListDataView().getItems().findFirst().ifPresent(strategy::setValue);
    }

    private static TextField figure(String label, String value) {
        TextField field = new TextField(label);
        field.addThemeVariants(TextFieldVariant.LUMO_ALIGN_RIGHT);
        field.setAllowedCharPattern("[0-9.]");
        field.getElement().setAttribute("inputmode", "decimal");
        field.setValue(value);
        field.addValueChangeListener(_ -> field.setInvalid(false));
        return field;
    }

    private void configure() {
        strategy.setLabel("Strategy");
        strategy.setItemLabelGenerator(one -> StrategyRows.name(one.name()));
        strategy.addValueChangeListener(_ -> choose());
        parameters.addClassName("parameters");
        second.setVisible(false);
        for (ComboBox<String> box : List.of(instrument, second)) {
            // The name in a file of prices may be any.
            box.setAllowCustomValue(true);
            box.addCustomValueSetListener(event -> box.setValue(event.getDetail()));
            box.addValueChangeListener(_ -> box.setInvalid(false));
        }
        upload.setAcceptedFileExtensions(".csv");
        upload.setMaxFiles(1);
        upload.setMaxFileSize(LARGEST_FILE);
        upload.setUploadButton(new Button("Prices as CSV"));
        upload.setDropAllowed(false);
        upload.addFileRemovedListener(_ -> history(null));
        upload.addFileRejectedListener(event -> Notices.failed(event.getErrorMessage()));
    }

    /** Prices of one's own, or none: a file may have one instrument without a name. */
    private void history(String prices) {
        csv = prices;
        refusal.hide();
        instrument.setValue(csv == null ? symbols.stream().findFirst().orElse(null) : null);
        second.setValue(csv == null ? symbols.stream().skip(1).findFirst().orElse(null) : null);
        instrument.setPlaceholder(csv == null ? "" : "The file's only one");
    }

    private void choose() {
        Known chosen = strategy.getValue();
        parameters.removeAll();
        values.clear();
        if (chosen != null) {
            meaning.setText(chosen.summary() + " A backtest goes through the minutes that the book keeps, or through prices of your own.");
            chosen.defaults().forEach((name, value) -> {
                TextField field = figure(StrategyRows.name(name), value);
                values.put(name, field);
                parameters.add(field);
            });
            second.setVisible(chosen.instruments() > 1);
        }
    }

    private boolean valid(boolean live) {
        refusal.hide();
        if (strategy.getValue() == null) {
            refusal.showNoAnswer("The strategies appear by themselves as soon as one does.");
            return false;
        }
        boolean valid = Fields.check(cash, number(cash).signum() > 0 ? "" : "An amount above zero.");
        for (TextField field : values.values()) {
            valid &= Fields.check(field, number(field).signum() > 0 ? "" : "Above zero.");
        }
        boolean named = live || csv == null || second.isVisible();
        valid &= Fields.check(instrument, named && instrument.getValue() == null ? "Choose one." : "");
        valid &= Fields.check(second, second.isVisible() && second.getValue() == null ? "Choose one."
                : second.isVisible() && second.getValue().equals(instrument.getValue()) ? "Another one." : "");
        if (live) {
            valid &= Fields.check(account, account.getValue().matches("[1-9][0-9]{0,17}") ? "" : "Whose orders they are.");
            valid &= Fields.check(bar, bar.getValue().matches("[0-9]{1,5}") && inBar(Integer.parseInt(bar.getValue())) ? "" : "1 to 86400.");
        }
        return valid;
    }

    private static boolean inBar(int seconds) {
        return seconds >= 1 && seconds <= LONGEST_BAR;
    }

    private static BigDecimal number(TextField field) {
        try {
            return new BigDecimal(field.getValue());
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }

    private List<String> named(boolean two) {
        return Stream.of(instrument, second).limit(two ? 2 : 1).map(ComboBox::getValue).filter(value -> value != null).toList();
    }

    private Map<String, Double> changed() {
        Map<String, Double> changed = new LinkedHashMap<>();
        Map<String, String> defaults = strategy.getValue().defaults();
        values.forEach((name, field) -> {
            if (number(field).compareTo(new BigDecimal(defaults.get(name))) != 0) {
                changed.put(name, number(field).doubleValue());
            }
        });
        return changed;
    }

    // ---- live ------------------------------------------------------------------------------------------------------------

    private void confirm() {
        if (valid(true)) {
            Known chosen = strategy.getValue();
            // Made when the dialog opens: confirming twice is one run.
            NewRun run = new NewRun(CommandIds.next(), chosen.name(), changed(), named(chosen.instruments() > 1), account.getValue(), cash.getValue(),
                    Integer.parseInt(bar.getValue()));
            Confirmation.ask("Let it trade " + String.join(" and ", run.symbols()) + "?", "Its orders are those of account " + run.account()
                    + ", in the live book" + (run.symbols().size() > 1 ? "s" : "") + ", until you stop it.", "Trade live", false, () -> start(run));
        }
    }

    private void start(NewRun run) {
        switch (api.start(run)) {
            case Answer.Done<Run>(Run begun) -> started.accept(begun);
            case Answer.Refused<Run>(var problem) -> refuse(problem);
            case Answer.Unreachable<Run> _ -> refusal.showNoAnswer("Whether it runs shows below.");
        }
    }

    // ---- history ---------------------------------------------------------------------------------------------------------

    private void test(List<Known> chosen) {
        if (valid(false)) {
            boolean two = chosen.stream().anyMatch(one -> one.instruments() > 1);
            send(new NewBacktest(chosen.stream().map(one -> new Chosen(one.name(), one.equals(strategy.getValue()) ? changed() : Map.of())).toList(),
                    named(two), csv == null ? null : csv.lines().toList(), cash.getValue()));
        }
    }

    /** Those that the instruments are enough for, the one in the form with the parameters there. */
    private void testAll() {
        boolean two = instrument.getValue() != null && second.getValue() != null && !instrument.getValue().equals(second.getValue());
        test(strategy.getListDataView().getItems().filter(one -> one.instruments() == 1 || two).toList());
    }

    private void send(NewBacktest backtest) {
        switch (api.test(backtest)) {
            case Answer.Done<Backtest>(Backtest done) -> tested.accept(done);
            case Answer.Refused<Backtest>(var problem) -> refuse(problem);
            case Answer.Unreachable<Backtest> _ -> refusal.showNoAnswer(null);
        }
    }

    private void refuse(Problem problem) {
        refusal.show(problem.code(), problem.detail() == null || problem.detail().isBlank() ? problem.meaning() : problem.detail());
    }
}
