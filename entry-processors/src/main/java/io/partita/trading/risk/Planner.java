package io.partita.trading.risk;

import io.partita.trading.Command;
import io.partita.trading.CommandType;
import io.partita.trading.OrderType;
import io.partita.trading.Side;
import io.partita.trading.Terms;
import io.partita.trading.risk.OpenOrder.Change;

/** Finds out what a request would reserve on an account, or why it is refused. Looks only. Not thread-safe. */
final class Planner {

    private final AccountRisk risk;

    Planner(AccountRisk risk) {
        this.risk = risk;
    }

    /** The price at which the margin of a short sale is taken: it may trade at its limit or, if the market is better, there. */
    static long marginPrice(long limit, long reference) {
        return Math.max(limit, reference);
    }

    /** Of one unit, in minor units. */
    static long margin(TradedInstrument instrument, boolean isShort, long price) {
        return isShort && instrument.shortMargin() > 0 ? instrument.margin(price) : 0;
    }

    /** What a new order, a quote or a replacement of an order would reserve. */
    Plan plan(OrderRequest request, TradedInstrument instrument, long reference, OpenOrder order) {
        RiskRefusal refusal = admission(request, instrument);
        if (refusal != null) {
            return Plan.refuse(refusal);
        }
        if (!instrument.settles()) {
            return Plan.refuse(RiskRefusal.INSTRUMENT_NOT_TRADABLE);
        }
        try {
            return switch (request.command().type()) {
                case NEW_ORDER -> entering(request, instrument, reference);
                case QUOTE -> quoting(request, instrument, reference);
                default -> changing(request, instrument, reference, order);
            };
        } catch (ArithmeticException outOfRange) {
            return Plan.refuse(RiskRefusal.AMOUNT_TOO_LARGE);
        }
    }

    private RiskRefusal admission(OrderRequest request, TradedInstrument instrument) {
        Command command = request.command();
        if (command.type() != CommandType.NEW_ORDER && command.type() != CommandType.REPLACE && command.type() != CommandType.QUOTE) {
            return RiskRefusal.COMMAND_NOT_SUPPORTED;
        }
        if (risk.overflowed) {
            return RiskRefusal.AMOUNT_TOO_LARGE;
        }
        if (!request.closing()) {
            if (risk.switches.account()) {
                return RiskRefusal.KILLED_ACCOUNT;
            }
            if (risk.switches.firm()) {
                return RiskRefusal.KILLED_FIRM;
            }
            if (risk.switches.instruments().contains(instrument.id())) {
                return RiskRefusal.KILLED_INSTRUMENT;
            }
            if (risk.limits.restricted().contains(instrument.id()) || risk.limits.restricted().contains(instrument.security())) {
                return RiskRefusal.RESTRICTED;
            }
        }
        if (risk.orders.size() + risk.underWay.size() + risk.offers.size() >= AccountRisk.MAX_ORDERS
                || risk.known.size() >= AccountRisk.MEMORY + AccountRisk.MAX_ORDERS) {
            return RiskRefusal.TOO_MANY_ORDERS;
        }
        boolean fast = risk.limits.ordersPerSecond() > 0 && Math.floorDiv(command.time(), AccountRisk.NANOS) <= risk.second
                && risk.inSecond >= risk.limits.ordersPerSecond();
        return fast ? RiskRefusal.ORDER_RATE : null;
    }

    private Plan entering(OrderRequest request, TradedInstrument instrument, long reference) {
        Command command = request.command();
        Side side = Terms.side(command.terms());
        if (!possible(instrument, command.price(), command.quantity()) || command.quantity() == 0) {
            // The book says more exactly what is wrong with it.
            return Plan.NOTHING;
        }
        long protection = 0;
        if (side == Side.BUY && command.price() == 0) {
            OrderType type = Terms.type(command.terms());
            if (type == OrderType.LIMIT || type == OrderType.STOP_LIMIT) {
                return Plan.NOTHING;
            }
            if (type == OrderType.TRAILING_STOP || type == OrderType.MARKET_TO_LIMIT) {
                return Plan.refuse(RiskRefusal.PRICE_NOT_BOUNDED);
            }
            long from = type == OrderType.STOP ? command.stopPrice() : reference;
            if (from < 1 || from > instrument.rules().maxPrice()) {
                return Plan.refuse(RiskRefusal.NO_REFERENCE_PRICE);
            }
            protection = instrument.protection(from, risk.limits.marketMargin());
        }
        long price = protection > 0 ? protection : command.price();
        boolean isShort = side == Side.SELL && request.shortSale();
        if (isShort && instrument.shortMargin() > 0 && marginPrice(price, reference) == 0) {
            return Plan.refuse(RiskRefusal.NO_REFERENCE_PRICE);
        }
        long cash = side == Side.BUY ? Math.multiplyExact(instrument.unitCost(price), command.quantity()) : 0;
        long margin = Math.multiplyExact(margin(instrument, isShort, marginPrice(price, reference)), command.quantity());
        RiskRefusal refusal = beyond(new Checks(risk.limits, request, instrument, side, reference), command.price(), command.quantity(),
                command.quantity(), cash + margin, request.shortSale());
        return refusal != null ? Plan.refuse(refusal) : new Plan(null, protection, cash, margin, command.quantity());
    }

    /** Both sides in full, beside what stands: an order of the quote before may be filled before this one comes. */
    private Plan quoting(OrderRequest request, TradedInstrument instrument, long reference) {
        Command quote = request.command();
        boolean bids = quote.quantity() > 0;
        boolean offered = quote.contraQuantity() > 0;
        if (!possible(instrument, quote.price(), quote.quantity()) || !possible(instrument, quote.contraPrice(), quote.contraQuantity())
                || bids && quote.price() == 0 || offered && quote.contraPrice() == 0) {
            return Plan.NOTHING;
        }
        long cash = bids ? Math.multiplyExact(instrument.unitCost(quote.price()), quote.quantity()) : 0;
        long margin = Math.multiplyExact(margin(instrument, request.shortSale(), marginPrice(quote.contraPrice(), reference)), quote.contraQuantity());
        RiskRefusal refusal = !bids ? null : beyond(new Checks(risk.limits, request, instrument, Side.BUY, reference), quote.price(), quote.quantity(),
                quote.quantity(), cash, false);
        refusal = refusal != null || !offered ? refusal : beyond(new Checks(risk.limits, request, instrument, Side.SELL, reference), quote.contraPrice(),
                quote.contraQuantity(), quote.contraQuantity(), offered && bids ? Math.addExact(cash, margin) : margin, request.shortSale());
        return refusal != null ? Plan.refuse(refusal) : new Plan(null, 0, cash, margin, Math.addExact(quote.quantity(), quote.contraQuantity()));
    }

    private Plan changing(OrderRequest request, TradedInstrument instrument, long reference, OpenOrder order) {
        Command command = request.command();
        if (order == null) {
            return Plan.refuse(RiskRefusal.UNKNOWN_ORDER);
        }
        if (order.quoted) {
            // A quote under way may move it first, and then this would change something else than was reserved for.
            return Plan.refuse(RiskRefusal.COMMAND_NOT_SUPPORTED);
        }
        if (order.changes.size() >= OpenOrder.MAX_CHANGES) {
            return Plan.refuse(RiskRefusal.TOO_MANY_ORDERS);
        }
        if (!possible(instrument, command.price(), command.quantity())) {
            return Plan.NOTHING;
        }
        Change change = new Change(command.price(), command.quantity());
        long units = order.worstLeaves(change);
        long cash = order.side == Side.BUY && order.price > 0 ? Math.multiplyExact(instrument.unitCost(order.worstPrice(change)), units) : 0;
        boolean isShort = order.shortSale || request.shortSale();
        long margin = order.side == Side.BUY ? 0
                : Math.multiplyExact(margin(instrument, isShort, marginPrice(Math.max(order.marginPrice, command.price()), reference)), units);
        RiskRefusal refusal = beyond(new Checks(risk.limits, request, instrument, order.side, reference), command.price(),
                command.quantity() > 0 ? command.quantity() : Math.addExact(order.leaves, order.filled),
                units - order.units, Math.subtractExact(cash + margin, order.cash), isShort);
        return refusal != null ? Plan.refuse(refusal) : new Plan(null, 0, cash, margin, units);
    }

    /** False for what every book rejects. */
    private static boolean possible(TradedInstrument instrument, long price, long quantity) {
        return price >= 0 && price <= instrument.rules().maxPrice() && quantity >= 0 && quantity <= instrument.rules().maxQuantity();
    }

    private RiskRefusal beyond(Checks checks, long price, long quantity, long moreUnits, long moreCash, boolean isShort) {
        TradedInstrument instrument = checks.instrument();
        Holding holding = risk.holdings.getOrDefault(instrument.security(), risk.fresh(instrument));
        Funds cash = risk.funds.getOrDefault(instrument.currency(), new Funds());
        RiskRefusal refusal = checks.size(price, quantity);
        refusal = refusal != null ? refusal : checks.closing(holding, moreUnits, risk.switches.limited());
        refusal = refusal != null ? refusal : checks.position(holding, moreUnits, isShort, risk.locates);
        refusal = refusal != null || checks.limits().concentration() == 0 ? refusal
                : checks.concentration(holding, moreUnits, equity(instrument.currency()));
        return refusal != null ? refusal : checks.cash(cash, Math.subtractExact(moreCash, checks.released(holding, moreUnits, moreCash)));
    }

    /** What the account is worth in a currency, at the last prices seen. */
    private long equity(String currency) {
        Funds cash = risk.funds.getOrDefault(currency, new Funds());
        long worth = Math.addExact(cash.external, cash.traded);
        for (Holding holding : risk.holdings.values()) {
            if (holding.priced.currency().equals(currency)) {
                worth = Math.addExact(worth, holding.priced.minor(Math.multiplyExact(holding.units(), holding.mark), false));
            }
        }
        return worth;
    }
}
