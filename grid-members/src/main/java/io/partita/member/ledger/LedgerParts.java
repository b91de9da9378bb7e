package io.partita.member.ledger;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.PartitaProperties;
import java.time.InstantSource;
import javax.sql.DataSource;

/** What the ledger's engine reaches the grid and the database by. */
record LedgerParts(Cluster cluster, ShardGrid shards, Journal journal, Bookings bookings, ViewTable view, ShardSource source) {

    static LedgerParts of(HazelcastInstance hazelcast, DataSource database, PartitaProperties.Ledger settings, InstantSource clock) {
        return new LedgerParts(new GridCluster(hazelcast), new GridShards(hazelcast), new JournalStore(database, clock), new JournalLookup(database),
                new PostgresView(database, settings.viewLease()), new ShardLoader(database));
    }
}
