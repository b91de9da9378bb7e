package io.partita.console.marketdata;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import io.partita.console.marketdata.AlertApi.Anomaly;
import io.partita.console.marketdata.AlertApi.Outlook;
import io.partita.console.marketdata.AlertApi.Part;
import io.partita.console.marketdata.AlertApi.Tuned;
import io.partita.console.ui.Actors;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Facts;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import io.partita.security.Permission;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** An anomaly: what it is, which features say so, when it was like that before, and what people say of it. */
final class AnomalyPanel extends Div {

    private static final int LONGEST = 200;

    private final AlertApi api;
    private final Anomaly anomaly;
    private final Runnable judged;

    AnomalyPanel(AlertApi api, MarketDataApi market, Anomaly anomaly, Runnable judged) {
        this.api = api;
        this.anomaly = anomaly;
        this.judged = judged;
        addClassNames("stack", "alert");
        add(summary());
        if (!anomaly.attributions().isEmpty()) {
            add(attribution());
        }
        if (anomaly.symbol() != null) {
            add(new EpisodesPanel(market, anomaly, api.similar(anomaly.id()).found().orElse(List.of())));
        }
    }

    private Component summary() {
        H2 title = new H2(Words.of(anomaly.kind()) + (anomaly.rule() == null ? "" : " " + anomaly.rule()));
        Div head = new Div(title, new Pill(Words.of(anomaly.severity()), Words.severity(anomaly.severity())));
        head.addClassName("inline");
        Facts facts = new Facts();
        if (anomaly.symbol() != null) {
            facts.with("Instrument", new Anchor("charts/" + anomaly.symbol() + "?size=" + anomaly.size(), anomaly.symbol() + ", bars of " + Sizes.name(anomaly.size())));
        } else {
            facts.with("Instrument", "The market as a whole, bars of " + Sizes.name(anomaly.size()));
        }
        facts.with("Seen", Times.dateTime(anomaly.from()) + (anomaly.bars() > 1 ? ", in " + anomaly.bars() + " bars until " + Times.clock(anomaly.to()) : ""))
                .with("Known since", Times.dateTime(anomaly.detected()))
                .with("Score", Amounts.rough(Math.round(anomaly.score() * 10) / 10.0) + " " + anomaly.unit());
        Paragraph explanation = new Paragraph(anomaly.explanation());
        explanation.addClassName("explanation");
        return new Panel("", head, explanation, facts, feedback()).untitled();
    }

    private Component feedback() {
        Div row = new Div();
        row.addClassNames("form-actions", "feedback");
        if (anomaly.real() != null) {
            row.add(new Pill(anomaly.real() ? "\u2713 Worth the look" : "False alarm", anomaly.real() ? Pill.Tone.GOOD : Pill.Tone.CALM),
                    new Span("Somebody has said so; the threshold follows."));
            return row;
        }
        if (!Permitted.may(Permission.MARKETDATA_WRITE)) {
            row.add(new Span("Nobody has said yet whether it was worth the look."));
            return row;
        }
        Button yes = new Button("Worth the look", _ -> ask(true));
        yes.addThemeVariants(ButtonVariant.LUMO_SUCCESS);
        Button no = new Button("False alarm", _ -> ask(false));
        no.addThemeVariants(ButtonVariant.LUMO_CONTRAST);
        Span hint = new Span("Moves the threshold of this kind for this instrument.");
        hint.addClassName("hint");
        row.add(yes, no, hint);
        return row;
    }

    private void ask(boolean real) {
        TextField actor = Actors.field();
        TextField reason = new TextField("Reason, if there is more to say");
        reason.setMaxLength(LONGEST);
        Dialog dialog = new Dialog(real ? "Worth the look?" : "A false alarm?");
        Div fields = new Div(new Paragraph(real ? "The threshold goes down by 2%, so that more of this kind is told." : "The threshold goes up by 8%, so that less of this kind is told."),
                actor, reason);
        fields.addClassName("form");
        dialog.add(fields);
        Button go = new Button(real ? "Worth the look" : "False alarm", _ -> {
            dialog.close();
            Outcomes.tell(api.judge(anomaly.id(), real, actor.getValue(), reason.getValue().isBlank() ? null : reason.getValue().strip()),
                    AnomalyPanel::thanks, _ -> judged.run());
        });
        go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        dialog.getFooter().add(new Button("Leave it open", _ -> dialog.close()), go);
        dialog.open();
    }

    private static String thanks(Tuned tuned) {
        return "Thank you. The threshold is now " + Amounts.figure(BigDecimal.valueOf(tuned.threshold()).setScale(2, RoundingMode.HALF_EVEN)) + " " + tuned.unit() + ".";
    }

    private Component attribution() {
        Table table = new Table("Feature", "#Seen", "#Usual", "#Deviations", "#Share");
        table.show(anomaly.attributions().stream().map(AnomalyPanel::row).toList());
        Panel panel = new Panel("How far from expected", table).flush().withAside("Robust deviations, after the market's part was taken off");
        return panel;
    }

    private static Component[] row(Part part) {
        Span name = new Span(Words.of(part.feature()));
        name.addClassName("strong");
        Div fill = new Div();
        fill.getStyle().setWidth(Math.round(part.share() * 100) + "%");
        Div track = new Div(fill);
        track.addClassName("bar-track");
        Div share = new Div(new Span(Math.round(part.share() * 100) + "%"), track);
        share.addClassName("bar-cell");
        Span deviation = new Span(part.deviation() == null ? "\u2013" : signed("%.1f", part.deviation()));
        deviation.addClassName("strong");
        return new Component[] {name, new Span(shown(part.feature(), part.observed())), new Span(shown(part.feature(), part.expected())), deviation, share};
    }

    /** Features are logarithms, of what people know otherwise. */
    private static String shown(String feature, Double value) {
        if (value == null) {
            return "\u2013";
        }
        return switch (feature) {
            case "PRICE" -> signed("%.2f%%", Math.expm1(value) * 100);
            case "RANGE", "SPREAD" -> String.format(Locale.ROOT, "%.2f%%", Math.exp(value) * 100);
            case "VOLUME" -> Amounts.rough(Math.rint(Math.exp(value)));
            default -> signed("%.0f%%", value * 100);
        };
    }

    static String signed(String format, double value) {
        String text = String.format(Locale.ROOT, format, Math.abs(value));
        return (value > 0 ? "+" : value < 0 ? "\u2212" : "") + text;
    }

    /** What followed similar episodes, in words. */
    static String outlook(Outlook outlook) {
        return outlook == null ? "" : "After one bar " + percent(outlook.soon()) + ", after five " + percent(outlook.week()) + ", after twenty " + percent(outlook.month())
                + "; higher then in " + Math.round(outlook.rose() * 100) + "% of the cases";
    }

    static String percent(double logarithmic) {
        return signed("%.2f\u202F%%", Math.expm1(logarithmic) * 100);
    }
}
