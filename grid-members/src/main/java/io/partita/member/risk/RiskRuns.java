package io.partita.member.risk;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** Chooses the one member that does what is due. Thread-safe; calls block. */
final class RiskRuns {

    private final Jdbi jdbi;

    RiskRuns(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Whether it is due, and so the caller's: nobody has begun with it for so long, or somebody did in the future, by a clock that was wrong.
     *
     * @param member the caller; on the side of a split that is not in the view nothing is ever due, since from there accounts cannot be told
     */
    boolean begin(String member, String name, Instant now, Duration every) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        insert into risk_run as r (name, started_at)
                        select cast(:name as text), cast(:now as timestamptz) where exists (select 1 from ledger_view where :member = any(members))
                        on conflict (name) do update set started_at = excluded.started_at where r.started_at <= :due or r.started_at > :ahead""")
                .bind("member", member).bind("name", name).bind("now", now).bind("due", now.minus(every)).bind("ahead", now.plus(every)).execute()) == 1;
    }
}
