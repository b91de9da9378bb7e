package io.partita.member.trading.settlement;

import io.partita.trading.Fees;
import io.partita.trading.settlement.SettlementTerms.Values;

/**
 * What is asked of a trade.
 *
 * @param busts    it is to be undone; then nothing else counts
 * @param price    ticks; null if it stays
 * @param quantity null if it stays
 * @param fees     by which those of the new values are charged
 */
record Change(boolean busts, Long price, Long quantity, Fees fees) {

    static final Change BUST = new Change(true, null, null, null);

    /** The trade's values after it. */
    Values of(TradeRecord trade) {
        if (busts) {
            return trade.now();
        }
        long newPrice = price == null ? trade.now().price() : price;
        long newQuantity = quantity == null ? trade.now().quantity() : quantity;
        return new Values(newPrice, newQuantity, fees.of(trade.buyerRole(), newPrice, newQuantity), fees.of(trade.sellerRole(), newPrice, newQuantity));
    }

    /** Whether a revision may be what came of it: what was left out then is what the trade had before, and may have been changed since. */
    boolean is(TradeRevision revision) {
        return revision.busts() == busts && (price == null || price == revision.values().price())
                && (quantity == null || quantity == revision.values().quantity());
    }
}
