package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.trading.MarketHaltApi.Halt;
import io.partita.console.trading.MarketHaltApi.Order;
import io.partita.console.trading.MarketHaltApi.Rules;
import io.partita.console.trading.MarketHaltApi.State;
import io.partita.console.ui.Actors;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Live;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import io.partita.console.ui.TwoLines;
import io.partita.security.Permission;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Halts of the whole market: its levels, how far it has fallen, what was halted, and a person's own halt and its end. */
@Route("market-halts")
@PageTitle("Market halts \u00B7 Partita")
public class MarketHaltView extends Div {

    private static final int MOST_SECONDS = 86_400;

    private final MarketHaltApi api;
    private final Pill standing = new Pill("", Pill.Tone.CALM);
    private final Span about = new Span();
    private final IntegerField seconds = new IntegerField("For how many seconds");
    private final TextField actor = Actors.field();
    private final TextField reason = StopForm.line("Reason");
    private final Button halt = new Button("Halt everything");
    private final Button lift = new Button("Lift the halt");
    private final Table levels = new Table("Level", "Then", "#Decline").withEmptyText("No rules are set: nobody looks at how far the market falls.");
    private final Table halts = new Table("What", "Why", "").withEmptyText("The market was never halted.");
    private final Panel rules = new Panel("Levels", levels).flush();
    private State shown;

    MarketHaltView(MarketHaltApi api, MarketHaltBoard board) {
        this.api = api;
        addClassNames("page", "kill-switches", "market-halts");
        about.addClassName("hint");
        seconds.setMin(1);
        seconds.setMax(MOST_SECONDS);
        seconds.setValue(900);
        seconds.setRequiredIndicatorVisible(true);
        halt.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_ERROR);
        halt.addClickListener(_ -> halt());
        lift.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        lift.addClickListener(_ -> lift());
        Div who = new Div(actor, reason);
        who.addClassNames("form-row", "who");
        Div actions = new Div(halt, lift);
        actions.addClassName("form-actions");
        Div orders = new Div(seconds, who, actions);
        orders.addClassName("form");
        Div form = new Div(standing, about, Permitted.form(Permission.TRADING_OPERATE, orders));
        form.addClassName("form");
        Div left = new Div(new Panel("The market", form), rules);
        left.addClassName("stack");
        Div both = new Div(left, new Panel("Halts", halts).flush().withAside("UTC"));
        both.addClassName("form-beside");
        add(new PageHead("Market halts", "Halts every book that trades, by levels of decline or by hand. Books open again by auction."), both);
        halted(null);
        Live.of(this, board::listen, this::show);
    }

    /** What a command has changed shows at once. */
    private void show(State state) {
        if (state.equals(shown)) {
            return;
        }
        shown = state;
        halted(state.halts().stream().filter(one -> !one.done()).findFirst().orElse(null));
        levels.show(state.rules() == null ? List.of() : levels(state.rules()));
        rules.withAside(state.decline() == null ? "" : "Now " + percent(-state.decline()));
        halts.show(state.halts().stream().map(MarketHaltView::past).toList());
    }

    private void halted(Halt now) {
        standing.show(now == null ? "Not halted" : now.closes() ? "Closed" : "Halted", now == null ? Pill.Tone.GOOD : Pill.Tone.BAD);
        about.setText(now == null ? "Books that are closed or before their opening are left alone." : "Until " + Times.dateTime(now.endsAt()) + ".");
        halt.setVisible(now == null);
        seconds.setVisible(now == null);
        lift.setVisible(now != null);
    }

    private static List<Component[]> levels(Rules rules) {
        List<Component[]> rows = new ArrayList<>();
        for (int i = 0; i < rules.levels().size(); i++) {
            boolean last = i == rules.levels().size() - 1;
            rows.add(new Component[] {new Span(Integer.toString(i + 1)),
                    new Span(last ? "Closed until " + rules.reopens() + " UTC of the next business day of " + rules.calendar()
                            : "Halted for " + rules.haltSeconds() + " seconds"), new Span(percent(rules.levels().get(i)))});
        }
        rows.add(new Component[] {new Span("Of"), new Span(rules.basket().stream().map(part -> part.symbol() + " \u00D7 " + part.weight())
                .collect(Collectors.joining(", "))), new Span("")});
        return rows;
    }

    private static String percent(int tenThousandths) {
        return BigDecimal.valueOf(tenThousandths, 2).toPlainString() + " %";
    }

    private static Component[] past(Halt halt) {
        String what = halt.level() == 0 ? "By hand" : "Level " + halt.level() + ", down " + percent(halt.decline());
        String why = halt.liftedBy() != null ? halt.liftedBecause() : halt.reason() == null ? "" : halt.reason();
        String who = halt.liftedBy() != null ? "Lifted by " + halt.liftedBy() : halt.actor() == null ? "" : halt.actor();
        return new Component[] {new TwoLines(what, Times.dateTime(halt.beganAt()) + " to " + Times.dateTime(halt.endsAt())), new TwoLines(why, who),
                halt.done() ? new Pill("Over", Pill.Tone.CALM) : new Pill(halt.closes() ? "Closed" : "Halted", Pill.Tone.BAD)};
    }

    private void halt() {
        Integer length = seconds.getValue();
        boolean valid = Fields.check(seconds, length == null || length < 1 || length > MOST_SECONDS ? "1 to " + MOST_SECONDS + "." : "");
        if (valid & StopForm.filled(reason)) {
            Confirmation.ask("Halt the whole market?", "Every book that trades is halted for " + length + " seconds, and opens again by auction.", "Halt everything", true,
                    () -> Outcomes.tell(api.halt(order(length)), "The market is halted.", this::done));
        }
    }

    private void lift() {
        if (StopForm.filled(reason)) {
            Confirmation.ask("Lift the halt?", "Every book that it halted opens by auction now.", "Lift the halt", false,
                    () -> Outcomes.tell(api.lift(order(null)), "The halt is lifted.", this::done));
        }
    }

    private Order order(Integer length) {
        return new Order(length, actor.getValue().strip(), reason.getValue().strip());
    }

    private void done(State state) {
        reason.clear();
        reason.setInvalid(false);
        show(state);
    }
}
