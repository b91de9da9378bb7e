package io.partita.member.simulation;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import io.partita.ledger.shard.Authorize;
import io.partita.ledger.shard.Settle;
import io.partita.ledger.shard.Shard;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.UUID;

/** Where processors run: the real ones, on the real shard, told which member they are on. */
final class ProcessorSite {

    private final HazelcastInstance hazelcast;

    /** What a processor answered, and whether it changed something. */
    record Run<R>(R result, boolean changed) {
    }

    ProcessorSite(UUID member) {
        Member local = answering(Member.class, "getUuid", member);
        Cluster cluster = answering(Cluster.class, "getLocalMember", local);
        hazelcast = answering(HazelcastInstance.class, "getCluster", cluster);
    }

    private static <T> T answering(Class<T> type, String question, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (method.getName().equals(question)) {
                return answer;
            }
            throw new UnsupportedOperationException(method.getName());
        }));
    }

    <R> Run<R> run(int number, Replica replica, EntryProcessor<Integer, Shard, R> processor, GridNode node, Sabotage sabotage) {
        if (processor instanceof HazelcastInstanceAware aware) {
            aware.setHazelcastInstance(hazelcast);
        }
        if (sabotage == Sabotage.SEQUENCE && processor instanceof Settle settle && replica.shard != null) {
            replica.shard = Saboteur.settleAsItComes(replica.shard, settle);
        }
        Entry entry = new Entry(number, replica.shard);
        R result = processor.process(entry);
        replica.shard = entry.value;
        if (sabotage == Sabotage.RESERVATION && processor instanceof Authorize) {
            Saboteur.forgetReservations(node, replica.shard);
        }
        return new Run<>(result, entry.changed);
    }

    private static final class Entry implements Map.Entry<Integer, Shard> {

        private final int number;
        private Shard value;
        private boolean changed;

        Entry(int number, Shard value) {
            this.number = number;
            this.value = value;
        }

        @Override
        public Integer getKey() {
            return number;
        }

        @Override
        public Shard getValue() {
            return value;
        }

        @Override
        public Shard setValue(Shard newValue) {
            Shard before = value;
            value = newValue;
            changed = true;
            return before;
        }
    }
}
