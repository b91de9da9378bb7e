package io.partita.member.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.cluster.Member;
import io.partita.ledger.LedgerNames;
import io.partita.member.PartitaProperties;
import io.partita.member.grid.ClusterStatus.MapFigures;
import io.partita.member.grid.ClusterStatus.ShardFigures;
import io.partita.member.grid.ClusterStatus.ShardState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Grid")
@RestController
@RequestMapping(path = "/api/v1/cluster")
final class ClusterController {

    private final HazelcastInstance hazelcast;
    private final Portraits portraits;
    private final LedgerStatistics ledger;
    private final MergeWatchdog watchdog;
    private final PartitaProperties.Grid settings;

    ClusterController(HazelcastInstance hazelcast, Portraits portraits, LedgerStatistics ledger, MergeWatchdog watchdog, PartitaProperties settings) {
        this.hazelcast = hazelcast;
        this.portraits = portraits;
        this.ledger = ledger;
        this.watchdog = watchdog;
        this.settings = settings.grid();
    }

    @Operation(summary = "The members in detail, the partitions, who is in the view, and the database", description = """
            From what each member tells every three seconds, so that the answer comes at once and is the same from all of them.""")
    @GetMapping
    ClusterStatus cluster() {
        Map<String, MemberPortrait> known = portraits.all();
        LedgerStatistics.View view = ledger.snapshot().view();
        List<Member> present = List.copyOf(hazelcast.getCluster().getMembers());
        List<ClusterStatus.Member> members = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        Instant now = Instant.now();
        for (Member member : present) {
            MemberPortrait portrait = known.get(member.getUuid().toString());
            if (portrait == null) {
                silent.add(Pulses.text(member.getAddress()));
            } else {
                members.add(member(portrait, member, members.isEmpty() && silent.isEmpty(), view, now));
            }
        }
        return new ClusterStatus(settings.name(), now, view(view, present), members, silent, partitions(known.values()), store(known.values()));
    }

    private static ClusterStatus.Member member(MemberPortrait portrait, Member member, boolean oldest, LedgerStatistics.View view, Instant now) {
        return new ClusterStatus.Member(portrait.id(), portrait.address(), portrait.version(), oldest, view.members().contains(portrait.id()), member.localMember(), portrait.startedAt(),
                Math.max(0, Duration.between(portrait.startedAt(), now).toSeconds()), portrait.at(), portrait.processors(), portrait.cpu(), portrait.load(), portrait.memory(),
                portrait.partitions(), portrait.shards().size(), (int) portrait.shards().stream().filter(LedgerStatistics.Shard::serving).count(), portrait.store());
    }

    private ClusterStatus.View view(LedgerStatistics.View view, List<Member> present) {
        List<String> there = present.stream().filter(member -> view.members().contains(member.getUuid().toString())).map(member -> Pulses.text(member.getAddress())).toList();
        List<String> ids = present.stream().map(member -> member.getUuid().toString()).toList();
        return new ClusterStatus.View(view.term(), there, view.members().stream().filter(id -> !ids.contains(id)).toList(), view.since(), view.leaseUntil(), view.serving(),
                settings.expectedMembers(), settings.majority(), present.size() >= settings.majority(), watchdog.apart());
    }

    private ClusterStatus.Partitions partitions(Collection<MemberPortrait> known) {
        List<MemberPortrait.Partitions> shares = known.stream().map(MemberPortrait::partitions).toList();
        return new ClusterStatus.Partitions(hazelcast.getPartitionService().getPartitions().size(), shares.stream().mapToInt(MemberPortrait.Partitions::owned).sum(),
                shares.stream().mapToInt(MemberPortrait.Partitions::backups).sum(), shares.stream().mapToLong(MemberPortrait.Partitions::moving).max().orElse(0),
                !shares.isEmpty() && shares.stream().allMatch(MemberPortrait.Partitions::safe));
    }

    private static ClusterStatus.Store store(Collection<MemberPortrait> known) {
        List<MemberPortrait.Store> stores = known.stream().map(MemberPortrait::store).toList();
        return new ClusterStatus.Store((int) stores.stream().filter(MemberPortrait.Store::reachable).count(), stores.size(),
                stores.stream().mapToDouble(MemberPortrait.Store::commitMillisP50).max().orElse(0), stores.stream().mapToDouble(MemberPortrait.Store::commitMillisP99).max().orElse(0),
                stores.stream().mapToDouble(MemberPortrait.Store::commitsPerSecond).sum(), stores.stream().mapToLong(MemberPortrait.Store::journalRows).max().orElse(0));
    }

    @Operation(summary = "The maps of the grid, with what all members hold of them", description = "At most 200, by name.")
    @GetMapping("/maps")
    List<MapFigures> maps() {
        Map<String, List<MemberPortrait.MapShare>> byName = new TreeMap<>();
        portraits.all().values().forEach(portrait -> portrait.maps().forEach(share -> byName.computeIfAbsent(share.name(), name -> new ArrayList<>()).add(share)));
        return byName.entrySet().stream().map(entry -> figures(entry.getKey(), entry.getValue())).toList();
    }

    private static MapFigures figures(String name, List<MemberPortrait.MapShare> shares) {
        return new MapFigures(name, MapDomain.of(name), shares.stream().mapToLong(MemberPortrait.MapShare::entries).sum(), shares.stream().mapToLong(MemberPortrait.MapShare::backups).sum(),
                shares.getFirst().copies(), counted(shares.stream().map(MemberPortrait.MapShare::cost).toList()), counted(shares.stream().map(MemberPortrait.MapShare::hits).toList()));
    }

    /** Null if somebody did not count. */
    private static Long counted(List<Long> figures) {
        return figures.stream().anyMatch(figure -> figure < 0) ? null : figures.stream().mapToLong(Long::longValue).sum();
    }

    @Operation(summary = "The ledger's 256 shards: who has each, under which epoch, and whether it is fenced", description = """
            A shard is fenced when its owner has it under another epoch than the journal takes: whatever it commits is refused until its owner has raised the epoch.""")
    @GetMapping("/shards")
    List<ShardFigures> shards() {
        Map<Integer, ShardFigures> byNumber = new HashMap<>();
        for (MemberPortrait portrait : portraits.all().values()) {
            // While a shard moves two may tell of it: the one that serves it counts.
            portrait.shards().forEach(shard -> byNumber.merge(shard.number(), figures(shard, portrait.address()),
                    (one, other) -> other.state() == ShardState.SERVING || other.epoch() > one.epoch() ? other : one));
        }
        List<ShardFigures> all = new ArrayList<>(LedgerNames.SHARD_COUNT);
        for (int shard = 0; shard < LedgerNames.SHARD_COUNT; shard++) {
            all.add(byNumber.getOrDefault(shard, new ShardFigures(shard, null, ShardState.UNKNOWN, 0, null, 0, 0, null)));
        }
        return all;
    }

    private static ShardFigures figures(LedgerStatistics.Shard shard, String owner) {
        return new ShardFigures(shard.number(), owner, state(shard), shard.epoch(), shard.journalEpoch() < 0 ? null : shard.journalEpoch(), shard.accounts(), shard.sequence(), shard.movedAt());
    }

    static ShardState state(LedgerStatistics.Shard shard) {
        if (!shard.serving()) {
            return ShardState.IDLE;
        }
        if (shard.journalEpoch() >= 0 && shard.journalEpoch() != shard.epoch()) {
            return ShardState.FENCED;
        }
        return shard.gap() ? ShardState.GAP : ShardState.SERVING;
    }
}
