package io.partita.member.drill.check;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.partita.PartitaClients;
import io.partita.ledger.Balance;
import io.partita.ledger.HazelcastLedgerClient;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Reading;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a Hazelcast client is answered, as any application would be. */
public final class GridAnswers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HazelcastInstance hazelcast;

    private GridAnswers(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** Connects to a cluster by the addresses of members, {@code host:port}. */
    public static GridAnswers connect(String cluster, List<String> addresses) {
        ClientConfig config = PartitaClients.config(cluster, addresses);
        config.setProperty("hazelcast.logging.type", "none");
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(30_000);
        return new GridAnswers(HazelcastClient.newHazelcastClient(config));
    }

    /** What the map of balances shows, which follows what is booked within moments. */
    Shown balances(Collection<Long> accounts) {
        Map<Long, Shown.Line> lines = new HashMap<>();
        hazelcast.<Long, Balance>getMap(LedgerNames.BALANCES).getAll(new HashSet<>(accounts)).forEach((id, balance) -> lines.put(id, line(balance, false)));
        return new Shown("the map " + LedgerNames.BALANCES, lines);
    }

    /** What the owners of the shards answer. */
    Shown readings(Collection<Long> accounts) {
        Map<Long, CompletableFuture<Reading>> asked = new HashMap<>();
        try (HazelcastLedgerClient client = HazelcastLedgerClient.of(hazelcast, PATIENCE)) {
            accounts.forEach(id -> asked.put(id, client.balanceAsync(id)));
            Map<Long, Shown.Line> lines = new HashMap<>();
            asked.forEach((id, answer) -> {
                Reading reading = answer.join();
                reading.balance().ifPresent(balance -> lines.put(id, line(balance, reading.stale())));
            });
            return new Shown("a Hazelcast client", lines);
        }
    }

    private static Shown.Line line(Balance balance, boolean stale) {
        return new Shown.Line(Fold.Sums.of(balance.debitsPosted(), balance.creditsPosted(), balance.debitsPending(), balance.creditsPending()),
                balance.sequence(), stale);
    }

    @Override
    public void close() {
        hazelcast.shutdown();
    }
}
