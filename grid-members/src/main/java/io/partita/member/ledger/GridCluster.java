package io.partita.member.ledger;

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
        String protection = protection();
        return protection == null ? 1 : hazelcast.getConfig().findSplitBrainProtectionConfig(protection).getMinimumClusterSize();
    }

    @Override
    public boolean hearsQuorum() {
        String protection = protection();
        return protection == null || Cluster.super.hearsQuorum()
                && hazelcast.getSplitBrainProtectionService().getSplitBrainProtection(protection).hasMinimumSize();
    }

    private String protection() {
        return hazelcast.getConfig().findMapConfig(LedgerNames.SHARDS).getSplitBrainProtectionName();
    }
}
