package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
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
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Dates;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Notices;
import io.partita.console.ui.RefusalBox;
import io.partita.trading.OrderType;
import io.partita.trading.PegReference;
import io.partita.trading.SelfTradePrevention;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The form of an order: the fields that its type and time in force can have. Its id stays the same until the order was taken or changed, so
 * that a double click, or another try after no answer, enters it once.
 */
final class OrderTicket extends Div {

    /** No more digits than a price can have. */
    private static final String DECIMAL = "[0-9]{1,18}(\\.[0-9]{0,18})?|\\.[0-9]{1,18}";

    private final TradingApi api;
    private final InstrumentInfo instrument;
    private final LongConsumer entered;
    private long id = CommandIds.next();

    private final TextField account = figure("Account");
    private final Button buy = new Button("Buy", _ -> choose(Side.BUY));
    private final Button sell = new Button("Sell", _ -> choose(Side.SELL));
    private final Select<OrderType> type = select("Type", OrderTerms.TYPES, OrderType.LIMIT);
    private final Select<TimeInForce> timeInForce = select("Time in force", OrderTerms.TIMES, TimeInForce.DAY);
    private final TextField price = figure("Price");
    private final TextField quantity = figure("Quantity");
    private final TextField stopPrice = figure("Stop price");
    private final TextField offset = figure("Distance");
    private final Select<PegReference> peg = select("Follows", List.of(PegReference.PRIMARY, PegReference.MID), PegReference.PRIMARY);
    private final DateTimePicker expires = Dates.momentPicker("Good till (UTC)");
    private final DatePicker lastDay = Dates.picker("Its last day");
    private final TextField display = figure("Show at a time");
    private final TextField minimum = figure("At least at first");
    private final Select<SelfTradePrevention> prevention = select("If it meets an own order", List.of(SelfTradePrevention.values()), SelfTradePrevention.NONE);
    private final Checkbox postOnly = new Checkbox("Post only");
    private final Checkbox hidden = new Checkbox("Hidden");
    private final Checkbox allOrNone = new Checkbox("All or none");
    private final Checkbox shortSale = new Checkbox("Short sale, located");
    private final Span meaning = new Span();
    private final Span worth = new Span();
    private final Button send = new Button("Buy");
    private final RefusalBox refusal = new RefusalBox();
    private final Details more;
    private Side side = Side.BUY;

    /** @param entered told the account of each order that was taken */
    OrderTicket(TradingApi api, InstrumentInfo instrument, LongConsumer entered) {
        this.api = api;
        this.instrument = instrument;
        this.entered = entered;
        addClassNames("form", "ticket");
        Div sides = new Div(buy, sell);
        sides.addClassName("sides");
        Div flags = new Div(postOnly, hidden, allOrNone);
        flags.addClassName("inline");
        Div further = new Div(flags, row(display, minimum), prevention);
        further.addClassName("form");
        more = new Details("More instructions", further);
        configure();
        Div actions = new Div(send, worth);
        actions.addClassName("form-actions");
        add(sides, row(account, quantity), row(type, timeInForce), meaning, peg, row(price, stopPrice, offset), expires, lastDay, shortSale, more, refusal, actions);
        choose(Side.BUY);
    }

    private static TextField figure(String label) {
        TextField field = new TextField(label);
        field.addThemeVariants(TextFieldVariant.LUMO_ALIGN_RIGHT);
        field.setAllowedCharPattern("[0-9.]");
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.getElement().setAttribute("inputmode", "decimal");
        return field;
    }

    private static <E extends Enum<E>> Select<E> select(String label, List<E> items, E chosen) {
        Select<E> select = new Select<>();
        select.setLabel(label);
        select.setItems(items);
        select.setItemLabelGenerator(OrderTerms::words);
        select.setValue(chosen);
        return select;
    }

    private static Div row(Component... fields) {
        Div row = new Div(fields);
        row.addClassNames("form-row", "even");
        return row;
    }

    private void configure() {
        peg.setItemLabelGenerator(OrderTerms::words);
        prevention.setItemLabelGenerator(OrderTerms::words);
        display.setPlaceholder("All");
        minimum.setPlaceholder("Any");
        expires.setStep(Duration.ofMinutes(15));
        lastDay.setLabel("Or till the end of a business day");
        meaning.addClassName("hint");
        worth.addClassName("hint");
        send.setDisableOnClick(true);
        send.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        send.addClickListener(_ -> send());
        figures().forEach(field -> field.addValueChangeListener(_ -> edited()));
        type.addValueChangeListener(_ -> retype());
        timeInForce.addValueChangeListener(_ -> edited());
        peg.addValueChangeListener(_ -> edited());
        prevention.addValueChangeListener(_ -> edited());
        expires.addValueChangeListener(_ -> ended(lastDay, expires.getValue()));
        lastDay.addValueChangeListener(_ -> ended(expires, lastDay.getValue()));
        List.of(postOnly, hidden, allOrNone, shortSale).forEach(flag -> flag.addValueChangeListener(_ -> edited()));
    }

    /** It ends at a time or with a day: what is chosen last counts. */
    private void ended(HasValue<?, ?> other, Object chosen) {
        if (chosen != null) {
            other.clear();
        }
        edited();
    }

    private List<TextField> figures() {
        return List.of(account, price, quantity, stopPrice, offset, display, minimum);
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
        (terms().priced() || !terms().stopped() ? price : stopPrice).setValue(instrument.decimal(ticks).toPlainString());
    }

    void account(long number) {
        account.setValue(Long.toString(number));
    }

    private OrderTerms terms() {
        return new OrderTerms(type.getValue(), timeInForce.getValue());
    }

    /** Another type may not have the time in force that was chosen. */
    private void retype() {
        TimeInForce chosen = timeInForce.getValue();
        List<TimeInForce> times = terms().times();
        timeInForce.setItems(times);
        timeInForce.setValue(times.contains(chosen) ? chosen : TimeInForce.DAY);
        edited();
    }

    private void edited() {
        if (timeInForce.getValue() == null) {
            return;
        }
        id = CommandIds.next();
        refusal.hide();
        figures().forEach(field -> field.setInvalid(false));
        expires.setInvalid(false);
        lastDay.setInvalid(false);
        OrderTerms terms = terms();
        meaning.setText(terms.meaning());
        meaning.setVisible(!terms.meaning().isEmpty());
        price.setVisible(terms.priced());
        price.setPlaceholder(terms.limited() ? "" : "No limit");
        stopPrice.setVisible(terms.stopped());
        stopPrice.setPlaceholder(terms.stopRequired() ? "" : "From last");
        offset.setVisible(terms.distant());
        offset.setPlaceholder(type.getValue() == OrderType.PEGGED ? "0" : "");
        peg.setVisible(type.getValue() == OrderType.PEGGED);
        expires.setVisible(terms.dated());
        lastDay.setVisible(terms.dated());
        shortSale.setVisible(side == Side.SELL);
        further(terms);
        send.setText((side == Side.BUY ? "Buy " : "Sell ") + instrument.symbol());
        worth.setText(terms.limited() ? decimal(price).flatMap(at -> whole(quantity).map(units -> worth(at, units))).orElse("") : "");
    }

    private String worth(BigDecimal at, long units) {
        BigDecimal amount = at.multiply(BigDecimal.valueOf(units)).setScale(instrument.priceScale(), RoundingMode.HALF_UP);
        return Amounts.figure(amount) + "\u00A0" + instrument.currency();
    }

    /** What excludes each other cannot be chosen together. */
    private void further(OrderTerms terms) {
        boolean condition = chosen(allOrNone) || whole(minimum).isPresent();
        boolean concealed = chosen(hidden) || whole(display).isPresent();
        postOnly.setEnabled(terms.postable() && !condition);
        hidden.setEnabled(terms.concealable() && !condition && whole(display).isEmpty());
        display.setEnabled(terms.concealable() && !condition && !chosen(hidden));
        allOrNone.setEnabled(terms.conditional() && !concealed && !chosen(postOnly) && whole(minimum).isEmpty());
        minimum.setEnabled(terms.conditional() && !concealed && !chosen(postOnly) && !chosen(allOrNone));
        long said = List.of(postOnly, hidden, allOrNone).stream().filter(OrderTicket::chosen).count()
                + List.of(display, minimum).stream().filter(field -> field.isEnabled() && !field.isEmpty()).count()
                + (prevention.getValue() == SelfTradePrevention.NONE ? 0 : 1);
        more.setSummaryText(said == 0 ? "More instructions" : "More instructions (" + said + ")");
    }

    private static boolean chosen(Checkbox flag) {
        return flag.isEnabled() && flag.getValue();
    }

    private static boolean asked(TextField field) {
        return field.isVisible() && field.isEnabled() && !field.isEmpty();
    }

    private static Optional<BigDecimal> decimal(TextField field) {
        return asked(field) && field.getValue().matches(DECIMAL) ? Optional.of(new BigDecimal(field.getValue())) : Optional.empty();
    }

    private static Optional<Long> whole(TextField field) {
        try {
            return asked(field) ? Optional.of(Long.parseLong(field.getValue())) : Optional.empty();
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
        OrderTerms terms = terms();
        boolean valid = Fields.check(account, whole(account).filter(number -> number > 0).isEmpty() ? "The number of an account." : "");
        valid &= Fields.check(quantity, whole(quantity).filter(units -> units > 0).isEmpty() ? "A whole number above zero." : "");
        valid &= Fields.check(price, priceProblem(price, terms.limited()));
        valid &= Fields.check(stopPrice, priceProblem(stopPrice, terms.stopRequired()));
        valid &= Fields.check(offset, priceProblem(offset, type.getValue() == OrderType.TRAILING_STOP));
        valid &= Fields.check(expires, terms.dated() && lastDay.isEmpty() ? expiryProblem() : "");
        valid &= Fields.check(lastDay, terms.dated() && !lastDay.isEmpty() && lastDay.getValue().isBefore(LocalDate.now(ZoneOffset.UTC)) ? "That day is over." : "");
        valid &= Fields.check(display, partProblem(display));
        valid &= Fields.check(minimum, partProblem(minimum));
        if (display.isInvalid() || minimum.isInvalid()) {
            more.setOpened(true);
        }
        return valid;
    }

    private String priceProblem(TextField field, boolean required) {
        if (!asked(field)) {
            return required && field.isVisible() ? field == offset ? "How far behind it stays." : "Enter a price." : "";
        }
        boolean peggedAtNothing = field == offset && type.getValue() == OrderType.PEGGED;
        return decimal(field).map(value -> value.signum() == 0 && !peggedAtNothing ? "Above zero."
                : value.stripTrailingZeros().scale() > instrument.priceScale() ? "At most " + instrument.priceScale() + " decimals." : "")
                .orElse("A number such as 101.50.");
    }

    private String expiryProblem() {
        Instant end = expiry();
        return end == null ? "When it ends." : end.isAfter(Instant.now()) ? "" : "That time has passed.";
    }

    private Instant expiry() {
        LocalDateTime end = expires.getValue();
        return end == null ? null : end.toInstant(ZoneOffset.UTC);
    }

    private String partProblem(TextField field) {
        if (!asked(field)) {
            return "";
        }
        Optional<Long> part = whole(field).filter(units -> units > 0);
        return part.isEmpty() ? "A whole number above zero."
                : whole(quantity).filter(all -> part.get() > all).isPresent() ? "Not above the quantity." : "";
    }

    private void submit() {
        long owner = whole(account).orElseThrow();
        OrderTerms terms = terms();
        Boolean shortened = side == Side.SELL && shortSale.getValue() ? true : null;
        NewOrder order = new NewOrder(instrument.symbol(), id, owner, side, type.getValue(), timeInForce.getValue(), text(price),
                whole(quantity).orElseThrow(), text(stopPrice), text(offset), type.getValue() == OrderType.PEGGED ? peg.getValue() : null,
                terms.dated() ? expiry() : null, terms.dated() ? lastDay.getValue() : null, whole(display).orElse(null), whole(minimum).orElse(null), flag(allOrNone), flag(postOnly), flag(hidden),
                prevention.getValue(), shortened, shortened);
        switch (api.enter(order)) {
            case Answer.Done<OrderAnswer>(OrderAnswer answer) -> {
                Notices.done(told(answer));
                edited();
                entered.accept(owner);
            }
            case Answer.Refused<OrderAnswer>(var problem) -> refuse(problem);
            case Answer.Unreachable<OrderAnswer> _ -> refusal.showNoAnswer("Press again: the order has an id, and is entered once.");
        }
    }

    private static String text(TextField field) {
        return decimal(field).map(BigDecimal::toPlainString).orElse(null);
    }

    private static Boolean flag(Checkbox flag) {
        return chosen(flag) ? true : null;
    }

    private String told(OrderAnswer answer) {
        TradingApi.Report last = answer.reports().isEmpty() ? null : answer.reports().getLast();
        String order = "Order " + answer.orderId();
        if (last == null) {
            return order + " is entered.";
        }
        String filled = order + ": " + Amounts.count(last.filled()) + " filled";
        return last.leaves() > 0 ? filled + ", " + Amounts.count(last.leaves()) + " open."
                : last.filled() > 0 ? filled + "."
                : order + " ended: " + OrderTerms.words(last.reason() == null ? last.execType() : last.reason()) + ".";
    }

    /** Beside the field that a code is about, and in whole below the form. */
    private void refuse(Problem problem) {
        field(problem.code()).ifPresent(field -> Fields.check(field, problem.meaning()));
        refusal.show(problem.code(), problem.meaning());
        if (!instrument.symbol().equals(problem.detail())) {
            refusal.detail(problem.detail());
        }
        refusal.detail(remedy(problem.code()));
        if (problem.code().startsWith("KILLED_")) {
            refusal.detail(new Anchor("kill-switches", "Who stopped it, and why"));
        }
    }

    private Optional<HasValidationProperties> field(String code) {
        return Optional.ofNullable(switch (code) {
            case "INVALID_PRICE", "OFF_TICK", "PRICE_OUTSIDE_COLLAR", "FAT_FINGER_PRICE" -> price.isVisible() ? price : null;
            case "INVALID_QUANTITY", "ODD_LOT", "FAT_FINGER_QUANTITY", "INSUFFICIENT_HOLDINGS" -> quantity;
            case "INVALID_ACCOUNT" -> account;
            case "INVALID_STOP_PRICE", "NO_REFERENCE_PRICE" -> stopPrice.isVisible() ? stopPrice : null;
            case "INVALID_OFFSET" -> offset;
            case "INVALID_EXPIRE_TIME" -> expires;
            case "INVALID_DISPLAY_QUANTITY" -> display;
            case "INVALID_MINIMUM_QUANTITY" -> minimum;
            default -> null;
        });
    }

    /** What can be done about it, where that is not plain from the code. */
    private static String remedy(String code) {
        return switch (code) {
            case "INSUFFICIENT_HOLDINGS" -> "If it is meant to be a short sale, say so.";
            case "PRICE_NOT_BOUNDED" -> "Give it a limit.";
            case "POST_ONLY_WOULD_TAKE" -> "Choose a price that does not meet the other side, or let it trade.";
            case "TIME_IN_FORCE_NOT_IN_PHASE" -> "Orders for the opening are taken before it; those that trade at once, in continuous trading.";
            default -> "";
        };
    }
}
