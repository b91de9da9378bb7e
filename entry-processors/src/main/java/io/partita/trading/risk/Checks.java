package io.partita.trading.risk;

import io.partita.trading.Side;

/**
 * The limits of an account against one request; null for what is within. All may throw an ArithmeticException where an amount is out of
 * range; nothing is changed here.
 */
record Checks(RiskLimits limits, OrderRequest request, TradedInstrument instrument, Side side, long reference) {

    private static final int ALL = 10_000;

    /** Price and size of the order itself; price 0 for none. */
    RiskRefusal size(long price, long quantity) {
        if (limits.maxQuantity() > 0 && quantity > limits.maxQuantity()) {
            return RiskRefusal.FAT_FINGER_QUANTITY;
        }
        if (limits.priceDeviation() > 0 && price > 0 && reference > 0) {
            long through = side == Side.BUY ? price - reference : reference - price;
            if (through > 0 && Math.multiplyExact(through, (long) ALL) > Math.multiplyExact(reference, (long) limits.priceDeviation())) {
                return RiskRefusal.FAT_FINGER_PRICE;
            }
        }
        long at = price > 0 ? price : reference;
        boolean large = limits.maxNotional() > 0
                && instrument.minor(Math.multiplyExact(at, quantity), true) > limits.maxNotional();
        return large ? RiskRefusal.FAT_FINGER_NOTIONAL : null;
    }

    /** The position, if all open orders of this side and so many units more were filled. */
    RiskRefusal position(Holding holding, long more, boolean isShort, Locates locates) {
        if (side == Side.BUY) {
            long worst = Math.addExact(Math.addExact(holding.units(), holding.openBuys), more);
            return limits.maxPosition() > 0 && worst > limits.maxPosition() ? RiskRefusal.POSITION_LIMIT : null;
        }
        long left = Math.subtractExact(Math.subtractExact(holding.units(), holding.openSells), more);
        if (left >= 0 || more <= 0) {
            return null;
        }
        if (!isShort) {
            return RiskRefusal.INSUFFICIENT_HOLDINGS;
        }
        if (limits.maxShort() == 0) {
            return RiskRefusal.SHORT_SALE_NOT_ALLOWED;
        }
        if (!request.located() && Math.subtractExact(-left, holding.owedAtWorst()) > locates.free(instrument.security(), request.command().time())) {
            return RiskRefusal.LOCATE_REQUIRED;
        }
        return -left > limits.maxShort() ? RiskRefusal.POSITION_LIMIT : null;
    }

    /** A closing order makes the position smaller, with all that is open on its side; where a limit of risk is broken, all orders do. */
    RiskRefusal closing(Holding holding, long quantity, boolean limited) {
        long closable = side == Side.SELL ? holding.units() - holding.openSells : -holding.units() - holding.openBuys;
        if (quantity <= closable || !request.closing() && !limited) {
            return null;
        }
        return request.closing() ? RiskRefusal.NOT_CLOSING : RiskRefusal.RISK_LIMIT;
    }

    /** The worth of the instrument, if all open purchases and so many units more were filled, within the account's worth. */
    RiskRefusal concentration(Holding holding, long more, long equity) {
        if (limits.concentration() == 0 || side == Side.SELL) {
            return null;
        }
        long units = Math.addExact(Math.addExact(holding.units(), holding.openBuys), more);
        long worth = reference > 0 ? instrument.minor(Math.multiplyExact(units, reference), true) : holding.priced.minor(Math.multiplyExact(units, holding.mark), true);
        return worth > Math.multiplyExact(Math.max(equity, 0), (long) limits.concentration()) / ALL ? RiskRefusal.CONCENTRATION_LIMIT : null;
    }

    /** Collateral that more buys of units that are owed make free; less than 0 where the price has made it more. */
    long released(Holding holding, long moreUnits, long moreCash) {
        return side == Side.SELL || holding.units() >= 0 ? 0 : Math.subtractExact(holding.locked, reference > 0
                ? holding.lock(instrument, reference, moreUnits, moreCash) : holding.lock(holding.priced, holding.mark, moreUnits, moreCash));
    }

    /** The cash that is needed beyond what is reserved already. */
    RiskRefusal cash(Funds funds, long more) {
        if (more <= 0 || Math.subtractExact(Math.addExact(funds.available(), limits.credit()), more) >= 0) {
            return null;
        }
        return limits.credit() > 0 ? RiskRefusal.CREDIT_LIMIT : RiskRefusal.INSUFFICIENT_BUYING_POWER;
    }
}
