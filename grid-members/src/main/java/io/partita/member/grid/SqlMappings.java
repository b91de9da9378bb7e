package io.partita.member.grid;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.partita.ledger.LedgerNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Makes the map of balances a table for SQL: {@code select * from balances where currency = 'EUR'}. */
@Component
final class SqlMappings {

    private static final Logger LOG = LoggerFactory.getLogger(SqlMappings.class);

    private static final String BALANCES = """
            create mapping if not exists %s external name %s (
                "__key" bigint, account bigint, currency varchar, type varchar, status varchar, parent bigint,
                "debitsPosted" bigint, "creditsPosted" bigint, "debitsPending" bigint, "creditsPending" bigint,
                "maxNetDebit" bigint, "maxNetCredit" bigint, sequence bigint)
            type IMap options (
                'keyFormat' = 'bigint', 'valueFormat' = 'compact', 'valueCompactTypeName' = 'io.partita.Balance')"""
            .formatted(LedgerNames.BALANCES, LedgerNames.BALANCES);

    private final HazelcastInstance hazelcast;

    SqlMappings(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** Beside the start, since the first SQL statement of a member loads a whole query planner. */
    @EventListener(ApplicationReadyEvent.class)
    void create() {
        Thread.ofVirtual().name("sql-mappings").start(() -> {
            try {
                hazelcast.getSql().executeUpdate(BALANCES);
            } catch (HazelcastException | IllegalStateException e) {
                LOG.warn("Balances cannot be queried by SQL: {}", e.getMessage());
            }
        });
    }
}
