package io.partita.positions.lots;

import io.partita.positions.lots.PositionEvent.Split;
import io.partita.positions.product.Terms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Lots after a split. The fraction that is paid as cash comes out of the last lots. The others are cut where whole new units end, counted from the
 * first lot on; a lot that completes no unit leaves its cost to the next one. Sizes in between are old-ths of a new unit, so that nothing is
 * rounded but costs.
 *
 * @param costOfFraction what that which is paid as cash had cost
 */
record LotSplit(List<Lot> lots, Amount costOfFraction) {

    /** A lot on its way: how large it is, and what it costs. */
    private record Piece(Lot lot, BigInteger size, Amount cost) {
    }

    static LotSplit of(List<Lot> lots, Split split, BigInteger fraction) {
        List<Piece> pieces = new ArrayList<>(lots.size());
        BigInteger left = fraction;
        Amount costOfFraction = Amount.ZERO;
        for (Lot lot : lots.reversed()) {
            BigInteger size = BigInteger.valueOf(Math.abs(lot.quantity())).multiply(BigInteger.valueOf(split.now()));
            BigInteger taken = left.min(size);
            Amount cost = taken.signum() == 0 ? Amount.ZERO : lot.cost().part(taken, size);
            left = left.subtract(taken);
            costOfFraction = costOfFraction.plus(cost);
            if (taken.compareTo(size) < 0) {
                pieces.add(new Piece(lot, size.subtract(taken), lot.cost().minus(cost)));
            }
        }
        return new LotSplit(cut(pieces.reversed(), BigInteger.valueOf(split.old())), costOfFraction);
    }

    private static List<Lot> cut(List<Piece> pieces, BigInteger old) {
        List<Lot> cut = new ArrayList<>(pieces.size());
        BigInteger end = BigInteger.ZERO;
        BigInteger given = BigInteger.ZERO;
        Amount cost = Amount.ZERO;
        for (Piece piece : pieces) {
            end = end.add(piece.size);
            cost = cost.plus(piece.cost);
            BigInteger whole = end.divide(old);
            if (whole.compareTo(given) > 0) {
                long units = Terms.minor(new BigDecimal(whole.subtract(given)), RoundingMode.UNNECESSARY);
                cut.add(new Lot(piece.lot.trade(), piece.lot.day(), Long.signum(piece.lot.quantity()) * units, cost));
                cost = Amount.ZERO;
                given = whole;
            }
        }
        return cut;
    }
}
