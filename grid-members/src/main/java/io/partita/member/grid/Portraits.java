package io.partita.member.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.map.IMap;
import com.hazelcast.map.LocalMapStats;
import com.sun.management.OperatingSystemMXBean;
import io.partita.member.Version;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each member draws itself every few seconds, so that any of them can tell about all at once: no request makes a member count anything. Thread-safe.
 */
@Component
class Portraits implements AutoCloseable {

    /** Member id to {@link MemberPortrait}; an entry of a member that has gone fades. */
    static final String MAP = "grid-portraits";

    private static final Logger LOG = LoggerFactory.getLogger(Portraits.class);
    private static final int EVERY_SECONDS = 3;
    private static final int FADE_SECONDS = 15;
    /** Clients may make maps of their own; more than these are not told of. */
    private static final int MOST_MAPS = 200;

    private final HazelcastInstance hazelcast;
    private final LedgerStatistics ledger;
    private final Migrations migrations;
    private final JsonMapper json;
    private final InstantSource clock = InstantSource.system();
    // Its own, since a cluster that changes makes it wait.
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("portraits").factory());

    Portraits(HazelcastInstance hazelcast, LedgerStatistics ledger, Migrations migrations, JsonMapper json) {
        this.hazelcast = hazelcast;
        this.ledger = ledger;
        this.migrations = migrations;
        this.json = json;
        timer.scheduleWithFixedDelay(this::tell, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void tell() {
        if (!hazelcast.getLifecycleService().isRunning()) {
            return;
        }
        try {
            MemberPortrait portrait = draw();
            map().set(portrait.id(), new HazelcastJsonValue(json.writeValueAsString(portrait)), FADE_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            // A cluster that is changing may refuse; the next one comes soon.
            LOG.debug("No portrait", e);
        }
    }

    private IMap<String, HazelcastJsonValue> map() {
        return hazelcast.getMap(MAP);
    }

    /** This member now. */
    private MemberPortrait draw() {
        Member member = hazelcast.getCluster().getLocalMember();
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        PartitionTable.Share share = PartitionTable.share(hazelcast);
        LedgerStatistics.Snapshot now = ledger.snapshot();
        return new MemberPortrait(member.getUuid().toString(), Pulses.text(member.getAddress()), Version.text(), clock.instant(),
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()), Runtime.getRuntime().availableProcessors(), system.getProcessCpuLoad(),
                system.getSystemLoadAverage(), memory(),
                new MemberPortrait.Partitions(share.owned(), share.backups(), migrations.remaining(), hazelcast.getPartitionService().isLocalMemberSafe()),
                new MemberPortrait.Store(now.storeAvailable(), now.commitMillisP50(), now.commitMillisP99(), now.commitsPerSecond(), now.size()), maps(), ledger.shards());
    }

    private static MemberPortrait.Memory memory() {
        Runtime heap = Runtime.getRuntime();
        long collections = 0;
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += Math.max(0, collector.getCollectionCount());
            millis += Math.max(0, collector.getCollectionTime());
        }
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().mapToLong(BufferPoolMXBean::getMemoryUsed).filter(bytes -> bytes > 0).sum();
        return new MemberPortrait.Memory(heap.totalMemory() - heap.freeMemory(), heap.maxMemory(), ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed(), direct,
                collections, millis);
    }

    private List<MemberPortrait.MapShare> maps() {
        List<MemberPortrait.MapShare> shares = new ArrayList<>();
        hazelcast.getDistributedObjects().stream().filter(IMap.class::isInstance).map(each -> (IMap<?, ?>) each)
                .sorted(Comparator.comparing(IMap::getName)).limit(MOST_MAPS).forEach(each -> shares.add(share(each)));
        return shares;
    }

    /** The sums that Hazelcast keeps with each partition; it looks at no entry. */
    private MemberPortrait.MapShare share(IMap<?, ?> map) {
        LocalMapStats stats = map.getLocalMapStats();
        MapConfig config = hazelcast.getConfig().findMapConfig(map.getName());
        boolean objects = config.getInMemoryFormat() == InMemoryFormat.OBJECT;
        return new MemberPortrait.MapShare(map.getName(), stats.getOwnedEntryCount(), stats.getBackupEntryCount(), config.getTotalBackupCount(),
                objects ? -1 : stats.getHeapCost(), config.isStatisticsEnabled() ? stats.getHits() : -1);
    }

    /** The portraits of all members that are in the cluster and were heard of lately, by id, the oldest member first. */
    Map<String, MemberPortrait> all() {
        List<String> ids = hazelcast.getCluster().getMembers().stream().map(member -> member.getUuid().toString()).toList();
        Map<String, HazelcastJsonValue> heard = map().getAll(Set.copyOf(ids));
        Map<String, MemberPortrait> portraits = new LinkedHashMap<>();
        ids.stream().map(heard::get).filter(Objects::nonNull).map(this::read).forEach(portrait -> portraits.put(portrait.id(), portrait));
        return portraits;
    }

    private MemberPortrait read(HazelcastJsonValue value) {
        return json.readerFor(MemberPortrait.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).readValue(value.getValue());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
