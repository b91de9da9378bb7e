package io.partita.console.notices;

import io.partita.console.api.GridPulse;
import io.partita.console.api.GridStatus;
import io.partita.console.notices.Notice.Kind;
import io.partita.console.ui.Pill.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is new when the grid is looked at once more: members that are gone, one that stays apart, silence. Not thread-safe: for the feed's own thread. */
final class GridNews {

    private Set<String> members = Set.of();
    private Set<String> apart = Set.of();
    private boolean up;

    List<Notice> look(GridPulse pulse) {
        List<Notice> news = new ArrayList<>();
        if (pulse.up()) {
            GridStatus status = pulse.status().get();
            Set<String> now = status.members().stream().map(GridStatus.Member::address).collect(Collectors.toCollection(TreeSet::new));
            members.stream().filter(member -> !now.contains(member))
                    .forEach(gone -> news.add(notice("lost/" + gone, pulse.at(), "Member " + gone + " is gone", now.size() == 1 ? "One member is left." : now.size() + " members are left.")));
            Set<String> outside = new TreeSet<>(status.apart());
            outside.stream().filter(member -> !apart.contains(member))
                    .forEach(other -> news.add(notice("apart/" + other, pulse.at(), "The cluster is split", other + " can be reached and has not joined.")));
            members = now;
            apart = outside;
        } else if (up) {
            news.add(notice("silent", pulse.at(), "The grid does not answer", pulse.trouble()));
        }
        up = pulse.up();
        return news;
    }

    /** The same may happen again, and is another time then. */
    private static Notice notice(String what, Instant at, String title, String detail) {
        return new Notice(Kind.GRID, "grid/" + what + "/" + at, Tone.BAD, title, detail, "", at);
    }
}
