package io.partita.member.drill;

import io.partita.member.drill.arena.Arena;
import io.partita.member.drill.arena.MemberProcess;
import io.partita.member.drill.arena.NextVersion;
import io.partita.member.drill.check.Finding;
import io.partita.member.drill.check.Finding.Count;
import io.partita.member.drill.check.Finding.Violation;
import java.util.ArrayList;
import java.util.List;

/** Whether an upgrade took place at all: a drill that changes nothing proves nothing. */
final class Upgrade {

    private Upgrade() {
    }

    static Finding finding(Arena arena, NextVersion next) {
        List<Violation> violations = new ArrayList<>();
        for (MemberProcess member : arena.members()) {
            String version = member.version().orElse("no answer");
            if (!version.equals(NextVersion.text())) {
                violations.add(new Violation(member + " is not of the next version", List.of("version"), List.of(List.of(version))));
            }
        }
        long migrated = arena.store().count("select count(*) from flyway_schema_history where version = '" + NextVersion.MIGRATION + "' and success");
        if (migrated != 1) {
            violations.add(new Violation("The database was not brought to the next version once", List.of("times"), List.of(List.of(Long.toString(migrated)))));
        }
        return new Finding("upgrade", "Every member is of the next version, and the database was migrated once, while it was in use", violations.isEmpty(),
                List.of(new Count("members", arena.members().size()), new Count("types of values with a field more", next.types()), new Count("migrations", migrated)),
                violations.size(), violations);
    }
}
