package io.partita.trading.settlement;

import io.partita.ledger.Transfer;
import io.partita.trading.settlement.Leg.Part;
import io.partita.trading.settlement.SettlementTerms.Values;
import io.partita.trading.settlement.TradeTransferIds.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The transfers of one trade: those that are in the ledger for it, and those that it needs next, as linked groups. Everything follows from
 * the trade and its corrections, so that the same question always leads to the same transfers. Immutable.
 */
public final class TradeBookings {

    private final SettlementTerms terms;
    private final Trade trade;
    /** For each part the leg that is in force, and the revision that brought it. */
    private final Map<Part, Booked> inForce = new EnumMap<>(Part.class);

    private record Booked(Leg leg, int revision) {
    }

    /**
     * A trade as settlement has it.
     *
     * @param reference      what the transfers say about it
     * @param values         as it was made
     * @param corrections    those that are in force, the oldest first
     * @param deferred       whether it is set aside first and posted on its settlement day
     * @param postedRevision the revision that was in force when it was posted; -1 before
     */
    public record Trade(long number, String reference, long buyer, long seller, Values values, List<Correction> corrections, boolean deferred,
                        int postedRevision) {

        public Trade {
            corrections = List.copyOf(corrections);
        }

        /** A trade as it was made. */
        public static Trade of(Deal deal, String reference, boolean deferred) {
            return new Trade(deal.number(), reference, deal.buyer().account(), deal.seller().account(), Values.of(deal), List.of(), deferred, -1);
        }

        /** What is in force. */
        public Values valuesNow() {
            return corrections.isEmpty() ? values : corrections.getLast().values();
        }

        boolean setAside() {
            return deferred && postedRevision < 0;
        }
    }

    /**
     * Other values for a trade.
     *
     * @param revision its number, from 1
     */
    public record Correction(int revision, Values values) {
    }

    /** @throws ArithmeticException if an amount does not fit the ledger */
    public TradeBookings(SettlementTerms terms, Trade trade) {
        this.terms = terms;
        this.trade = trade;
        replace(0, trade.values);
        trade.corrections.forEach(correction -> replace(correction.revision, correction.values));
    }

    private Map<Part, Leg> legs(Values values) {
        Map<Part, Leg> legs = new EnumMap<>(Part.class);
        terms.legs(trade.buyer, trade.seller, values).forEach(leg -> legs.put(leg.part(), leg));
        return legs;
    }

    private void replace(int revision, Values values) {
        Map<Part, Leg> legs = legs(values);
        inForce.keySet().retainAll(legs.keySet());
        legs.forEach((part, leg) -> {
            Booked before = inForce.get(part);
            if (before == null || !before.leg.equals(leg)) {
                inForce.put(part, new Booked(leg, revision));
            }
        });
    }

    /** What brings the trade to the ledger; empty if there is nothing to move. */
    public List<Transfer> first() {
        return inForce.values().stream().map(booked -> bring(booked.leg, booked.revision)).toList();
    }

    private Transfer bring(Leg leg, int revision) {
        Transfer transfer = trade.setAside()
                ? Transfer.pending(id(revision, Step.SET_ASIDE, leg.part()), leg.debit(), leg.credit(), leg.amount(), null)
                : Transfer.of(id(revision, Step.BOOK, leg.part()), leg.debit(), leg.credit(), leg.amount());
        return transfer.withReference(trade.reference);
    }

    /** What posts all that was set aside. */
    public List<Transfer> post() {
        return inForce.entrySet().stream().map(entry -> Transfer.postPending(id(entry.getValue().revision, Step.POST, entry.getKey()),
                id(entry.getValue().revision, Step.SET_ASIDE, entry.getKey()), null).withReference(trade.reference)).toList();
    }

    /** What undoes the trade as it stands. */
    public List<Transfer> bust(int revision) {
        return inForce.keySet().stream().map(part -> undo(part, revision)).toList();
    }

    /** What undoes the legs that become others, and then brings those; empty if none does. */
    public List<Transfer> correct(int revision, Values values) {
        Map<Part, Leg> legs = legs(values);
        List<Transfer> group = new ArrayList<>();
        inForce.forEach((part, booked) -> {
            if (!booked.leg.equals(legs.get(part))) {
                group.add(undo(part, revision));
            }
        });
        legs.forEach((part, leg) -> {
            if (!inForce.containsKey(part) || !inForce.get(part).leg.equals(leg)) {
                group.add(bring(leg, revision));
            }
        });
        return group;
    }

    private Transfer undo(Part part, int revision) {
        UUID booked = transferId(part);
        Transfer transfer = trade.setAside() ? Transfer.voidPending(id(revision, Step.RELEASE, part), booked)
                : Transfer.reversal(id(revision, Step.REVERSE, part), booked);
        return transfer.withReference(trade.reference);
    }

    /** The transfer by which a part of the trade is in the ledger; null if it has none. */
    public UUID transferId(Part part) {
        Booked booked = inForce.get(part);
        if (booked == null) {
            return null;
        }
        Step step = trade.setAside() ? Step.SET_ASIDE : trade.deferred && booked.revision <= trade.postedRevision ? Step.POST : Step.BOOK;
        return id(booked.revision, step, part);
    }

    private UUID id(int revision, Step step, Part part) {
        return TradeTransferIds.of(terms.unit(), terms.line(), trade.number, revision, step, part);
    }
}
