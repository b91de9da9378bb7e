package io.partita.member.grid;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.Partition;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells the other members how this one is, and knows how they are. Thread-safe. */
@Component
class Pulses {

    /** Member id to {@link MemberPulse}; an entry of a member that has gone fades. */
    static final String MAP = "grid-members";

    private static final Logger LOG = LoggerFactory.getLogger(Pulses.class);
    private static final int FADE_SECONDS = 10;

    private final HazelcastInstance hazelcast;
    private final LedgerStatistics ledger;
    private final JsonMapper json;

    Pulses(HazelcastInstance hazelcast, LedgerStatistics ledger, JsonMapper json) {
        this.hazelcast = hazelcast;
        this.ledger = ledger;
        this.json = json;
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void beat() {
        if (!hazelcast.getLifecycleService().isRunning()) {
            return;
        }
        try {
            MemberPulse pulse = local();
            map().setAsync(pulse.id(), new HazelcastJsonValue(json.writeValueAsString(pulse)), FADE_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            // A cluster that is changing may refuse; the next beat comes in a second.
            LOG.debug("No pulse", e);
        }
    }

    private IMap<String, HazelcastJsonValue> map() {
        return hazelcast.getMap(MAP);
    }

    /** This member now. */
    MemberPulse local() {
        Member member = hazelcast.getCluster().getLocalMember();
        Runtime heap = Runtime.getRuntime();
        int partitions = 0;
        for (Partition partition : hazelcast.getPartitionService().getPartitions()) {
            partitions += member.equals(partition.getOwner()) ? 1 : 0;
        }
        return new MemberPulse(member.getUuid().toString(), text(member.getAddress()),
                ManagementFactory.getRuntimeMXBean().getStartTime(), heap.totalMemory() - heap.freeMemory(), heap.maxMemory(),
                partitions, MemberPulse.Work.of(ledger.snapshot()));
    }

    /** The pulses of all members that are in the cluster and were heard of lately, by id, the oldest member first. */
    Map<String, MemberPulse> all() {
        List<String> ids = hazelcast.getCluster().getMembers().stream().map(member -> member.getUuid().toString()).toList();
        Map<String, HazelcastJsonValue> heard = map().getAll(java.util.Set.copyOf(ids));
        Map<String, MemberPulse> pulses = new LinkedHashMap<>();
        String here = hazelcast.getCluster().getLocalMember().getUuid().toString();
        ids.stream().map(id -> id.equals(here) ? local() : read(heard.get(id))).filter(Objects::nonNull)
                .forEach(pulse -> pulses.put(pulse.id(), pulse));
        return pulses;
    }

    private MemberPulse read(HazelcastJsonValue value) {
        return value == null ? null : json.readerFor(MemberPulse.class)
                .without(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).readValue(value.getValue());
    }

    static String text(Address address) {
        return address.getHost() + ":" + address.getPort();
    }
}
