package io.partita.console.jobs;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.partita.console.api.Answer;
import io.partita.console.jobs.JobApi.Job;
import io.partita.console.jobs.JobApi.Known;
import io.partita.console.jobs.JobApi.Option;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Notices;
import io.partita.console.ui.RefusalBox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A job of the catalogue, with its options as they usually are until somebody changes them. */
final class JobForm extends Div {

    private static final int LONGEST = 500;
    private static final String NUMBER = "-?[0-9]{1,15}(\\.[0-9]{1,9})?";

    private final JobApi api;
    private final Select<Known> job = new Select<>();
    private final Span summary = new Span();
    private final Div options = new Div();
    private final Map<Option, TextField> fields = new LinkedHashMap<>();
    private final RefusalBox refusal = new RefusalBox();

    JobForm(JobApi api) {
        this.api = api;
        addClassNames("form", "job-form");
        job.setLabel("Job");
        job.setItemLabelGenerator(Known::name);
        job.addValueChangeListener(_ -> choose());
        summary.addClassName("hint");
        options.addClassName("fields");
        Button submit = new Button("Submit", _ -> submit());
        submit.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Div actions = new Div(submit);
        actions.addClassName("form-actions");
        add(job, summary, options, refusal, actions);
        load();
    }

    /** Asks what there is to choose from, if that is not known yet. */
    void load() {
        if (job.getValue() == null) {
            List<Known> catalogue = api.catalogue().found().orElse(List.of());
            job.setItems(catalogue);
            catalogue.stream().findFirst().ifPresent(job::setValue);
        }
    }

    private void choose() {
        options.removeAll();
        fields.clear();
        refusal.hide();
        Known chosen = job.getValue();
        if (chosen == null) {
            return;
        }
        summary.setText(chosen.summary() + ".");
        for (Option option : chosen.options()) {
            TextField field = new TextField(option.name().substring(0, 1).toUpperCase(Locale.ROOT) + option.name().substring(1));
            field.setValue(option.usual());
            field.setHelperText(option.meaning());
            field.setMaxLength(LONGEST);
            field.addValueChangeListener(_ -> field.setInvalid(false));
            fields.put(option, field);
            options.add(field);
        }
    }

    private boolean valid() {
        boolean valid = true;
        for (Map.Entry<Option, TextField> each : fields.entrySet()) {
            boolean number = each.getKey().usual().matches(NUMBER);
            valid &= Fields.check(each.getValue(), number && !each.getValue().getValue().strip().matches(NUMBER) ? "A number." : "");
        }
        return valid;
    }

    private void submit() {
        refusal.hide();
        if (job.getValue() == null) {
            refusal.showNoAnswer("The jobs appear by themselves as soon as one does.");
        } else if (valid()) {
            Map<String, String> changed = new LinkedHashMap<>();
            fields.forEach((option, field) -> {
                if (!field.getValue().strip().equals(option.usual())) {
                    changed.put(option.name(), field.getValue().strip());
                }
            });
            switch (api.submit(job.getValue().name(), changed)) {
                case Answer.Done<Job>(Job begun) -> Notices.done(begun.name() + " is submitted.");
                case Answer.Refused<Job>(var problem) -> refusal.show(problem);
                case Answer.Unreachable<Job> _ -> refusal.showNoAnswer("Whether it runs shows above.");
            }
        }
    }
}
