package io.partita.member.database;

import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Warns of a database that says "committed" before it has written: then an acknowledged transfer can be lost. */
@Component
final class Durability {

    private static final Logger LOG = LoggerFactory.getLogger(Durability.class);

    private final Jdbi jdbi;

    Durability(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @EventListener(ApplicationReadyEvent.class)
    void check() {
        try {
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                String value = jdbi.withHandle(handle -> handle.createQuery("show " + setting).mapTo(String.class).one());
                if (value.equals("off")) {
                    LOG.warn("The database runs with {}=off: what it acknowledges can be lost when its machine stops", setting);
                }
            }
        } catch (RuntimeException e) {
            // It has gone again since the migrations; readiness tells.
            LOG.debug("Durability is not known", e);
        }
    }
}
