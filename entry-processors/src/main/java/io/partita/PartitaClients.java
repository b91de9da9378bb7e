package io.partita;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ConnectionRetryConfig;
import io.partita.ledger.LedgerSerialization;
import io.partita.marketdata.anomaly.AnomalySerialization;
import io.partita.marketdata.rules.RuleSerialization;
import io.partita.marketdata.stream.MarketDataSerialization;
import io.partita.marketdata.surveillance.SurveillanceSerialization;
import io.partita.positions.PositionSerialization;
import io.partita.risk.RiskSerialization;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The configuration of a Hazelcast client that talks to a Partita cluster. */
public final class PartitaClients {

    private PartitaClients() {
    }

    /**
     * A configuration with the serializers of what clients read. The client connects to whichever listed member answers, finds the
     * others by itself, and reconnects for as long as it lives.
     *
     * @param cluster   the cluster's name, {@code partita} unless set otherwise
     * @param addresses members, {@code host} or {@code host:port}
     */
    public static ClientConfig config(String cluster, List<String> addresses) {
        ClientConfig config = new ClientConfig();
        config.setClusterName(cluster);
        config.setClassLoader(PartitaClients.class.getClassLoader());
        if (present("org.slf4j.Logger")) {
            config.setProperty("hazelcast.logging.type", "slf4j");
        }
        config.setProperty("hazelcast.client.heartbeat.interval", "2000");
        config.setProperty("hazelcast.client.heartbeat.timeout", "10000");
        config.setProperty("hazelcast.client.invocation.timeout.seconds", "20");
        config.setProperty("hazelcast.client.statistics.enabled", "false");
        config.getNetworkConfig().setAddresses(addresses).setConnectionTimeout(3_000);
        ConnectionRetryConfig retry = config.getConnectionStrategyConfig().getConnectionRetryConfig();
        retry.setInitialBackoffMillis(200).setMaxBackoffMillis(2_000).setMultiplier(1.5);
        // The first connection has a bound of its own; afterwards a client outlives any outage.
        retry.setClusterConnectTimeoutMillis(Long.MAX_VALUE);
        LedgerSerialization.register(config.getSerializationConfig());
        PositionSerialization.register(config.getSerializationConfig());
        AnomalySerialization.register(config.getSerializationConfig());
        MarketDataSerialization.register(config.getSerializationConfig());
        RiskSerialization.register(config.getSerializationConfig());
        RuleSerialization.register(config.getSerializationConfig());
        SurveillanceSerialization.register(config.getSerializationConfig());
        return config;
    }

    /**
     * The name under which members and clients of a cluster with a shared secret find each other. It is as secret as that: whoever knows it is let in. The open edition of
     * Hazelcast compares nothing but names, and sends them in clear, so the network of the grid has to be a private one all the same.
     *
     * @param name   the cluster's name
     * @param secret of all members and clients; null or blank for none
     */
    public static String cluster(String name, String secret) {
        if (secret == null || secret.isBlank()) {
            return name;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.strip().getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return name + '.' + HexFormat.of().formatHex(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }

    private static boolean present(String type) {
        try {
            Class.forName(type, false, PartitaClients.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
