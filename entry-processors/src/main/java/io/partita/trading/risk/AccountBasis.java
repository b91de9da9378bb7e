package io.partita.trading.risk;

import io.partita.trading.Side;
import java.util.List;
import java.util.Map;

/**
 * What an account's state is made from: ledger and database for what is over, the books for what is open. Amounts are minor units,
 * quantities units.
 *
 * @param cash        by currency, what came or went otherwise than by trading
 * @param units       by instrument, likewise
 * @param instruments what was traded in each, and what is open there
 */
public record AccountBasis(RiskLimits limits, Switches switches, Map<String, Long> cash, Map<Long, Long> units, List<Traded> instruments) {

    /**
     * One instrument's part, up to a report of its book.
     *
     * @param tradedCash  proceeds of sales, less costs of purchases
     * @param tradedUnits units bought, less units sold
     * @param mark        the book's last price, 0 for none
     * @param applied     the report
     */
    public record Traded(TradedInstrument instrument, long tradedCash, long tradedUnits, long mark, long applied, List<Live> orders) {
    }

    /** An order that is live in the book; {@code price} is the worst at which it can trade, 0 where that does not matter. */
    public record Live(long orderId, Side side, long price, long leaves, long filled) {
    }
}
