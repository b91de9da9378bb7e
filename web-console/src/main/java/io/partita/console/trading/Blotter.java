package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.textfield.TextField;
import io.partita.console.api.Answer;
import io.partita.console.api.Caller;
import io.partita.console.api.Callers;
import io.partita.console.api.GridFeed;
import io.partita.console.trading.TradingApi.OrderState;
import io.partita.console.trading.TradingApi.Orders;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Live;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Pill;
import io.partita.console.ui.TabRow;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;
import io.partita.console.ui.Times;
import io.partita.security.Permission;
import io.partita.trading.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The orders of one account: open, filled, and all of them. */
final class Blotter extends Div {

    private static final String PRICE = "[0-9]{1,18}(\\.[0-9]{1,18})?";
    private static final String QUANTITY = "[1-9][0-9]{0,17}";

    private final TradingApi api;
    private final Table table = new Table("Entered (UTC)", "Instrument", "Side", "Type", "#Quantity", "#Price", "#Filled", "#Average", "State", "");
    private final TableRows<OrderState> rows = new TableRows<>(table, order -> order.symbol() + "/" + order.orderId(), this::row);
    private final Tab open = new Tab("Open");
    private final Tab filled = new Tab("Filled");
    private final Tab all = new Tab("History");
    private final TabRow tabs = new TabRow(open, filled, all);
    private final Panel panel;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long account;
    private List<OrderState> orders = List.of();

    Blotter(TradingApi api, GridFeed grid) {
        this.api = api;
        tabs.addSelectedChangeListener(_ -> draw());
        panel = new Panel("Orders", tabs, table).flush();
        add(panel);
        addClassName("blotter");
        table.withEmptyText("Enter an account in the order ticket to see its orders.");
        draw();
        Live.<Runnable>of(this, listener -> {
            Caller caller = Callers.current();
            return grid.listen(_ -> ask(caller, listener));
        }, Runnable::run);
    }

    /** Shows the orders of an account from now on. */
    void of(long number) {
        account = number;
        orders = List.of();
        table.withEmptyText("No such order of account " + number + ".");
        draw();
        refresh();
    }

    private void refresh() {
        if (account != 0) {
            take(account, api.orders(account));
        }
    }

    /** Asks for the orders on a thread of its own, to be shown then; not while no account is chosen, or an answer is waited for. May be called by any thread. */
    private void ask(Caller caller, Consumer<Runnable> then) {
        long asked = account;
        if (asked != 0 && asking.compareAndSet(false, true)) {
            Thread.startVirtualThread(() -> {
                try {
                    Answer<Orders> answer = Callers.as(caller, () -> api.orders(asked));
                    then.accept(() -> take(asked, answer));
                } finally {
                    asking.set(false);
                }
            });
        }
    }

    private void take(long asked, Answer<Orders> answer) {
        if (asked != account) {
            return; // Another one was chosen meanwhile.
        }
        switch (answer) {
            case Answer.Done<Orders>(Orders found) when found.orders().equals(orders) -> panel.withAside("Account " + account);
            case Answer.Done<Orders>(Orders found) -> {
                orders = found.orders();
                panel.withAside("Account " + account);
                draw();
            }
            case Answer.Refused<Orders>(var problem) -> {
                orders = List.of();
                panel.withAside(problem.meaning());
                draw();
            }
            case Answer.Unreachable<Orders> _ -> { } // What is shown stays; the banner says why.
        }
    }

    private void draw() {
        Tab chosen = tabs.getSelectedTab();
        rows.show(orders.stream().filter(order -> chosen == all || (chosen == open ? order.open() : order.filled() > 0)).toList());
    }

    private Component[] row(OrderState order) {
        Span side = new Span(order.side() == Side.BUY ? "Buy" : "Sell");
        side.addClassName(order.side() == Side.BUY ? "good" : "bad");
        return new Component[] {new Span(Times.brief(order.entered(), Instant.now())), new Span(order.symbol()), side, new Span(OrderTerms.words(order.type())),
                new Span(Amounts.count(order.quantity())), new Span(order.price() == null ? "Market" : figure(order.price())), new Span(Amounts.count(order.filled())),
                new Span(order.averagePrice() == null ? "\u2013" : figure(order.averagePrice())), new Pill(OrderTerms.words(order.status()), tone(order)), actions(order)};
    }

    private static String figure(String price) {
        return Amounts.figure(new BigDecimal(price));
    }

    private static Pill.Tone tone(OrderState order) {
        return switch (order.status()) {
            case "FILLED" -> Pill.Tone.GOOD;
            case "REJECTED" -> Pill.Tone.BAD;
            case "NEW", "PARTIALLY_FILLED" -> Pill.Tone.WAITING;
            default -> Pill.Tone.CALM;
        };
    }

    private Component actions(OrderState order) {
        Div actions = new Div(small("History", () -> OrderHistoryDialog.open(api, order.symbol(), order.orderId())));
        actions.addClassName("row-actions");
        if (order.open() && Permitted.may(Permission.TRADING_WRITE)) {
            actions.add(small("Change", () -> change(order)), small("Cancel", () -> cancel(order)));
        }
        return actions;
    }

    private static Button small(String text, Runnable action) {
        Button button = new Button(text, _ -> action.run());
        button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        return button;
    }

    private void cancel(OrderState order) {
        // Made when the dialog opens: confirming twice is one command.
        long id = CommandIds.next();
        Confirmation.ask("Cancel order " + order.orderId() + "?", Amounts.count(order.leaves()) + " of " + order.symbol() + " are open.", "Cancel order", true,
                () -> Outcomes.tell(api.cancel(order.symbol(), order.orderId(), account, id), "The order is cancelled.", _ -> refresh()));
    }

    private void change(OrderState order) {
        long id = CommandIds.next();
        TextField price = new TextField("Price", order.price() == null ? "" : order.price(), "");
        price.setEnabled(order.price() != null);
        TextField quantity = new TextField("Total quantity", Long.toString(order.quantity()), "");
        for (TextField field : List.of(price, quantity)) {
            field.setAllowedCharPattern("[0-9.]");
        }
        Dialog dialog = new Dialog("Change order " + order.orderId());
        Div form = new Div(price, quantity);
        form.addClassName("form");
        dialog.add(form);
        Button send = new Button("Change order", _ -> {
            boolean valid = Fields.check(price, order.price() == null || price.getValue().matches(PRICE) ? "" : "A number such as 101.50.");
            valid &= Fields.check(quantity, quantity.getValue().matches(QUANTITY) ? "" : "A whole number above zero.");
            if (!valid) {
                return;
            }
            dialog.close();
            TradingApi.Replacement replacement = new TradingApi.Replacement(id, account, order.price() == null ? null : price.getValue(),
                    Long.valueOf(quantity.getValue()));
            Outcomes.tell(api.replace(order.symbol(), order.orderId(), replacement), "The order is changed.", _ -> refresh());
        });
        send.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        dialog.getFooter().add(new Button("Leave it", _ -> dialog.close()), send);
        dialog.open();
    }
}
