package io.partita.console.jobs;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import io.partita.console.jobs.JobApi.Job;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.Permitted;
import io.partita.security.Permission;
import java.util.ArrayList;
import java.util.List;

/** What can be done with a job as it is. */
final class JobButtons extends Div {

    private final JobApi api;
    private Job job;

    JobButtons(JobApi api) {
        this.api = api;
        addClassName("row-actions");
    }

    JobButtons of(Job now) {
        if (job == null || !job.status().equals(now.status()) || !job.id().equals(now.id())) {
            removeAll();
            buttons(now).forEach(this::add);
        }
        job = now;
        return this;
    }

    private List<Button> buttons(Job now) {
        List<Button> buttons = new ArrayList<>();
        if (!Permitted.may(Permission.JOBS_WRITE)) {
            return buttons;
        }
        if (now.is("RUNNING")) {
            buttons.add(button("Suspend", () -> control("suspend", "is suspended. It keeps a snapshot.")));
            buttons.add(button("Restart", () -> Confirmation.ask("Restart " + job.name() + "?", "It begins anew from its last snapshot, on all members that there are. What it "
                    + "writes stays the same.", "Restart", false, () -> control("restart", "restarts."))));
        }
        if (now.is("SUSPENDED")) {
            buttons.add(button("Resume", () -> control("resume", "goes on.")));
        }
        if (!now.ended()) {
            Button cancel = button("Cancel", () -> Confirmation.ask("Cancel " + job.name() + "?", "It ends for good, and its state is forgotten; what it wrote stays.",
                    "Cancel the job", true, () -> Outcomes.tell(api.cancel(job.id()), job.name() + " is cancelled.", _ -> { })));
            cancel.addThemeVariants(ButtonVariant.LUMO_ERROR);
            buttons.add(cancel);
        }
        return buttons;
    }

    private static Button button(String name, Runnable action) {
        Button button = new Button(name, _ -> action.run());
        button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        return button;
    }

    private void control(String verb, String done) {
        Outcomes.tell(api.control(job.id(), verb), job.name() + " " + done, _ -> { });
    }
}
