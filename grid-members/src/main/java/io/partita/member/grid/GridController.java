package io.partita.member.grid;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.PartitaProperties;
import io.partita.member.Version;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Grid")
@RestController
final class GridController {

    private final HazelcastInstance hazelcast;
    private final Pulses pulses;
    private final Migrations migrations;
    private final LedgerStatistics ledger;
    private final MergeWatchdog watchdog;
    private final String cluster;

    GridController(HazelcastInstance hazelcast, Pulses pulses, Migrations migrations, LedgerStatistics ledger,
                   MergeWatchdog watchdog, PartitaProperties settings) {
        this.hazelcast = hazelcast;
        this.pulses = pulses;
        this.migrations = migrations;
        this.ledger = ledger;
        this.watchdog = watchdog;
        this.cluster = settings.grid().name();
    }

    @Operation(summary = "The members, the partitions and the ledger now")
    @GetMapping("/api/v1/grid")
    GridStatus grid() {
        LedgerStatistics.Snapshot now = ledger.snapshot();
        Map<String, MemberPulse> known = pulses.all();
        List<MemberPulse.Work> work = known.values().stream().map(MemberPulse::ledger).filter(Objects::nonNull).toList();
        LedgerStatistics.View view = now.view();
        return new GridStatus(cluster, Version.text(),
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
                new GridStatus.View(view.term(), view.members(), view.leaseUntil(), view.serving()),
                members(known, now.ownedShards()), watchdog.apart(),
                new GridStatus.Partitions(hazelcast.getPartitionService().getPartitions().size(), migrations.remaining()),
                new GridStatus.Shards(work.stream().mapToInt(MemberPulse.Work::shardsServing).sum(), now.shardsTotal()),
                ledger(now, work));
    }

    private List<GridStatus.Member> members(Map<String, MemberPulse> known, Map<String, Integer> shards) {
        List<GridStatus.Member> members = new ArrayList<>();
        long now = System.currentTimeMillis();
        hazelcast.getCluster().getMembers().forEach(member -> {
            String id = member.getUuid().toString();
            MemberPulse pulse = known.getOrDefault(id, new MemberPulse(id, "", now, 0, 0, 0, null));
            members.add(new GridStatus.Member(id, Pulses.text(member.getAddress()), member.localMember(), pulse.partitions(),
                    shards.getOrDefault(id, 0), pulse.heapUsed(), pulse.heapMax(),
                    Duration.ofMillis(Math.max(0, now - pulse.startedAt())).toSeconds()));
        });
        return members;
    }

    private static GridStatus.Ledger ledger(LedgerStatistics.Snapshot here, Collection<MemberPulse.Work> all) {
        double commits = sum(all, MemberPulse.Work::commitsPerSecond);
        double entries = sum(all, work -> work.batchSizeMean() * work.commitsPerSecond());
        Map<String, Long> refused = new TreeMap<>();
        all.forEach(work -> work.refusedByCode().forEach((code, count) -> refused.merge(code, count, Long::sum)));
        return new GridStatus.Ledger(here.size(), here.accounts(), sum(all, MemberPulse.Work::transfersPerSecond), commits,
                commits == 0 ? 0 : entries / commits, most(all, MemberPulse.Work::commitMillisP50),
                most(all, MemberPulse.Work::commitMillisP99), all.stream().mapToLong(MemberPulse.Work::acceptedTotal).sum(),
                refused, all.stream().mapToLong(MemberPulse.Work::queued).sum(), here.storeAvailable());
    }

    private static double sum(Collection<MemberPulse.Work> all, ToDoubleFunction<MemberPulse.Work> figure) {
        return all.stream().mapToDouble(figure).sum();
    }

    private static double most(Collection<MemberPulse.Work> all, ToDoubleFunction<MemberPulse.Work> figure) {
        return all.stream().mapToDouble(figure).max().orElse(0);
    }
}
