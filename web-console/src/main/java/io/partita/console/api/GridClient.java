package io.partita.console.api;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.partita.PartitaClients;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.marketdata.MarketDataClient;
import jakarta.annotation.PreDestroy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.stereotype.Component;

/**
 * The console as a client of the grid: reads the balances where they live, without a detour over a member's REST
 * interface. Connects in the background, whenever a member is there. Thread-safe.
 */
@Component
public class GridClient {

    private final HazelcastInstance client;
    private final MarketDataClient marketData;

    GridClient(ConsoleProperties properties) {
        ClientConfig config = PartitaClients.config(properties.grid().cluster(), properties.grid().addresses());
        config.setInstanceName("partita-console");
        config.getConnectionStrategyConfig().setAsyncStart(true).setReconnectMode(ReconnectMode.ASYNC);
        this.client = HazelcastClient.newHazelcastClient(config);
        this.marketData = MarketDataClient.of(client);
    }

    @PreDestroy
    void close() {
        marketData.close();
        client.shutdown();
    }

    /** Books as they change. */
    public MarketDataClient marketData() {
        return marketData;
    }

    /** The balance as the grid has it now; nothing if there is none, or no member to ask. */
    public CompletionStage<Optional<Balance>> balance(long account) {
        try {
            return client.<Long, Balance>getMap(LedgerNames.BALANCES).getAsync(account)
                    .handle((balance, _) -> Optional.ofNullable(balance));
        } catch (HazelcastClientOfflineException | HazelcastClientNotActiveException e) {
            return CompletableFuture.completedStage(Optional.empty());
        } catch (HazelcastException e) {
            // The connection went while the call was made: the same as being offline.
            return CompletableFuture.completedStage(Optional.empty());
        }
    }
}
