package io.partita.member.risk.limits;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.risk.limits.LimitJson.OneBreach;
import io.partita.risk.BreachEvent;
import io.partita.risk.RiskNames;
import io.partita.risk.Scope;
import java.util.List;

/**
 * The breaches that last, as REST tells them, for whoever tells others when they change. PostgreSQL has them; the topic only says that it is time to
 * look. Thread-safe; {@link #take} blocks.
 */
public final class OpenBreaches {

    /** More are not told at once: the newest. */
    private static final int MOST = 500;

    private final LimitService limits;
    private volatile boolean outdated = true;
    private volatile List<OneBreach> open = List.of();

    OpenBreaches(LimitService limits, HazelcastInstance hazelcast) {
        this.limits = limits;
        hazelcast.<BreachEvent>getReliableTopic(RiskNames.BREACHES).addMessageListener(_ -> outdated = true);
    }

    /** Looks again with the next {@link #take}: a topic may lose a message. */
    public void look() {
        outdated = true;
    }

    /**
     * Reads them if something may have changed; whether anything has since this was asked last.
     *
     * @throws org.jdbi.v3.core.JdbiException while the database is away; whoever asks again reads again
     */
    public boolean take() {
        if (!outdated) {
            return false;
        }
        outdated = false;
        try {
            List<OneBreach> now = limits.breaches(true, Long.MAX_VALUE, MOST).stream().map(OneBreach::of).toList();
            boolean changed = !now.equals(open);
            open = now;
            return changed;
        } catch (RuntimeException away) {
            outdated = true;
            throw away;
        }
    }

    /** All, the newest first. */
    public List<OneBreach> all() {
        return open;
    }

    /** Those of limits that are set on a portfolio itself. */
    public List<OneBreach> of(String portfolio) {
        return open.stream().filter(breach -> breach.scope() == Scope.PORTFOLIO && breach.target().equals(portfolio)).toList();
    }
}
