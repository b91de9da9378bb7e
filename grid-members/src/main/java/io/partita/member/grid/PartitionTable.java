package io.partita.member.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceImpl;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.internal.partition.InternalPartitionService;
import com.hazelcast.internal.partition.PartitionReplica;

/** Who has which copies, which Hazelcast's interface tells of owners alone. Reads the member's own table and asks nobody. */
final class PartitionTable {

    private PartitionTable() {
    }

    /** Partitions of which this member is the owner, and those of which it has a copy. */
    record Share(int owned, int backups) {
    }

    static Share share(HazelcastInstance hazelcast) {
        HazelcastInstanceImpl instance = hazelcast instanceof HazelcastInstanceProxy proxy ? proxy.getOriginal() : (HazelcastInstanceImpl) hazelcast;
        InternalPartitionService service = instance.node.getPartitionService();
        PartitionReplica here = PartitionReplica.from(instance.node.getLocalMember());
        int owned = 0;
        int backups = 0;
        for (InternalPartition partition : service.getInternalPartitions()) {
            int replica = partition.getReplicaIndex(here);
            owned += replica == 0 ? 1 : 0;
            backups += replica > 0 ? 1 : 0;
        }
        return new Share(owned, backups);
    }
}
