package io.partita.console.trading;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.partita.console.api.Answer;
import io.partita.console.trading.KillSwitchApi.Kind;
import io.partita.console.trading.KillSwitchApi.Outcome;
import io.partita.console.trading.KillSwitchApi.Turn;
import io.partita.console.ui.Actors;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.Notices;
import io.partita.console.ui.Table;
import java.util.List;

/** What a kill switch is to stop, who does it and why; and then what came of it. */
final class StopForm extends Div {

    private static final int MOST_TEXT = 200;

    private final KillSwitchApi api;
    private final TradingApi trading;
    private final Runnable done;
    private final Select<Kind> kind = new Select<>();
    private final TextField account = line("Account");
    private final TextField firm = line("Firm");
    private final ComboBox<String> instrument = new ComboBox<>("Instrument");
    private final TextField actor = Actors.field();
    private final TextField reason = line("Reason");
    private final Checkbox flatten = new Checkbox("Close positions by market orders, too");
    private final Span hint = new Span();
    private final Button stop = new Button("Stop");
    private final Div result = new Div();
    /** What was asked last and not answered, and under which id. */
    private Object asked;
    private long id;

    /** @param done called after each stop */
    StopForm(KillSwitchApi api, TradingApi trading, Runnable done) {
        this.api = api;
        this.trading = trading;
        this.done = done;
        addClassName("form");
        kind.setLabel("What");
        kind.setItems(Kind.values());
        kind.setItemLabelGenerator(Kind::label);
        kind.addValueChangeListener(_ -> choose());
        account.setAllowedCharPattern("[0-9]");
        account.getElement().setAttribute("inputmode", "numeric");
        instrument.setRequiredIndicatorVisible(true);
        // One that is not in the list can be stopped, too: the list may not be there when it is needed most.
        instrument.setAllowCustomValue(true);
        instrument.addCustomValueSetListener(event -> instrument.setValue(event.getDetail().strip()));
        load();
        hint.addClassName("hint");
        result.addClassName("stop-result");
        stop.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_ERROR);
        stop.addClickListener(_ -> confirm());
        Div targets = new Div(account, firm, instrument);
        Div what = new Div(kind, targets);
        what.addClassNames("form-row", "even");
        Div who = new Div(actor, reason);
        who.addClassNames("form-row", "who");
        Div actions = new Div(stop);
        actions.addClassName("form-actions");
        add(what, who, flatten, hint, actions, result);
        kind.setValue(Kind.ACCOUNT);
    }

    /** Asks for the instruments to choose from; what is chosen stays. */
    void load() {
        String chosen = instrument.getValue();
        instrument.setItems(trading.instruments().found().orElse(List.of()).stream().map(InstrumentInfo::symbol).toList());
        instrument.setValue(chosen);
    }

    static TextField line(String label) {
        TextField field = new TextField(label);
        field.setMaxLength(MOST_TEXT);
        field.setRequiredIndicatorVisible(true);
        field.addValueChangeListener(_ -> field.setInvalid(false));
        return field;
    }

    /** Whether something was written; says so at the field if not. */
    static boolean filled(TextField field) {
        field.setErrorMessage(field.getValue().isBlank() ? "It is kept with what you do." : "");
        field.setInvalid(field.getValue().isBlank());
        return !field.isInvalid();
    }

    void about(Kind chosen, String target) {
        kind.setValue(chosen);
        switch (chosen) {
            case ACCOUNT -> account.setValue(target.matches("[0-9]{1,18}") ? target : "");
            case FIRM -> firm.setValue(target);
            case INSTRUMENT -> instrument.setValue(target);
        }
    }

    private void choose() {
        account.setVisible(kind.getValue() == Kind.ACCOUNT);
        firm.setVisible(kind.getValue() == Kind.FIRM);
        instrument.setVisible(kind.getValue() == Kind.INSTRUMENT);
        hint.setText(switch (kind.getValue()) {
            case ACCOUNT -> "None of the account's orders is taken, and its open ones are cancelled in every book.";
            case FIRM -> "No order of any of the firm's accounts is taken, and their open ones are cancelled in every book.";
            case INSTRUMENT -> "No trading account's order in it is taken, and everything in its book is cancelled.";
        });
    }

    private String target() {
        return switch (kind.getValue()) {
            case ACCOUNT -> account.getValue().strip();
            case FIRM -> firm.getValue().strip();
            case INSTRUMENT -> instrument.getValue() == null ? "" : instrument.getValue();
        };
    }

    private boolean valid() {
        boolean named = !target().isEmpty() && (kind.getValue() != Kind.ACCOUNT || target().matches("[1-9][0-9]{0,17}"));
        account.setErrorMessage("The number of an account.");
        account.setInvalid(kind.getValue() == Kind.ACCOUNT && !named);
        firm.setErrorMessage("The code of a firm.");
        firm.setInvalid(kind.getValue() == Kind.FIRM && !named);
        instrument.setErrorMessage("The symbol of an instrument.");
        instrument.setInvalid(kind.getValue() == Kind.INSTRUMENT && !named);
        return named & filled(reason);
    }

    private void confirm() {
        if (valid()) {
            Confirmation.ask("Stop " + kind.getValue().named(target()) + "?", hint.getText()
                    + (flatten.getValue() ? " Its positions are closed at whatever price the market gives." : ""), "Stop", true, this::engage);
        }
    }

    private void engage() {
        result.removeAll();
        switch (api.turn(kind.getValue(), target(), turn())) {
            case Answer.Done<Outcome>(Outcome outcome) -> {
                asked = null;
                show(outcome);
                reason.clear();
                flatten.setValue(false);
                reason.setInvalid(false);
            }
            case Answer.Refused<Outcome>(var problem) -> Notices.failed(problem.code() + ": " + (problem.detail() == null ? problem.meaning() : problem.detail()));
            case Answer.Unreachable<Outcome> _ -> Notices.failed("No answer in time. Whether it is stopped shows under Stopped now; stopping it again is harmless.");
        }
        done.run();
    }

    /** The same again has the same id, until it is answered. */
    private Turn turn() {
        Object said = List.of(kind.getValue(), target(), flatten.getValue(), actor.getValue(), reason.getValue());
        if (!said.equals(asked)) {
            asked = said;
            id = CommandIds.next();
        }
        return new Turn(id, true, flatten.getValue(), actor.getValue().strip(), reason.getValue().strip());
    }

    private void show(Outcome outcome) {
        Span head = new Span(outcome.event().kind().label() + " " + outcome.event().target() + " is stopped.");
        head.addClassName("strong");
        result.add(head, new Span(counted(outcome.cancelled(), "order") + " cancelled"
                + (outcome.event().flatten() ? ", " + counted(outcome.closed(), "closing order") + " entered." : ".")));
        if (outcome.open() > 0) {
            Span open = new Span(counted(outcome.open(), "order") + " could not be cancelled in time: stop it again.");
            open.addClassName("bad");
            result.add(open);
        }
        if (!outcome.left().isEmpty()) {
            Table left = new Table("Account", "Instrument", "#Left");
            left.show(outcome.left().stream().map(one -> new com.vaadin.flow.component.Component[] {new Span(one.account()), new Span(one.symbol()),
                    new Span(Amounts.count(one.quantity()))}).toList());
            result.add(new Span("The market did not take all:"), left);
        }
    }

    private static String counted(long number, String what) {
        return Amounts.count(number) + " " + what + (number == 1 ? "" : "s");
    }
}
