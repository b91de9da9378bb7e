package io.partita.member.lineage;

import io.partita.member.lineage.Lineage.Drawing;
import io.partita.member.lineage.Lineage.Kind;
import io.partita.member.security.audit.AuditTrail;
import io.partita.member.security.audit.AuditTrail.Noted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Who may have done it: bodies of requests are not kept, so that a command is known by its address and its time alone. Thread-safe; calls block. */
final class AuditLineage {

    private static final Duration BEFORE = Duration.ofSeconds(2);
    private static final Duration AFTER = Duration.ofSeconds(1);
    private static final int MOST_READ = 200;
    private static final int MOST_SHOWN = 5;

    private final AuditTrail trail;

    AuditLineage(AuditTrail trail) {
        this.trail = trail;
    }

    /** Draws the commands to some addresses that were carried out at about a time. */
    void draw(Drawing drawing, String node, Instant at, Set<String> paths) {
        List<Noted> commands = trail.noted(at.minus(BEFORE), at.plus(AFTER), MOST_READ).stream()
                .filter(noted -> noted.event().who() != null && noted.event().status() < 300 && paths.contains(noted.event().path())).limit(MOST_SHOWN).toList();
        commands.forEach(noted -> drawing.edge(drawing.add(Kind.AUDIT, Long.toString(noted.sequence()), noted.event().who(),
                noted.event().method() + " " + noted.event().path() + " from " + noted.event().address() + ", correlation id " + noted.event().correlation(), Long.toString(noted.sequence()),
                noted.event().at()), node, commands.size() == 1 ? "asked at that time" : "one of these asked"));
    }
}
