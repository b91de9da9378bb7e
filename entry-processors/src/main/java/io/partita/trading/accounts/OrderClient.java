package io.partita.trading.accounts;

import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingResult;
import io.partita.trading.risk.OrderRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends orders of accounts: through pre-trade risk where the account is a trading account, straight to the book where it is not. What risk
 * does not let pass is {@link TradingResult.Denied}. Passing refusals are repeated with the same id for as long as patience lasts. Commands of
 * one account keep their order. Thread-safe.
 */
public interface OrderClient extends TradingClient {

    /** Carries out commands of one account in one instrument, in this order. */
    CompletableFuture<List<TradingResult>> submitAsync(long account, long instrument, List<OrderRequest> requests, Acknowledgement level);

    /** Carries out one command and waits for its result. */
    default TradingResult submit(long account, long instrument, OrderRequest request, Acknowledgement level) {
        return submitAsync(account, instrument, List.of(request), level).join().getFirst();
    }

    /** Commands that name an account are its own; all others go to the book. */
    @Override
    CompletableFuture<List<TradingResult>> submitAsync(long instrument, List<Command> commands, Acknowledgement level);
}
