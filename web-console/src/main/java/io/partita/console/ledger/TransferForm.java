package io.partita.console.ledger;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldVariant;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.partita.console.api.Answer;
import io.partita.console.api.Problem;
import io.partita.console.ui.Dates;
import io.partita.console.ui.Fields;
import io.partita.console.ui.RefusalBox;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.Refusal;
import io.partita.ledger.Side;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferIds;
import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The form of a transfer. Its id is made when the form opens and stays the same however often it is sent, so that a
 * double click, or another try after no answer, books once.
 */
final class TransferForm extends Div {

    private final LedgerApi api;
    private final TransferPreview preview;
    private final Consumer<BookedTransfer> booked;
    private final UUID id = TransferIds.next();

    private final AccountPicker debit;
    private final AccountPicker credit;
    private final TextField amount = new TextField("Amount");
    private final ComboBox<String> currency = new ComboBox<>("Currency");
    private final TextField reference = new TextField("Reference");
    private final DatePicker valueDate = Dates.picker("As booked");
    private final Checkbox pending = new Checkbox("Only set the amount aside (pending)");
    private final DateTimePicker expiry = Dates.momentPicker("Expires (UTC)");
    private final Button book = new Button("Book transfer");
    private final RefusalBox refusal = new RefusalBox();

    TransferForm(LedgerApi api, TransferPreview preview, Consumer<BookedTransfer> booked) {
        this.api = api;
        this.preview = preview;
        this.booked = booked;
        debit = new AccountPicker("Debit account", Side.DEBIT, api);
        credit = new AccountPicker("Credit account", Side.CREDIT, api);
        addClassName("form");
        configure();
        Div money = row(amount, currency);
        money.addClassName("money-row");
        Div actions = new Div(book);
        actions.addClassName("form-actions");
        add(debit, credit, money, row(reference, valueDate), pending, expiry, refusal, actions);
        listen();
    }

    void choose(Optional<AccountInfo> debitAccount, Optional<AccountInfo> creditAccount) {
        debitAccount.ifPresent(debit::setValue);
        creditAccount.ifPresent(credit::setValue);
    }

    private static Div row(Component left, Component right) {
        Div row = new Div(left, right);
        row.addClassName("form-row");
        return row;
    }

    private void configure() {
        amount.addThemeVariants(TextFieldVariant.LUMO_ALIGN_RIGHT);
        amount.setPlaceholder("0.00");
        amount.setValueChangeMode(ValueChangeMode.LAZY);
        amount.setAllowedCharPattern("[0-9. ]");
        amount.getElement().setAttribute("inputmode", "decimal");
        currency.setItems(Currencies.common());
        reference.setMaxLength(Transfer.MAX_REFERENCE);
        reference.setPlaceholder("Optional");
        reference.setClearButtonVisible(true);
        valueDate.setLabel("Value date");
        valueDate.setAriaLabel(null);
        expiry.setDatePlaceholder("Never");
        expiry.setVisible(false);
        book.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        book.setDisableOnClick(true);
        // Not from the pickers, where Enter chooses an account.
        book.addClickShortcut(Key.ENTER).listenOn(amount, reference).resetFocusOnActiveElement();
    }

    private void listen() {
        book.addClickListener(_ -> send());
        debit.addValueChangeListener(event -> {
            if (event.getValue() != null) {
                currency.setValue(event.getValue().currency());
            }
            edited();
        });
        credit.addValueChangeListener(event -> {
            if (event.getValue() != null && currency.isEmpty()) {
                currency.setValue(event.getValue().currency());
            }
            edited();
        });
        amount.addValueChangeListener(_ -> edited());
        currency.addValueChangeListener(_ -> edited());
        pending.addValueChangeListener(event -> {
            expiry.setVisible(event.getValue());
            book.setText(event.getValue() ? "Set aside" : "Book transfer");
            edited();
        });
    }

    private void edited() {
        refusal.hide();
        for (var field : new com.vaadin.flow.component.shared.HasValidationProperties[] {debit, credit, amount, currency, expiry}) {
            field.setInvalid(false);
        }
        preview.show(debit.getValue(), credit.getValue(), parsed().orElse(null), kind());
    }

    private TransferKind kind() {
        return pending.getValue() ? TransferKind.PENDING : TransferKind.POSTED;
    }

    private Optional<Money> parsed() {
        if (currency.isEmpty() || amount.getValue().isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Money.parse(amount.getValue().replace(" ", ""), Currency.of(currency.getValue())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void send() {
        try {
            if (valid()) {
                submit();
            }
        } finally {
            book.setEnabled(true);
        }
    }

    private boolean valid() {
        boolean valid = Fields.check(debit, debit.isEmpty() ? "Choose the account to debit." : problemOf(debit.getValue()));
        valid &= Fields.check(credit, credit.isEmpty() ? "Choose the account to credit."
                : credit.getValue().id().equals(debit.isEmpty() ? "" : debit.getValue().id()) ? "Debit and credit account are the same."
                : problemOf(credit.getValue()));
        valid &= Fields.check(currency, currency.isEmpty() ? "Choose a currency." : "");
        valid &= Fields.check(amount, amountProblem());
        valid &= Fields.check(expiry, pending.getValue() && expiry.getValue() != null
                && !expiry.getValue().isAfter(LocalDateTime.now(ZoneOffset.UTC)) ? "Choose a time to come." : "");
        return valid;
    }

    private String problemOf(AccountInfo account) {
        return account.status() == AccountStatus.CLOSED ? "The account is closed."
                : !currency.isEmpty() && !account.currency().equals(currency.getValue()) ? "This account holds " + account.currency() + "." : "";
    }

    private String amountProblem() {
        if (amount.getValue().isBlank()) {
            return "Enter an amount.";
        }
        if (currency.isEmpty()) {
            return "";
        }
        return parsed().map(money -> money.minor() <= 0 ? "Enter an amount above zero."
                        : money.minor() > Transfer.MAX_AMOUNT ? "More than one transfer can move." : "")
                .orElseGet(() -> "Enter a number with at most " + Currency.of(currency.getValue()).minorDigits() + " decimals.");
    }

    private void submit() {
        Instant expires = pending.getValue() && expiry.getValue() != null ? expiry.getValue().toInstant(ZoneOffset.UTC) : null;
        TransferRequest request = new TransferRequest(id, kind(), debit.getValue().id(), credit.getValue().id(),
                parsed().orElseThrow().major().toPlainString(), currency.getValue(), null,
                reference.getValue().isBlank() ? null : reference.getValue().strip(), valueDate.getValue(), expires);
        switch (api.book(request)) {
            case Answer.Done<Receipt>(Receipt receipt) ->
                    booked.accept(new BookedTransfer(request, debit.getValue(), credit.getValue(), receipt));
            case Answer.Refused<Receipt>(Problem problem) -> refuse(problem.code(), problem.meaning(), problem.detail(), problem.retryable());
            case Answer.Unreachable<Receipt> _ -> refuse("NO_ANSWER", "No member answered: it may have been booked.", null, true);
        }
    }

    private void refuse(String code, String meaning, String detail, boolean retryable) {
        refusal.show(code, meaning);
        if (!meaning.equals(detail)) {
            refusal.detail(detail);
        }
        if (code.equals(Refusal.ID_REUSED.name())) {
            // An attempt that had no answer was booked after all, before the form was changed.
            refusal.detail("What this form held when there was no answer has been booked; this has not.");
            refusal.detail(new Anchor("transfers/" + id, "What was booked"));
        } else {
            refusal.detail(retryable ? "Sending it again is safe: it has the same id and is booked once at most." : "This attempt booked nothing.");
        }
        book.setText(retryable ? "Send again" : pending.getValue() ? "Set aside" : "Book transfer");
    }
}
