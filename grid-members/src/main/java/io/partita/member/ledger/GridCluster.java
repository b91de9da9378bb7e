package io.partita.member.ledger;

import com.hazelcast.core.HazelcastInstance;
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
}
