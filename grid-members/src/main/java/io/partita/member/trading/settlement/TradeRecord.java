package io.partita.member.trading.settlement;

import io.partita.member.trading.Listing;
import io.partita.money.Money;
import io.partita.positions.Position.Fill;
import io.partita.positions.PositionKey;
import io.partita.time.EpochNanos;
import io.partita.trading.Liquidity;
import io.partita.trading.settlement.Deal;
import io.partita.trading.settlement.SettlementTerms;
import io.partita.trading.settlement.SettlementTerms.Values;
import io.partita.trading.settlement.TradeStatus;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * A trade with what has become of it.
 *
 * @param time           nanoseconds since 1970
 * @param made           as the book made it
 * @param now            as it stands after corrections
 * @param due            its settlement day
 * @param setAside       whether pending transfers are in the ledger for it, or were before they were posted
 * @param reason         why it is not settled or failed; null if it did not
 * @param revision       the latest correction, or the bust, that is done; 0 for none
 * @param postedRevision what was in force when it was posted; -1 for a trade that was not
 * @param place          in the order in which the instrument's trades were settled; 0 before
 */
public record TradeRecord(long instrument, long number, long time, long buyer, long seller, long buyerOrder, long sellerOrder,
                          Liquidity buyerRole, Liquidity sellerRole, Values made, Values now, LocalDate due, TradeStatus status,
                          boolean setAside, String reason, int revision, int postedRevision, long place) {

    /** A trade that has just been made. */
    static TradeRecord of(Listing listing, Deal deal) {
        Values values = Values.of(deal);
        LocalDate due = listing.businessDays().after(date(deal.time()), listing.settlementDays());
        return new TradeRecord(listing.instrument(), deal.number(), deal.time(), deal.buyer().account(), deal.seller().account(), deal.buyer().order(),
                deal.seller().order(), deal.buyer().liquidity(), deal.seller().liquidity(), values, values, due,
                TradeStatus.QUEUED, false, null, 0, -1, 0);
    }

    /** The day of a time, in UTC. */
    private static LocalDate date(long nanos) {
        return LocalDate.ofInstant(EpochNanos.instant(nanos), ZoneOffset.UTC);
    }

    /** The day on which it was made, in UTC. */
    public LocalDate day() {
        return date(time);
    }

    /** Whether it is set aside first, and posted when it is due. */
    public boolean deferred() {
        return due.isAfter(date(time));
    }

    TradeRecord with(TradeStatus newStatus, String newReason) {
        return new TradeRecord(instrument, number, time, buyer, seller, buyerOrder, sellerOrder, buyerRole, sellerRole, made, now, due, newStatus,
                setAside, newReason, revision, postedRevision, place);
    }

    TradeRecord asSetAside() {
        return new TradeRecord(instrument, number, time, buyer, seller, buyerOrder, sellerOrder, buyerRole, sellerRole, made, now, due,
                TradeStatus.PENDING, true, null, revision, postedRevision, place);
    }

    TradeRecord asPosted() {
        return new TradeRecord(instrument, number, time, buyer, seller, buyerOrder, sellerOrder, buyerRole, sellerRole, made, now, due,
                TradeStatus.SETTLED, true, null, revision, revision, place);
    }

    TradeRecord revised(int newRevision, Values values, TradeStatus newStatus) {
        return new TradeRecord(instrument, number, time, buyer, seller, buyerOrder, sellerOrder, buyerRole, sellerRole, made, values, due, newStatus,
                setAside, reason, newRevision, postedRevision, place);
    }

    TradeRecord at(long newPlace) {
        return new TradeRecord(instrument, number, time, buyer, seller, buyerOrder, sellerOrder, buyerRole, sellerRole, made, now, due, status,
                setAside, reason, revision, postedRevision, newPlace);
    }

    /** What it does to the positions of its parties. */
    Map<PositionKey, Fill> fills(SettlementTerms terms) {
        Money cash = terms.cash(now);
        long buyerFee = terms.fee(now.buyerFee()).minor();
        long sellerFee = terms.fee(now.sellerFee()).minor();
        if (buyer == seller) {
            return Map.of(new PositionKey(buyer, instrument), new Fill(place, 0, 0, buyerFee + sellerFee));
        }
        return Map.of(new PositionKey(buyer, instrument), new Fill(place, now.quantity(), cash.minor(), buyerFee),
                new PositionKey(seller, instrument), new Fill(place, -now.quantity(), -cash.minor(), sellerFee));
    }
}
