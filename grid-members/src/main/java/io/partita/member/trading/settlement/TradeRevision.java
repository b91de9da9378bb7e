package io.partita.member.trading.settlement;

import io.partita.trading.settlement.SettlementTerms.Values;
import java.time.Instant;
import java.util.UUID;

/**
 * A bust or a correction of a trade.
 *
 * @param revision from 1, for each trade
 * @param id       chosen by whoever asked for it
 * @param busts    whether it undoes the trade, or gives it other values
 * @param values   of the trade after it; of a bust as before it
 * @param note     why, in words
 * @param doneAt   null as long as it is under way
 * @param refusal  the code of the ledger, if it did not take it; else null
 */
public record TradeRevision(long instrument, long number, int revision, UUID id, boolean busts, Values values, String note, Instant askedAt,
                            Instant doneAt, String refusal) {

    /** Whether it was carried out. */
    public boolean done() {
        return doneAt != null && refusal == null;
    }
}
