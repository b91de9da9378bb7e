package io.partita.member.grid;

import com.hazelcast.config.Config;
import com.hazelcast.config.EventJournalConfig;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.RingbufferConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import io.github.bucket4j.grid.hazelcast.HazelcastEntryProcessor;
import io.github.bucket4j.grid.hazelcast.serialization.HazelcastEntryProcessorSerializer;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.stream.TickStream;
import io.partita.member.PartitaProperties;
import io.partita.positions.PositionNames;
import io.partita.security.SecurityNames;
import java.time.Duration;
import java.util.List;

/** What ticks go through, and what pipelines make of them. After a split the side that had the majority stays as it is. */
final class StreamStructures {

    /** For each partition: half an hour of an instrument's seconds, when they come all at once, as out of a file. */
    private static final int JOURNAL = 271 * 2_048;
    /** A row of indicators is large: less of them. */
    private static final int INDICATOR_JOURNAL = 271 * 512;
    private static final int ALERT_JOURNAL = 271 * 64;
    /** Otherwise so much is enough for a job that is restored. */
    private static final int JOURNAL_SECONDS = 300;
    private static final int DEAD_LETTERS = 20_000;
    /** Alerts of each kind, and episodes of a size, on a member. */
    private static final int ALERTS = 50_000;
    private static final int EPISODES = 200_000;
    private static final int BUCKETS = 100_000;
    private static final int RULE_FAILURES = 10_000;
    /** Part of the wire format. */
    private static final int BUCKET_PROCESSOR = 7_900;
    /** A reader that has told nothing for so long needs nothing any more. */
    private static final int READER_SECONDS = 60;

    private StreamStructures() {
    }

    /** @param protection null for none */
    static void add(Config config, PartitaProperties.Grid grid, String protection) {
        MergePolicyConfig discard = new MergePolicyConfig(DiscardMergePolicy.class.getName(), 100);
        config.addRingBufferConfig(new RingbufferConfig(MarketDataNames.TICKS + "*").setCapacity(TickStream.CAPACITY).setBackupCount(grid.backups())
                .setAsyncBackupCount(0).setTimeToLiveSeconds(0).setInMemoryFormat(InMemoryFormat.BINARY).setSplitBrainProtectionName(protection)
                .setMergePolicyConfig(discard));
        // Further pipelines follow bars through the journal.
        config.addMapConfig(map(MarketDataNames.BARS, grid, protection, discard)
                .setEventJournalConfig(new EventJournalConfig().setEnabled(true).setCapacity(JOURNAL).setTimeToLiveSeconds(JOURNAL_SECONDS)));
        // Rules follow what bars lead to, and anomalies.
        config.addMapConfig(map(MarketDataNames.INDICATORS, grid, protection, discard)
                .setEventJournalConfig(new EventJournalConfig().setEnabled(true).setCapacity(INDICATOR_JOURNAL).setTimeToLiveSeconds(JOURNAL_SECONDS)));
        config.addMapConfig(map(MarketDataNames.SOURCES, grid, protection, discard).setTimeToLiveSeconds((int) Duration.ofDays(1).toSeconds()));
        config.addMapConfig(map(MarketDataNames.INSTRUMENTS, grid, protection, discard));
        config.addMapConfig(map(MarketDataNames.TICK_READERS, grid, protection, discard).setTimeToLiveSeconds(READER_SECONDS));
        config.addMapConfig(map(MarketDataNames.BOOK_TRADES, grid, protection, discard));
        config.addMapConfig(map(MarketDataNames.DEAD_LETTERS, grid, protection, discard).setTimeToLiveSeconds((int) Duration.ofDays(1).toSeconds())
                .setEvictionConfig(bounded(DEAD_LETTERS)));
        config.addMapConfig(map(MarketDataNames.ANOMALIES, grid, protection, discard).setEvictionConfig(bounded(ALERTS))
                .setEventJournalConfig(new EventJournalConfig().setEnabled(true).setCapacity(ALERT_JOURNAL).setTimeToLiveSeconds(JOURNAL_SECONDS)));
        // By version of a rule: those of former versions go first, since nobody asks for them any more.
        config.addMapConfig(map(MarketDataNames.RULE_FAILURES, grid, protection, discard).setEvictionConfig(bounded(RULE_FAILURES)));
        config.addMapConfig(map(MarketDataNames.SURVEILLANCE, grid, protection, discard).setEvictionConfig(bounded(ALERTS)));
        config.addMapConfig(map(MarketDataNames.EPISODES + "*", grid, protection, discard).setEvictionConfig(bounded(EPISODES)));
        for (String live : List.of(PositionNames.LIVE_PORTFOLIOS, PositionNames.LIVE_POSITIONS, PositionNames.LIVE_MARKS, PositionNames.LIVE_PULSE)) {
            config.addMapConfig(map(live, grid, protection, discard));
        }
        // Callers are counted on either side, and what is left of a bucket after a split is not worth a merge.
        config.addMapConfig(map(SecurityNames.RATE_LIMITS, grid, null, discard).setBackupCount(0).setEvictionConfig(bounded(BUCKETS)));
        // By Java serialization no member would take it from another.
        config.getSerializationConfig().addSerializerConfig(new SerializerConfig().setTypeClass(HazelcastEntryProcessor.class)
                .setImplementation(new HazelcastEntryProcessorSerializer(BUCKET_PROCESSOR)));
        // What follows from PostgreSQL: either side may write it.
        config.addMapConfig(map(MarketDataNames.THRESHOLDS, grid, null, discard));
        config.addMapConfig(map(MarketDataNames.SILENCES, grid, null, discard));
        config.addMapConfig(map(MarketDataNames.CORPORATE_ACTIONS, grid, null, discard));
        config.addMapConfig(map(MarketDataNames.RULES, grid, null, discard));
    }

    private static EvictionConfig bounded(int most) {
        return new EvictionConfig().setEvictionPolicy(EvictionPolicy.LRU).setMaxSizePolicy(MaxSizePolicy.PER_NODE).setSize(most);
    }

    private static MapConfig map(String name, PartitaProperties.Grid grid, String protection, MergePolicyConfig merging) {
        return new MapConfig(name).setBackupCount(grid.backups()).setStatisticsEnabled(false).setPerEntryStatsEnabled(false)
                .setSplitBrainProtectionName(protection).setMergePolicyConfig(merging);
    }
}
