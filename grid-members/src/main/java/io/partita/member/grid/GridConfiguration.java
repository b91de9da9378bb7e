package io.partita.member.grid;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.ReliableTopicConfig;
import com.hazelcast.config.RingbufferConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import com.hazelcast.spi.merge.LatestUpdateMergePolicy;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionOn;
import com.hazelcast.topic.TopicOverloadPolicy;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerSerialization;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.AnomalySerialization;
import io.partita.marketdata.rules.RuleSerialization;
import io.partita.marketdata.stream.MarketDataSerialization;
import io.partita.marketdata.surveillance.SurveillanceSerialization;
import io.partita.member.PartitaProperties;
import io.partita.member.StartupProblem;
import io.partita.member.database.DatabaseServer;
import io.partita.pipelines.marketdata.episodes.EpisodeSerialization;
import io.partita.positions.PositionNames;
import io.partita.positions.PositionSerialization;
import io.partita.risk.RiskNames;
import io.partita.risk.RiskSerialization;
import io.partita.tracing.Tracing;
import io.partita.trading.TradingNames;
import io.partita.trading.venue.VenueSerialization;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The member's Hazelcast instance: network, split-brain protection, and the ledger's structures. */
@Configuration(proxyBeanMethods = false)
public class GridConfiguration {

    /** The protection of everything that the ledger writes: only a majority of the expected members may. */
    public static final String MAJORITY = "majority";

    /** How long a member that starts tries to come into the cluster. */
    private static final Duration JOIN = Duration.ofSeconds(120);

    /** Needs the database server so that it is shut down before it: whoever leaves the grid may still write. */
    @Bean(destroyMethod = "shutdown")
    HazelcastInstance hazelcast(PartitaProperties settings, DatabaseServer database, Tracing tracing) {
        Config config = config(settings);
        config.getUserContext().put(Tracing.KEY, tracing);
        return start(settings, config);
    }

    /** A member of the grid and nothing else. */
    public static HazelcastInstance start(PartitaProperties settings) {
        return start(settings, config(settings));
    }

    private static HazelcastInstance start(PartitaProperties settings, Config config) {
        try {
            return HazelcastInstanceFactory.newHazelcastInstance(config, null, new PatientConnections());
        } catch (IllegalStateException failure) {
            throw notJoined(settings.grid(), failure);
        }
    }

    /** It has no way to say which one kept it waiting, and no way to give up but this one. */
    private static RuntimeException notJoined(PartitaProperties.Grid grid, IllegalStateException failure) {
        if (!"Node failed to start!".equals(failure.getMessage())) {
            return failure;
        }
        return new StartupProblem("The member neither came into the cluster " + grid.name() + " nor could be its first within "
                + JOIN.toSeconds() + " s.", "One of " + String.join(", ", grid.addresses()) + " takes connections and answers nothing (a process that is "
                + "stopped or hangs), or refuses (the log says why). Let it go on or end it; then start this member again.", failure);
    }

    /** The configuration of a member, also for tests that need no more than a grid. */
    public static Config config(PartitaProperties settings) {
        PartitaProperties.Grid grid = settings.grid();
        Config config = new Config();
        config.setClusterName(grid.cluster());
        config.setClassLoader(GridConfiguration.class.getClassLoader());
        properties(config, grid);
        // Otherwise it listens on every address, whatever interface is chosen.
        set(config, ClusterProperty.SOCKET_BIND_ANY.getName(), Boolean.toString(anyLocal(settings.bind())));
        network(config.getNetworkConfig(), settings);
        config.getJetConfig().setEnabled(true).setResourceUploadEnabled(true).setBackupCount(grid.backups());
        // For the metrics of jobs alone.
        config.getMetricsConfig().setEnabled(true).getManagementCenterConfig().setEnabled(false);
        config.getMetricsConfig().getJmxConfig().setEnabled(false);
        config.getSerializationConfig().setJavaSerializationFilterConfig(TrustedClasses.filter());
        LedgerSerialization.register(config.getSerializationConfig());
        VenueSerialization.register(config.getSerializationConfig());
        PositionSerialization.register(config.getSerializationConfig());
        AnomalySerialization.register(config.getSerializationConfig());
        SurveillanceSerialization.register(config.getSerializationConfig());
        EpisodeSerialization.register(config.getSerializationConfig());
        MarketDataSerialization.register(config.getSerializationConfig());
        RuleSerialization.register(config.getSerializationConfig());
        RiskSerialization.register(config.getSerializationConfig());
        boolean protect = grid.expectedMembers() > 1 && !settings.drill().sabotage().unfenced();
        if (protect) {
            config.addSplitBrainProtectionConfig(majority(grid));
        }
        for (MapConfig map : List.of(journaledMap(LedgerNames.SHARDS, InMemoryFormat.OBJECT, grid),
                journaledMap(LedgerNames.BALANCES, InMemoryFormat.BINARY, grid), journaledMap(TradingNames.BOOKS, InMemoryFormat.OBJECT, grid),
                journaledMap(PositionNames.POSITIONS, InMemoryFormat.BINARY, grid), journaledMap(TradingNames.ACCOUNTS, InMemoryFormat.OBJECT, grid))) {
            if (protect) {
                map.setSplitBrainProtectionName(MAJORITY);
            }
            if (settings.drill().sabotage() == PartitaProperties.Sabotage.MERGE) {
                map.setPerEntryStatsEnabled(true).setMergePolicyConfig(new MergePolicyConfig(LatestUpdateMergePolicy.class.getName(), 100));
            }
            config.addMapConfig(map);
        }
        StreamStructures.add(config, grid, protect ? MAJORITY : null);
        topics(config);
        for (String executor : List.of(LedgerNames.EXECUTOR, TradingNames.EXECUTOR, TradingNames.REPORTS)) {
            config.addExecutorConfig(new ExecutorConfig(executor, 64).setQueueCapacity(10_000).setStatisticsEnabled(false));
        }
        // More than calls may wait there (AccountDesk), so that there is a thread that says so.
        config.addExecutorConfig(new ExecutorConfig(TradingNames.ORDERS, 128).setQueueCapacity(10_000).setStatisticsEnabled(false));
        return config;
    }

    /** Market data: readers notice what a topic loses, and ask the book for it; so nothing waits, and nothing is kept twice or for long. */
    private static void topics(Config config) {
        String all = MarketDataNames.TOPICS + "*";
        config.addReliableTopicConfig(new ReliableTopicConfig(all).setTopicOverloadPolicy(TopicOverloadPolicy.DISCARD_OLDEST)
                .setReadBatchSize(16).setStatisticsEnabled(false).setExecutor(Executors.newVirtualThreadPerTaskExecutor()));
        config.addRingBufferConfig(new RingbufferConfig("_hz_rb_" + all).setCapacity(128).setTimeToLiveSeconds(10).setBackupCount(0)
                .setAsyncBackupCount(0));
        // Who was away looks at the list: nothing waits for readers.
        config.addReliableTopicConfig(new ReliableTopicConfig(RiskNames.BREACHES).setTopicOverloadPolicy(TopicOverloadPolicy.DISCARD_OLDEST)
                .setStatisticsEnabled(false).setExecutor(Executors.newVirtualThreadPerTaskExecutor()));
        config.addRingBufferConfig(new RingbufferConfig("_hz_rb_" + RiskNames.BREACHES).setCapacity(1_000));
    }

    private static void properties(Config config, PartitaProperties.Grid grid) {
        set(config, "hazelcast.phone.home.enabled", "false");
        set(config, ClusterProperty.LOGGING_TYPE.getName(), "slf4j");
        set(config, ClusterProperty.SHUTDOWNHOOK_ENABLED.getName(), "false");
        set(config, ClusterProperty.HEARTBEAT_INTERVAL_SECONDS.getName(), "1");
        set(config, ClusterProperty.MAX_NO_HEARTBEAT_SECONDS.getName(), Long.toString(grid.heartbeatTimeout().toSeconds()));
        set(config, ClusterProperty.CLIENT_HEARTBEAT_TIMEOUT_SECONDS.getName(), "20");
        // Also the number of times that a claim is put to a member which has not yet missed the old master: ten are over in 40 ms, and
        // then each of the two that are left goes on alone.
        set(config, ClusterProperty.MASTERSHIP_CLAIM_TIMEOUT_SECONDS.getName(), "60");
        set(config, ClusterProperty.MERGE_FIRST_RUN_DELAY_SECONDS.getName(), "5");
        set(config, ClusterProperty.MERGE_NEXT_RUN_DELAY_SECONDS.getName(), "5");
        // A member that is alone is up at once; one that joins needs no grace either, since migrations are paced.
        set(config, ClusterProperty.WAIT_SECONDS_BEFORE_JOIN.getName(), "0");
        // Whoever finds a stopped member among its addresses waits, for as long as a supervisor or a person may need to notice; then it ends,
        // and does not found a cluster of its own.
        set(config, ClusterProperty.MAX_JOIN_SECONDS.getName(), Long.toString(JOIN.toSeconds()));
        // A processor whose member died, or whose backup did not answer, is told apart from one that is safe.
        set(config, ClusterProperty.FAIL_ON_INDETERMINATE_OPERATION_STATE.getName(), "true");
        set(config, ClusterProperty.OPERATION_CALL_TIMEOUT_MILLIS.getName(), "10000");
        set(config, ClusterProperty.OPERATION_BACKUP_TIMEOUT_MILLIS.getName(), "3000");
        set(config, ClusterProperty.SLOW_OPERATION_DETECTOR_THRESHOLD_MILLIS.getName(), "2000");
        set(config, ClusterProperty.GRACEFUL_SHUTDOWN_MAX_WAIT.getName(), "30");
        // What comes from another member is dealt with where it is read, and written by whoever has it: each thread between them would cost an order its waking.
        set(config, ClusterProperty.RESPONSE_THREAD_COUNT.getName(), "0");
        set(config, ClusterProperty.CONCURRENT_WINDOW_MS.getName(), "1");
        set(config, "hazelcast.logging.emoji.enabled", "false");
        // Every line would tell what the cluster is called, and so what a client must know.
        set(config, ClusterProperty.LOGGING_ENABLE_DETAILS.getName(), Boolean.toString(grid.secret() == null));
    }

    private static void set(Config config, String name, String value) {
        config.setProperty(name, value);
    }

    private static void network(NetworkConfig network, PartitaProperties settings) {
        network.setPort(settings.grid().port()).setPortAutoIncrement(false);
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(3);
        for (String address : settings.grid().addresses()) {
            join.getTcpIpConfig().addMember(address.contains(":") ? address : address + ':' + settings.grid().port());
        }
        if (!anyLocal(settings.bind())) {
            network.getInterfaces().setEnabled(true).addInterface(settings.bind());
        }
    }

    private static boolean anyLocal(String bind) {
        try {
            return InetAddress.getByName(bind).isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** A majority by count, and of members heard of in the last three seconds: the count alone notices a split late. */
    private static SplitBrainProtectionConfig majority(PartitaProperties.Grid grid) {
        return SplitBrainProtectionConfig.newRecentlyActiveSplitBrainProtectionConfigBuilder(MAJORITY, grid.majority(), 3_000)
                .build().setProtectOn(SplitBrainProtectionOn.WRITE);
    }

    /** Everything in these maps can be made again from the journal: after a split it is, so there is nothing to merge. */
    private static MapConfig journaledMap(String name, InMemoryFormat format, PartitaProperties.Grid grid) {
        return new MapConfig(name).setInMemoryFormat(format).setBackupCount(grid.backups())
                .setStatisticsEnabled(false).setPerEntryStatsEnabled(false)
                .setMergePolicyConfig(new MergePolicyConfig(DiscardMergePolicy.class.getName(), 100));
    }
}
