package io.partita.positions.lots;

import io.partita.positions.lots.PositionEvent.Trade;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The trades of a position as they stand: corrections and busts may come late, twice, in any order, and before the trade that they are of; of each
 * trade the latest revision counts. What it folds to depends on what was told alone, not on the order. Used by one thread.
 */
public final class TradeHistory {

    private final Map<Long, Version> versions = new HashMap<>();

    /**
     * A trade as one revision has it.
     *
     * @param place    in the order of the position's trades; of all revisions of a trade the same, and of two trades never
     * @param revision 0 for the trade as it was made
     * @param trade    null if it was undone
     */
    public record Version(long place, long number, int revision, Trade trade) {

        public Version {
            if (trade != null && trade.number() != number) {
                throw new IllegalArgumentException("trade " + trade.number() + " is told as " + number);
            }
        }
    }

    /** Takes a version, and says whether it changes anything. Throws {@link IllegalArgumentException} if the same revision was another one before. */
    public boolean accept(Version version) {
        Version known = versions.get(version.number);
        if (known != null && known.revision == version.revision && !known.equals(version)) {
            throw new IllegalArgumentException("revision " + version.revision + " of trade " + version.number + " was told otherwise before");
        }
        if (known != null && known.revision >= version.revision) {
            return false;
        }
        versions.put(version.number, version);
        return true;
    }

    /** The trades that count, in their order. */
    public List<Trade> trades() {
        TreeMap<Long, Trade> inOrder = new TreeMap<>();
        versions.values().stream().filter(version -> version.trade != null).forEach(version -> {
            Trade other = inOrder.put(version.place, version.trade);
            if (other != null) {
                throw new IllegalArgumentException("trades " + other.number() + " and " + version.number + " have one place");
            }
        });
        return List.copyOf(inOrder.values());
    }

    /** What they lead to. */
    public Holding holding(boolean paidUpFront) {
        return Holding.none(paidUpFront).apply(trades());
    }
}
