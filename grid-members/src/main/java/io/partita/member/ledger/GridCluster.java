package io.partita.member.ledger;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.partita.ledger.LedgerNames;
import java.util.List;

/** The cluster that Hazelcast has formed. */
record GridCluster(HazelcastInstance hazelcast) implements Cluster {

    @Override
    public String self() {
        return hazelcast.getCluster().getLocalMember().getUuid().toString();
    }

    @Override
    public List<String> members() {
        return hazelcast.getCluster().getMembers().stream().map(member -> member.getUuid().toString()).toList();
    }

    @Override
    public int quorum() {
        Config config = hazelcast.getConfig();
        String protection = config.findMapConfig(LedgerNames.SHARDS).getSplitBrainProtectionName();
        return protection == null ? 1 : config.findSplitBrainProtectionConfig(protection).getMinimumClusterSize();
    }
}
