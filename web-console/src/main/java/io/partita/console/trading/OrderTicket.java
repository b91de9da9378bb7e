package io.partita.console.trading;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.shared.HasValidationProperties;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldVariant;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.partita.console.api.Answer;
import io.partita.console.api.Problem;
import io.partita.console.trading.TradingApi.NewOrder;
import io.partita.console.trading.TradingApi.OrderAnswer;
import io.partita.trading.OrderType;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The form of an order. Its id stays the same until the order was taken or changed, so that a double click, or another try after no answer,
 * enters it once.
 */
final class OrderTicket extends Div {

    private static final List<OrderType> TYPES = List.of(OrderType.LIMIT, OrderType.MARKET, OrderType.MARKET_TO_LIMIT, OrderType.STOP, OrderType.STOP_LIMIT);
    private static final List<TimeInForce> TIMES = List.of(TimeInForce.DAY, TimeInForce.GOOD_TILL_CANCEL, TimeInForce.IMMEDIATE_OR_CANCEL,
            TimeInForce.FILL_OR_KILL, TimeInForce.AT_THE_OPENING, TimeInForce.AT_THE_CLOSE);

    private final TradingApi api;
    private final InstrumentInfo instrument;
    private final LongConsumer entered;
    private long id = CommandIds.next();

    private final TextField account = figure("Account");
    private final Button buy = new Button("Buy", _ -> choose(Side.BUY));
    private final Button sell = new Button("Sell", _ -> choose(Side.SELL));
    private final Select<OrderType> type = new Select<>();
    private final Select<TimeInForce> timeInForce = new Select<>();
    private final TextField price = figure("Price");
    private final TextField quantity = figure("Quantity");
    private final TextField stopPrice = figure("Stop price");
    private final TextField display = figure("Show at a time");
    private final TextField minimum = figure("At least");
    private final Checkbox postOnly = new Checkbox("Post only");
    private final Checkbox hidden = new Checkbox("Hidden");
    private final Checkbox shortSale = new Checkbox("Short sale, located");
    private final Span worth = new Span();
    private final Button send = new Button("Buy");
    private final Div refusal = new Div();
    private Side side = Side.BUY;

    /** @param entered told the account of each order that was taken */
    OrderTicket(TradingApi api, InstrumentInfo instrument, LongConsumer entered) {
        this.api = api;
        this.instrument = instrument;
        this.entered = entered;
        addClassNames("form", "ticket");
        configure();
        Div sides = new Div(buy, sell);
        sides.addClassName("sides");
        Div flags = new Div(postOnly, hidden, shortSale);
        flags.addClassName("inline");
        worth.addClassName("hint");
        Div actions = new Div(send, worth);
        actions.addClassName("form-actions");
        add(sides, row(account, quantity), row(type, price), row(timeInForce, stopPrice), row(display, minimum), flags, refusal, actions);
        choose(Side.BUY);
        edited();
    }

    private static TextField figure(String label) {
        TextField field = new TextField(label);
        field.addThemeVariants(TextFieldVariant.LUMO_ALIGN_RIGHT);
        field.setAllowedCharPattern("[0-9.]");
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.getElement().setAttribute("inputmode", "decimal");
        return field;
    }

    private static Div row(com.vaadin.flow.component.Component left, com.vaadin.flow.component.Component right) {
        Div row = new Div(left, right);
        row.addClassNames("form-row", "even");
        return row;
    }

    private void configure() {
        type.setLabel("Type");
        type.setItems(TYPES);
        type.setItemLabelGenerator(OrderTicket::words);
        type.setValue(OrderType.LIMIT);
        timeInForce.setLabel("Time in force");
        timeInForce.setItems(TIMES);
        timeInForce.setItemLabelGenerator(OrderTicket::words);
        timeInForce.setValue(TimeInForce.DAY);
        display.setPlaceholder("All");
        minimum.setPlaceholder("Any");
        refusal.addClassName("refusal");
        refusal.getElement().setAttribute("role", "alert");
        refusal.setVisible(false);
        send.setDisableOnClick(true);
        send.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        send.addClickListener(_ -> send());
        List.of(account, price, quantity, stopPrice, display, minimum).forEach(field -> field.addValueChangeListener(_ -> edited()));
        type.addValueChangeListener(_ -> edited());
        timeInForce.addValueChangeListener(_ -> edited());
        postOnly.addValueChangeListener(_ -> edited());
        hidden.addValueChangeListener(_ -> edited());
        shortSale.addValueChangeListener(_ -> edited());
    }

    private static String words(Enum<?> value) {
        String text = value.name().replace('_', ' ').toLowerCase(java.util.Locale.ROOT);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private void choose(Side chosen) {
        side = chosen;
        buy.setClassName("chosen", side == Side.BUY);
        sell.setClassName("chosen", side == Side.SELL);
        buy.getElement().setAttribute("aria-pressed", Boolean.toString(side == Side.BUY));
        sell.getElement().setAttribute("aria-pressed", Boolean.toString(side == Side.SELL));
        setClassName("buys", side == Side.BUY);
        setClassName("sells", side == Side.SELL);
        edited();
    }

    /** A price that was picked from the ladder. */
    void pick(long ticks) {
        price.setValue(instrument.price(ticks));
    }

    void account(long number) {
        account.setValue(Long.toString(number));
    }

    private boolean isShort() {
        return side == Side.SELL && shortSale.getValue();
    }

    private boolean limited() {
        return type.getValue() == OrderType.LIMIT || type.getValue() == OrderType.STOP_LIMIT;
    }

    private void edited() {
        id = CommandIds.next();
        refusal.setVisible(false);
        for (HasValidationProperties field : List.<HasValidationProperties>of(account, price, quantity, stopPrice, display, minimum)) {
            field.setInvalid(false);
        }
        price.setEnabled(limited());
        stopPrice.setEnabled(type.getValue().waitsForStop());
        postOnly.setEnabled(type.getValue() == OrderType.LIMIT);
        display.setEnabled(limited() && !hidden.getValue());
        shortSale.setVisible(side == Side.SELL);
        send.setText((side == Side.BUY ? "Buy " : "Sell ") + instrument.symbol());
        worth.setText(limited() ? decimal(price).flatMap(at -> whole(quantity).map(units -> at.multiply(BigDecimal.valueOf(units)).toPlainString()
                + "\u00A0" + instrument.currency())).orElse("") : "");
    }

    private static Optional<BigDecimal> decimal(TextField field) {
        try {
            return field.isEmpty() || !field.isEnabled() ? Optional.empty() : Optional.of(new BigDecimal(field.getValue()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> whole(TextField field) {
        try {
            return field.isEmpty() || !field.isEnabled() ? Optional.empty() : Optional.of(Long.parseLong(field.getValue()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void send() {
        try {
            if (valid()) {
                submit();
            }
        } finally {
            send.setEnabled(true);
        }
    }

    private boolean valid() {
        boolean valid = check(account, whole(account).filter(number -> number > 0).isEmpty() ? "The number of an account." : "");
        valid &= check(quantity, whole(quantity).filter(units -> units > 0).isEmpty() ? "A whole number above zero." : "");
        valid &= check(price, limited() ? priceProblem(price) : "");
        valid &= check(stopPrice, type.getValue().waitsForStop() ? priceProblem(stopPrice) : "");
        valid &= check(display, optional(display));
        valid &= check(minimum, optional(minimum));
        return valid;
    }

    private String priceProblem(TextField field) {
        return decimal(field).map(value -> value.signum() <= 0 ? "A price above zero."
                : value.stripTrailingZeros().scale() > instrument.priceScale() ? "At most " + instrument.priceScale() + " decimals." : "")
                .orElse("Enter a price.");
    }

    private static String optional(TextField field) {
        return field.isEmpty() || !field.isEnabled() || whole(field).filter(units -> units > 0).isPresent() ? "" : "A whole number above zero.";
    }

    private static boolean check(HasValidationProperties field, String problem) {
        field.setErrorMessage(problem);
        field.setInvalid(!problem.isEmpty());
        return problem.isEmpty();
    }

    private void submit() {
        long owner = whole(account).orElseThrow();
        NewOrder order = new NewOrder(instrument.symbol(), id, owner, side, type.getValue(), timeInForce.getValue(),
                decimal(price).map(BigDecimal::toPlainString).orElse(null), whole(quantity).orElseThrow(),
                decimal(stopPrice).map(BigDecimal::toPlainString).orElse(null), whole(display).orElse(null), whole(minimum).orElse(null),
                postOnly.isEnabled() && postOnly.getValue() ? true : null, hidden.getValue() ? true : null,
                isShort() ? true : null, isShort() ? true : null);
        switch (api.enter(order)) {
            case Answer.Done<OrderAnswer>(OrderAnswer answer) -> {
                io.partita.console.ui.Notices.done(told(answer));
                edited();
                entered.accept(owner);
            }
            case Answer.Refused<OrderAnswer>(var problem) -> refuse(problem);
            case Answer.Unreachable<OrderAnswer> _ -> refuse(new Problem(503, "NO_ANSWER", "No member answered.",
                    "Press again: the order has an id, and is entered once."));
        }
    }

    private String told(OrderAnswer answer) {
        TradingApi.Report last = answer.reports().isEmpty() ? null : answer.reports().getLast();
        String order = "Order " + answer.orderId();
        if (last == null) {
            return order + " is entered.";
        }
        return last.leaves() == 0 && last.filled() == 0 ? order + " ended: " + (last.reason() == null ? last.execType() : last.reason()) + "."
                : last.leaves() == 0 ? order + ": " + last.filled() + " filled."
                : order + ": " + last.filled() + " filled, " + last.leaves() + " open.";
    }

    private void refuse(Problem problem) {
        refusal.removeAll();
        Span code = new Span(problem.code());
        code.addClassName("refusal-code");
        refusal.add(code, new Span(problem.meaning()));
        if (problem.detail() != null && !problem.detail().isBlank()) {
            Span detail = new Span(problem.detail());
            detail.addClassName("refusal-detail");
            refusal.add(detail);
        }
        refusal.setVisible(true);
    }
}
