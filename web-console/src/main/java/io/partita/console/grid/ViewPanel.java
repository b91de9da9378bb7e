package io.partita.console.grid;

import com.vaadin.flow.component.html.Div;
import io.partita.console.grid.ClusterApi.Cluster;
import io.partita.console.grid.ClusterApi.View;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Facts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Times;

/** Which members may write, since when, and whether the cluster is whole. */
final class ViewPanel extends Div {

    private final Pill verdict = new Pill("\u2026", Pill.Tone.CALM);
    private final Div facts = new Div();
    private Facts shown;
    private View last;
    private int present;

    ViewPanel() {
        add(new Panel("Who may write", facts).withAction(verdict));
    }

    void show(Cluster cluster) {
        View view = cluster.view();
        verdict.show(words(cluster), tone(cluster));
        // The lease is renewed all the time, and says nothing to people while it is.
        if (last != null && cluster.present() == present && without(view).equals(without(last))) {
            return;
        }
        last = view;
        present = cluster.present();
        if (shown != null) {
            facts.remove(shown);
        }
        shown = new Facts().with("View epoch", Amounts.count(view.epoch())).with("Since", view.since() == null ? "" : Times.dateTime(view.since()) + " UTC")
                .with("In the view", String.join(", ", view.members()))
                .with("Quorum", present + " of " + view.expectedMembers() + (view.expectedMembers() == 1 ? " member is there, " : " members are there, ") + view.quorum() + " needed to write")
                .with("In the view, and away", view.missing().isEmpty() ? "nobody" : String.join(", ", view.missing()))
                .with("Stay apart", view.apart().isEmpty() ? "nobody" : String.join(", ", view.apart()));
        facts.add(shown);
    }

    private static View without(View view) {
        return new View(view.epoch(), view.members(), view.missing(), view.since(), null, view.serving(), view.expectedMembers(), view.quorum(), view.majority(), view.apart());
    }

    private static String words(Cluster cluster) {
        View view = cluster.view();
        return !view.majority() ? "No majority here" : !view.apart().isEmpty() ? "A member stays apart" : !view.serving() ? "Not in the view" : !view.missing().isEmpty() ? "A member is away" : "\u2713 Whole";
    }

    private static Pill.Tone tone(Cluster cluster) {
        View view = cluster.view();
        return !view.majority() || !view.apart().isEmpty() || !view.serving() ? Pill.Tone.BAD : view.missing().isEmpty() ? Pill.Tone.GOOD : Pill.Tone.WAITING;
    }
}
