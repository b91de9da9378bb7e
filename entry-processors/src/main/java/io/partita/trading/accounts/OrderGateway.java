package io.partita.trading.accounts;

import io.partita.trading.Acknowledgement;
import io.partita.trading.TradingResult;
import io.partita.trading.risk.OrderRequest;
import java.util.List;

/**
 * Orders of accounts as a member offers them to the calls that arrive there; found in the member's user context under {@link #KEY}.
 * Thread-safe.
 */
public interface OrderGateway {

    String KEY = "partita.orders";
    /** Most commands of one call. */
    int MAX_BATCH = 1_000;

    /**
     * Carries out commands of one account in one instrument, in this order: through pre-trade risk if it is a trading account, and straight
     * to the book if not. Waits; when it answers, the account knows what the reports say.
     */
    List<TradingResult> submit(long account, long instrument, List<OrderRequest> requests, Acknowledgement level);

    /** An account trades from now on: what books report about it is passed on to it. */
    void announce(long account);

    /** Waits until all accounts know what a book of this member has reported up to here; false if that takes too long. */
    boolean reported(long instrument, long sequence);
}
