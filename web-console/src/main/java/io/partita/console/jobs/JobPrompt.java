package io.partita.console.jobs;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.Permitted;
import io.partita.security.Permission;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a page says when there is nothing to show because of a job: that it does not run, with a button that starts it, or that it has found nothing yet. */
public final class JobPrompt extends Div {

    private final JobApi api;
    private final String job;
    private final String title;
    private final String patience;

    /**
     * @param title    what there is none of
     * @param patience what to wait for while the job runs
     */
    public JobPrompt(JobApi api, String job, String title, String patience) {
        this.api = api;
        this.job = job;
        this.title = title;
        this.patience = patience;
        show();
    }

    private void show() {
        if (!Permitted.may(Permission.GRID_READ)) {
            removeAll();
            add(new EmptyState(VaadinIcon.COG, title, "The job " + job + " makes them. Whether it runs is for those who may see the grid."));
            return;
        }
        List<JobApi.Job> jobs = api.jobs().found().orElse(null);
        removeAll();
        if (jobs == null) {
            add(new EmptyState(VaadinIcon.CONNECT_O, "Waiting for the grid", "No member answers at the moment."));
            return;
        }
        JobApi.Job known = jobs.stream().filter(each -> each.name().equals(job) && !each.ended()).findFirst().orElse(null);
        if (known == null) {
            Button start = new Button("Start " + job, _ -> Outcomes.tell(api.submit(job, Map.of()), job + " is submitted.", _ -> show()));
            start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
            add(new EmptyState(VaadinIcon.COG, title, "The job " + job + " makes them, and does not run.", Permitted.only(Permission.JOBS_WRITE, start)));
        } else {
            Component link = new Anchor("jobs/" + known.id(), "The job " + job);
            add(new EmptyState(VaadinIcon.HOURGLASS, title, known.is("RUNNING") ? patience : "The job " + job + " is there and does not run: "
                    + JobStates.name(known).toLowerCase(Locale.ROOT) + ".", link));
        }
    }
}
