package io.partita.console.risk;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldVariant;
import io.partita.console.risk.RiskApi.Trade;
import io.partita.console.ui.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Trades that somebody thinks of: a symbol and a quantity each, as many as are wanted. */
final class TradeRows extends Div {

    private static final int MOST = 50;
    private static final String QUANTITY = "-?[0-9]{1,15}(\\.[0-9]{1,8})?";

    private final Runnable changed;
    private final Div list = new Div();
    private final Button more = new Button("Another trade", VaadinIcon.PLUS.create(), _ -> add("", ""));
    private final List<Row> rows = new ArrayList<>();
    private List<String> symbols = List.of();
    private boolean entering;

    /** @param changed called when a trade was written, changed or taken away */
    TradeRows(Runnable changed) {
        this.changed = changed;
        addClassName("trade-rows");
        more.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
        list.addClassName("form");
        add(list, more);
    }

    private final class Row extends Div {

        private final ComboBox<String> symbol = new ComboBox<>();
        private final TextField quantity = new TextField();

        Row(String of, String how) {
            addClassName("trade-row");
            symbol.setAriaLabel("Symbol");
            symbol.setPlaceholder("Symbol");
            symbol.setItems(symbols);
            symbol.setAllowCustomValue(true);
            symbol.addCustomValueSetListener(event -> symbol.setValue(event.getDetail().strip()));
            symbol.setValue(of.isEmpty() ? null : of);
            quantity.setAriaLabel("Quantity, negative to sell");
            quantity.setPlaceholder("Quantity, \u2212 to sell");
            quantity.setAllowedCharPattern("[-0-9.]");
            quantity.addThemeVariants(TextFieldVariant.LUMO_ALIGN_RIGHT);
            quantity.setValue(how);
            symbol.addValueChangeListener(_ -> touched());
            quantity.addValueChangeListener(_ -> touched());
            Button remove = new Button(VaadinIcon.CLOSE_SMALL.create(), _ -> takeAway());
            remove.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON);
            remove.setAriaLabel("Take this trade away");
            add(symbol, quantity, remove);
        }

        private void takeAway() {
            rows.remove(this);
            list.remove(this);
            if (rows.isEmpty()) {
                TradeRows.this.add("", "");
            }
            more.setEnabled(true);
            touched();
        }

        private boolean blank() {
            return symbol.getValue() == null && quantity.isEmpty();
        }

        private boolean valid() {
            return Fields.check(symbol, symbol.getValue() == null ? "Which?" : "")
                    & Fields.check(quantity, quantity.getValue().matches(QUANTITY) ? "" : "A number.");
        }
    }

    private void touched() {
        if (!entering) {
            changed.run();
        }
    }

    private void add(String symbol, String quantity) {
        Row row = new Row(symbol, quantity);
        rows.add(row);
        list.add(row);
        more.setEnabled(rows.size() < MOST);
    }

    /** What there is to choose from, which may become known late; another one can be written. */
    void offer(List<String> known) {
        symbols = known;
        entering = true;
        rows.forEach(row -> {
            String value = row.symbol.getValue();
            row.symbol.setItems(known);
            row.symbol.setValue(value);
        });
        entering = false;
    }

    /** Takes what {@link #text} has said. */
    void enter(String text) {
        entering = true;
        rows.clear();
        list.removeAll();
        for (String each : text.split(",")) {
            int at = each.lastIndexOf(':');
            if (rows.size() < MOST) {
                add(at < 0 ? each : each.substring(0, at), at < 0 ? "" : each.substring(at + 1));
            }
        }
        entering = false;
    }

    /** All of them as {@code LIRA:-500,SUMMA:200}, for an address. */
    String text() {
        return rows.stream().filter(row -> !row.blank()).map(row -> (row.symbol.getValue() == null ? "" : row.symbol.getValue()) + ":" + row.quantity.getValue())
                .collect(Collectors.joining(","));
    }

    /** Those that are written; nothing if one is wrong, and then that says so. */
    Optional<List<Trade>> trades() {
        boolean valid = true;
        List<Trade> trades = new ArrayList<>();
        for (Row row : rows) {
            if (!row.blank()) {
                valid &= row.valid();
                trades.add(new Trade(row.symbol.getValue(), row.quantity.getValue()));
            }
        }
        return valid ? Optional.of(List.copyOf(trades)) : Optional.empty();
    }
}
