package io.partita.console.drill;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import io.partita.console.drill.DrillApi.Drills;
import io.partita.console.drill.DrillApi.Known;
import io.partita.console.drill.DrillApi.Run;
import io.partita.console.drill.DrillApi.Way;
import io.partita.console.drill.DrillApi.Wish;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.Outcomes;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Starts a drill. */
final class DrillForm extends Div {

    private final DrillApi api;
    private final Consumer<Run> started;
    private final ComboBox<Known> drill = new ComboBox<>("Drill");
    private final ComboBox<Way> transport = new ComboBox<>("Over");
    private final IntegerField seconds = field("Seconds of load", 30, 5, 300);
    private final IntegerField members = field("Members", 3, 2, 5);
    private final Span what = new Span();
    private final Span lacks = new Span();
    private final Button start = new Button("Start the drill", _ -> ask());

    DrillForm(DrillApi api, Drills drills, Consumer<Run> started) {
        this.api = api;
        this.started = started;
        addClassNames("form", "drill-form");
        drill.setItems(drills.drills());
        drill.setItemLabelGenerator(Known::name);
        drill.setValue(drills.drills().getFirst());
        drill.addValueChangeListener(_ -> describe());
        List<Way> possible = drills.transports().stream().filter(way -> way.missing() == null).toList();
        transport.setItems(possible);
        transport.setItemLabelGenerator(way -> way.transport().equals("loopback") ? "relays on this machine" : "network namespaces");
        transport.setValue(possible.isEmpty() ? null : possible.getFirst());
        what.addClassName("hint");
        lacks.addClassName("hint");
        lacks.setText(drills.transports().stream().filter(way -> way.missing() != null).map(way -> way.missing() + " " + way.action()).collect(Collectors.joining(" ")));
        lacks.setVisible(!lacks.getText().isEmpty());
        start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        drills.hindrance().ifPresent(why -> {
            start.setEnabled(false);
            lacks.setText(why);
            lacks.setVisible(true);
        });
        Div fields = new Div(drill, transport, members, seconds);
        fields.addClassName("drill-fields");
        Div actions = new Div(start);
        actions.addClassName("form-actions");
        add(new Paragraph("A drill starts a cluster of its own beside this one, with a database of its own, loads it, breaks it and mends it. It takes some 2 GB of memory of the member's machine, and the "
                + "processors for a few minutes; one that takes longer than " + drills.limitSeconds() / 60 + " min is ended."), fields, what, lacks, actions);
        describe();
    }

    private static IntegerField field(String label, int value, int least, int most) {
        IntegerField field = new IntegerField(label);
        field.setValue(value);
        field.setMin(least);
        field.setMax(most);
        field.setStepButtonsVisible(true);
        return field;
    }

    private void describe() {
        what.setText(drill.getValue() == null ? "" : "Broken: " + drill.getValue().breaks() + ". Must hold: " + drill.getValue().holds() + ".");
    }

    private void ask() {
        Known known = drill.getValue();
        if (known == null || seconds.isInvalid() || members.isInvalid()) {
            return;
        }
        Wish wish = new Wish(UUID.randomUUID().toString(), transport.getValue() == null ? null : transport.getValue().transport(), members.getValue(), seconds.getValue(), null, null);
        Confirmation.ask("Start the drill " + known.name() + "?", "It needs memory and processors of the member's machine for a few minutes. Nothing of this cluster is touched.", "Start", false,
                () -> Outcomes.tell(api.start(known.name(), wish), "The drill " + known.name() + " begins.", started));
    }
}
