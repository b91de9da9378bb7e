package io.partita.member.ledger;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.PartitaProperties;
import io.partita.member.ledger.query.BalancesOfJournal;
import java.time.InstantSource;
import javax.sql.DataSource;

/** What the ledger's engine reaches the grid and the database by. */
record LedgerParts(Cluster cluster, ShardGrid shards, Journal journal, Bookings bookings, ViewTable view, ShardSource source,
                   JournalBalances balances) {

    static LedgerParts of(HazelcastInstance hazelcast, DataSource database, DataSource queries, PartitaProperties.Ledger settings,
                          InstantSource clock, RecentBlocks recent, CommitListener listener) {
        return new LedgerParts(new GridCluster(hazelcast), new GridShards(hazelcast), new JournalStore(database, clock, recent, listener),
                new JournalLookup(database), new PostgresView(database, settings.viewLease()), new ShardLoader(database), new BalancesOfJournal(queries));
    }
}
