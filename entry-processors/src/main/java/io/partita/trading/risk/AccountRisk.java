package io.partita.trading.risk;

import io.partita.trading.Command;
import io.partita.trading.CommandType;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.OrderType;
import io.partita.trading.Side;
import io.partita.trading.Terms;
import io.partita.trading.risk.OpenOrder.Change;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One trading account before its orders reach a book: a state machine that reserves what an order can cost at worst, and gives back
 * exactly what the book's reports say it no longer can. What is reserved is cash for purchases and units for sales. Trades count from
 * their report on, settled or not.
 *
 * <p>Deterministic: the same calls lead to the same state. A refused request changes nothing. Not thread-safe.
 */
public final class AccountRisk {

    /** Orders open or under way at a time. */
    public static final int MAX_ORDERS = 10_000;
    /**
     * Requests that are remembered, so that a repeat reserves nothing more: those of minutes. Not as many as a book remembers, for an account is copied
     * whole to backups and new owners, and there are many.
     */
    public static final int MEMORY = 8_192;
    private static final long NANOS = 1_000_000_000;

    RiskLimits limits = RiskLimits.NONE;
    Switches switches = Switches.OFF;
    final Map<String, Funds> funds = new TreeMap<>();
    final Map<Long, Holding> holdings = new TreeMap<>();
    /** By instrument: units that came or went otherwise than by trading, also where there is no holding yet. */
    final Map<Long, Long> units = new TreeMap<>();
    final Map<Key, OpenOrder> orders = new LinkedHashMap<>();
    /** By command: what has been reserved for, and not been heard of since. */
    final LinkedHashMap<Long, OpenOrder> underWay = new LinkedHashMap<>();
    /** Likewise the offers of quotes, whose bids are above: until the book has answered, what stood before may trade as well. */
    final LinkedHashMap<Long, OpenOrder> offers = new LinkedHashMap<>();
    final LinkedHashMap<Long, Known> known = new LinkedHashMap<>();
    long second;
    int inSecond;
    /** A sum did not fit: nothing is taken any more. */
    boolean overflowed;

    record Key(long instrument, long order) {
    }

    /** @param calls how often it is on its way to the book and nothing has been heard of that */
    record Known(long content, long protection, int calls) {

        Known calls(int count) {
            return new Known(content, protection, count);
        }
    }

    /** What a request would reserve, or why not. */
    private record Plan(RiskRefusal refusal, long protection, long cash, long units) {

        static Plan refuse(RiskRefusal code) {
            return new Plan(code, 0, 0, 0);
        }
    }

    // ---- requests --------------------------------------------------------------------------------------------------------

    /**
     * Reserves what a new order or a replacement can cost, or refuses it.
     *
     * @param reference the price that limits are compared with, in ticks; 0 for none
     */
    public RiskAnswer reserve(OrderRequest request, TradedInstrument instrument, long reference) {
        Command command = request.command();
        long content = request.content();
        Known before = known.get(command.id());
        if (before != null) {
            if (before.content != content) {
                return refuse(command, RiskRefusal.ID_REUSED);
            }
            if (unheard(command.id())) {
                known.put(command.id(), before.calls(before.calls + 1));
            }
            return new RiskAnswer.Reserved(command.id(), before.protection, true);
        }
        OpenOrder order = orders.get(new Key(instrument.id(), command.orderId()));
        Plan plan = plan(request, instrument, reference, order);
        if (plan.refusal != null) {
            return refuse(command, plan.refusal);
        }
        Holding holding = holding(instrument);
        if (reference > 0) {
            holding.mark = reference;
        }
        if (command.type() == CommandType.QUOTE) {
            order = new OpenOrder(instrument.id(), Side.BUY, false, command.price(), plan.units > 0 ? command.quantity() : 0, 0);
            reserve(order, plan.cash, order.leaves);
            OpenOrder offer = new OpenOrder(instrument.id(), Side.SELL, request.shortSale(), command.contraPrice(), plan.units > 0 ? command.contraQuantity() : 0, 0);
            reserve(offer, 0, offer.leaves);
            offers.put(command.id(), offer);
            order.quoted = true;
            offer.quoted = true;
        } else if (command.type() == CommandType.REPLACE) {
            if (plan.units > 0) {
                order.changes.put(command.id(), new Change(command.price(), command.quantity()));
                reserve(order, plan.cash, plan.units);
            }
        } else {
            order = new OpenOrder(instrument.id(), Terms.side(command.terms()), request.shortSale(),
                    plan.protection > 0 ? plan.protection : command.price(), plan.units, 0);
            reserve(order, plan.cash, plan.units);
        }
        underWay.put(command.id(), order);
        remember(command, new Known(content, plan.protection, 1));
        return new RiskAnswer.Reserved(command.id(), plan.protection, false);
    }

    private static RiskAnswer refuse(Command command, RiskRefusal code) {
        return new RiskAnswer.Refused(command.id(), code);
    }

    private void remember(Command command, Known request) {
        known.put(command.id(), request);
        while (known.size() > MEMORY && !unheard(known.firstEntry().getKey())) {
            known.pollFirstEntry();
        }
        long now = Math.floorDiv(command.time(), NANOS);
        inSecond = now > second ? 1 : inSecond + 1;
        second = Math.max(now, second);
    }

    /** Looks only. */
    private Plan plan(OrderRequest request, TradedInstrument instrument, long reference, OpenOrder order) {
        RiskRefusal refusal = admission(request, instrument.id());
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

    private RiskRefusal admission(OrderRequest request, long instrument) {
        Command command = request.command();
        if (command.type() != CommandType.NEW_ORDER && command.type() != CommandType.REPLACE && command.type() != CommandType.QUOTE) {
            return RiskRefusal.COMMAND_NOT_SUPPORTED;
        }
        if (overflowed) {
            return RiskRefusal.AMOUNT_TOO_LARGE;
        }
        if (!request.closing()) {
            if (switches.account()) {
                return RiskRefusal.KILLED_ACCOUNT;
            }
            if (switches.firm()) {
                return RiskRefusal.KILLED_FIRM;
            }
            if (switches.instruments().contains(instrument)) {
                return RiskRefusal.KILLED_INSTRUMENT;
            }
            if (limits.restricted().contains(instrument)) {
                return RiskRefusal.RESTRICTED;
            }
        }
        if (orders.size() + underWay.size() + offers.size() >= MAX_ORDERS || known.size() >= MEMORY + MAX_ORDERS) {
            return RiskRefusal.TOO_MANY_ORDERS;
        }
        boolean fast = limits.ordersPerSecond() > 0 && Math.floorDiv(command.time(), NANOS) <= second && inSecond >= limits.ordersPerSecond();
        return fast ? RiskRefusal.ORDER_RATE : null;
    }

    private Plan entering(OrderRequest request, TradedInstrument instrument, long reference) {
        Command command = request.command();
        Side side = Terms.side(command.terms());
        if (!possible(instrument, command.price(), command.quantity()) || command.quantity() == 0) {
            // The book says more exactly what is wrong with it.
            return new Plan(null, 0, 0, 0);
        }
        long protection = 0;
        if (side == Side.BUY && command.price() == 0) {
            OrderType type = Terms.type(command.terms());
            if (type == OrderType.LIMIT || type == OrderType.STOP_LIMIT) {
                return new Plan(null, 0, 0, 0);
            }
            if (type == OrderType.TRAILING_STOP || type == OrderType.MARKET_TO_LIMIT) {
                return Plan.refuse(RiskRefusal.PRICE_NOT_BOUNDED);
            }
            long from = type == OrderType.STOP ? command.stopPrice() : reference;
            if (from < 1 || from > instrument.rules().maxPrice()) {
                return Plan.refuse(RiskRefusal.NO_REFERENCE_PRICE);
            }
            protection = instrument.protection(from, limits.marketMargin());
        }
        long price = protection > 0 ? protection : command.price();
        long cash = side == Side.BUY ? Math.multiplyExact(instrument.unitCost(price), command.quantity()) : 0;
        RiskRefusal refusal = beyond(new Checks(limits, request, instrument, side, reference), command.price(), command.quantity(),
                command.quantity(), cash, request.shortSale());
        return refusal != null ? Plan.refuse(refusal) : new Plan(null, protection, cash, command.quantity());
    }

    /** Both sides in full, beside what stands: an order of the quote before may be filled before this one comes. */
    private Plan quoting(OrderRequest request, TradedInstrument instrument, long reference) {
        Command quote = request.command();
        boolean bids = quote.quantity() > 0;
        boolean offered = quote.contraQuantity() > 0;
        if (!possible(instrument, quote.price(), quote.quantity()) || !possible(instrument, quote.contraPrice(), quote.contraQuantity())
                || bids && quote.price() == 0 || offered && quote.contraPrice() == 0) {
            return new Plan(null, 0, 0, 0);
        }
        long cash = bids ? Math.multiplyExact(instrument.unitCost(quote.price()), quote.quantity()) : 0;
        RiskRefusal refusal = !bids ? null : beyond(new Checks(limits, request, instrument, Side.BUY, reference), quote.price(), quote.quantity(),
                quote.quantity(), cash, false);
        refusal = refusal != null || !offered ? refusal : beyond(new Checks(limits, request, instrument, Side.SELL, reference), quote.contraPrice(),
                quote.contraQuantity(), quote.contraQuantity(), 0, request.shortSale());
        return refusal != null ? Plan.refuse(refusal) : new Plan(null, 0, cash, Math.addExact(quote.quantity(), quote.contraQuantity()));
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
            return new Plan(null, 0, 0, 0);
        }
        Change change = new Change(command.price(), command.quantity());
        long units = order.worstLeaves(change);
        long cash = order.side == Side.BUY && order.price > 0 ? Math.multiplyExact(instrument.unitCost(order.worstPrice(change)), units) : 0;
        RiskRefusal refusal = beyond(new Checks(limits, request, instrument, order.side, reference), command.price(),
                command.quantity() > 0 ? command.quantity() : Math.addExact(order.leaves, order.filled),
                units - order.units, Math.subtractExact(cash, order.cash), order.shortSale || request.shortSale());
        return refusal != null ? Plan.refuse(refusal) : new Plan(null, 0, cash, units);
    }

    /** False for what every book rejects. */
    private static boolean possible(TradedInstrument instrument, long price, long quantity) {
        return price >= 0 && price <= instrument.rules().maxPrice() && quantity >= 0 && quantity <= instrument.rules().maxQuantity();
    }

    private RiskRefusal beyond(Checks checks, long price, long quantity, long moreUnits, long moreCash, boolean isShort) {
        TradedInstrument instrument = checks.instrument();
        Holding holding = holdings.getOrDefault(instrument.id(), fresh(instrument));
        Funds cash = funds.getOrDefault(instrument.currency(), new Funds());
        RiskRefusal refusal = checks.size(price, quantity);
        refusal = refusal != null ? refusal : checks.closing(holding, moreUnits);
        refusal = refusal != null ? refusal : checks.position(holding, moreUnits, isShort);
        refusal = refusal != null || checks.limits().concentration() == 0 ? refusal
                : checks.concentration(holding, moreUnits, equity(instrument.currency()));
        return refusal != null ? refusal : checks.cash(cash, moreCash);
    }

    /** What the account is worth in a currency, at the last prices seen. */
    private long equity(String currency) {
        Funds cash = funds.getOrDefault(currency, new Funds());
        long worth = Math.addExact(cash.external, cash.traded);
        for (Holding holding : holdings.values()) {
            if (holding.instrument.currency().equals(currency)) {
                worth = Math.addExact(worth, holding.instrument.minor(Math.multiplyExact(holding.units(), holding.mark), false));
            }
        }
        return worth;
    }

    private Holding holding(TradedInstrument instrument) {
        return holdings.computeIfAbsent(instrument.id(), id -> fresh(instrument));
    }

    private Holding fresh(TradedInstrument instrument) {
        Holding holding = new Holding(instrument);
        holding.external = units.getOrDefault(instrument.id(), 0L);
        return holding;
    }

    private Funds funds(Holding holding) {
        return funds.computeIfAbsent(holding.instrument.currency(), code -> new Funds());
    }

    /** Puts another reservation in place of an order's. */
    private void reserve(OpenOrder order, long cash, long units) {
        Holding holding = holdings.get(order.instrument);
        funds(holding).reserved += cash - order.cash;
        if (order.side == Side.BUY) {
            holding.openBuys += units - order.units;
        } else {
            holding.openSells += units - order.units;
        }
        order.cash = cash;
        order.units = units;
    }

    // ---- what the books report -------------------------------------------------------------------------------------------

    /** Takes the next report of a book that is about this account; one that is taken into account already changes nothing. */
    public void apply(TradedInstrument instrument, Execution report) {
        if (!instrument.settles()) {
            // Orders came there by another way than this, and neither cash nor units will come of them.
            return;
        }
        Holding holding = holding(instrument);
        if (report.sequence() <= holding.applied) {
            return;
        }
        holding.applied = report.sequence();
        Map<Long, OpenOrder> waiting = report.side() == Side.SELL && offers.containsKey(report.commandId()) ? offers : underWay;
        OpenOrder asked = waiting.get(report.commandId());
        boolean ours = asked != null && asked.instrument == instrument.id();
        if (report.execType() == ExecType.REJECTED) {
            if (ours) {
                forget(report.commandId());
            }
            return;
        }
        Key key = new Key(instrument.id(), report.orderId());
        OpenOrder order = orders.get(key);
        if (order == null) {
            if (report.execType() != ExecType.NEW) {
                return;
            }
            order = ours && asked.orderId == 0 ? asked : new OpenOrder(instrument.id(), report.side(), false, report.price(), 0, 0);
            order.orderId = report.orderId();
            orders.put(key, order);
            if (order == asked) {
                waiting.remove(report.commandId());
            }
        }
        if (report.execType() == ExecType.TRADE) {
            traded(holding, report);
        }
        if (report.execType() == ExecType.REPLACED) {
            replaced(order, report);
            if (ours && asked.orderId == 0) {
                // A quote took the place of the one before it.
                waiting.remove(report.commandId());
                reserve(asked, 0, 0);
            }
        }
        order.leaves = report.leaves();
        order.filled = report.filled();
        if (report.leaves() == 0) {
            orders.remove(key);
            reserve(order, 0, 0);
        } else {
            renew(order);
        }
    }

    private void replaced(OpenOrder order, Execution report) {
        Change change = order.changes.remove(report.commandId());
        if (change == null) {
            order.price = order.price > 0 && report.price() > 0 ? report.price() : order.price;
        } else {
            order.price = change.price() > 0 ? change.price() : order.price;
            underWay.remove(report.commandId());
        }
    }

    private void traded(Holding holding, Execution report) {
        Funds cash = funds(holding);
        try {
            long proceeds = holding.instrument.proceeds(report.side(), report.lastPrice(), report.lastQuantity(), report.fee());
            long tradedCash = Math.addExact(cash.traded, proceeds);
            Math.addExact(cash.external, tradedCash);
            long tradedUnits = Math.addExact(holding.traded, report.side() == Side.BUY ? report.lastQuantity() : -report.lastQuantity());
            Math.addExact(holding.external, tradedUnits);
            cash.traded = tradedCash;
            holding.traded = tradedUnits;
        } catch (ArithmeticException doesNotFit) {
            overflowed = true;
        }
        holding.mark = report.lastPrice();
    }

    /** What an order can cost now. */
    private void renew(OpenOrder order) {
        long units = order.worstLeaves(null);
        try {
            long price = order.worstPrice(null);
            TradedInstrument instrument = holdings.get(order.instrument).instrument;
            reserve(order, order.side == Side.BUY && order.price > 0 ? Math.multiplyExact(instrument.unitCost(price), units) : 0, units);
        } catch (ArithmeticException doesNotFit) {
            // Only an order that came to its book by another way can be so large.
            overflowed = true;
            reserve(order, 0, units);
        }
    }

    // ---- what never reached a book ---------------------------------------------------------------------------------------

    /** A request that was reserved for and not been heard of since. */
    public record UnderWay(long commandId, long instrument) {
    }

    /** What has not been heard of yet, the oldest first. */
    public List<UnderWay> underWay() {
        List<UnderWay> waiting = new ArrayList<>(underWay.size());
        underWay.forEach((command, order) -> waiting.add(new UnderWay(command, order.instrument)));
        offers.forEach((command, order) -> {
            if (!underWay.containsKey(command)) {
                waiting.add(new UnderWay(command, order.instrument));
            }
        });
        return waiting;
    }

    /**
     * The book will never do what a request asks, or the account knows all that it has reported about it: what is reserved for it and was not
     * claimed is given back.
     */
    public void answered(long commandId) {
        if (unheard(commandId)) {
            forget(commandId);
        }
    }

    /**
     * A call came back, and the book has not had its request. Once the last one has, it is as if the request had never been made: nothing is reserved,
     * and a repeat reserves like the first.
     *
     * @return false if another call with it is, or may be, on its way
     */
    public boolean withdrawn(long commandId) {
        Known request = known.get(commandId);
        if (request == null || !unheard(commandId)) {
            return true;
        }
        if (request.calls > 1) {
            known.put(commandId, request.calls(request.calls - 1));
            return false;
        }
        forget(commandId);
        known.remove(commandId);
        inSecond = Math.max(inSecond - 1, 0);
        return true;
    }

    /** Instruments in which something is open or under way. */
    public long[] openIn() {
        return Stream.of(orders.values(), underWay.values(), offers.values()).flatMap(Collection::stream).mapToLong(order -> order.instrument)
                .distinct().toArray();
    }

    private boolean unheard(long commandId) {
        return underWay.containsKey(commandId) || offers.containsKey(commandId);
    }

    private void forget(long commandId) {
        OpenOrder offer = offers.remove(commandId);
        if (offer != null) {
            reserve(offer, 0, 0);
        }
        OpenOrder order = underWay.remove(commandId);
        if (order == null) {
            return;
        }
        if (order.changes.remove(commandId) == null && order.orderId == 0) {
            reserve(order, 0, 0);
        } else if (orders.get(new Key(order.instrument, order.orderId)) == order) {
            renew(order);
        }
    }

    // ---- what is decided elsewhere ---------------------------------------------------------------------------------------

    public void limits(RiskLimits other) {
        limits = other;
    }

    public void switches(Switches other) {
        switches = other;
    }

    /** What the ledger says came or went otherwise than by trading: cash by currency, units by instrument. */
    public void funded(Map<String, Long> cash, Map<Long, Long> held) {
        units.clear();
        units.putAll(held);
        funds.forEach((currency, fund) -> fund.external = cash.getOrDefault(currency, 0L));
        cash.forEach((currency, amount) -> funds.computeIfAbsent(currency, code -> new Funds()).external = amount);
        holdings.forEach((instrument, holding) -> holding.external = units.getOrDefault(instrument, 0L));
    }

    /** Begins anew from what ledger, database and books say. Requests that are under way stay so until somebody knows what became of them. */
    public void rebase(AccountBasis basis) {
        Map<Key, OpenOrder> before = new LinkedHashMap<>(orders);
        Map<Long, Holding> held = new TreeMap<>(holdings);
        funds.clear();
        holdings.clear();
        orders.clear();
        overflowed = basis.overflowed();
        limits = basis.limits();
        switches = basis.switches();
        for (AccountBasis.Traded part : basis.instruments()) {
            Holding holding = holding(part.instrument());
            holding.traded = part.tradedUnits();
            holding.applied = part.applied();
            holding.mark = part.mark();
            Funds cash = funds(holding);
            overflowed |= overflows(cash.traded, part.tradedCash());
            cash.traded += part.tradedCash();
        }
        funded(basis.cash(), basis.units());
        overflowed |= funds.values().stream().anyMatch(cash -> overflows(cash.external, cash.traded))
                || holdings.values().stream().anyMatch(holding -> overflows(holding.external, holding.traded));
        basis.instruments().forEach(part -> part.orders().forEach(live -> adopt(part.instrument().id(), live, before)));
        underWay.values().forEach(order -> again(order, held));
        offers.values().forEach(order -> again(order, held));
    }

    private static boolean overflows(long one, long other) {
        long sum = one + other;
        return ((one ^ sum) & (other ^ sum)) < 0;
    }

    private void adopt(long instrument, AccountBasis.Live live, Map<Key, OpenOrder> before) {
        OpenOrder order = before.get(new Key(instrument, live.orderId()));
        if (order == null) {
            order = new OpenOrder(instrument, live.side(), false, live.price(), live.leaves(), live.filled());
            order.orderId = live.orderId();
        }
        order.cash = 0;
        order.units = 0;
        order.leaves = live.leaves();
        order.filled = live.filled();
        orders.put(new Key(instrument, live.orderId()), order);
        renew(order);
    }

    /** Reserves again for a new order that has not been heard of; it may be the first in its instrument, of which the basis then says nothing. */
    private void again(OpenOrder order, Map<Long, Holding> held) {
        if (order.orderId == 0) {
            holding(held.get(order.instrument).instrument);
            order.cash = 0;
            order.units = 0;
            renew(order);
        }
    }

    // ---- to look at ------------------------------------------------------------------------------------------------------

    /** Cash of one currency, in minor units: what counts as the account's, what its orders may cost, and what it may still spend. */
    public record CashView(String currency, long cash, long reserved, long buyingPower) {
    }

    /** One instrument: units held (negative: owed), and in open orders. */
    public record PositionView(long instrument, long units, long openBuys, long openSells, long mark, long applied) {
    }

    /** An open order and what is reserved for it. */
    public record OrderView(long instrument, long orderId, Side side, long price, long leaves, long filled, long cash) {
    }

    public List<CashView> cash() {
        List<CashView> all = new ArrayList<>();
        funds.forEach((currency, fund) -> all.add(new CashView(currency, fund.external + fund.traded, fund.reserved, fund.available() + limits.credit())));
        return all;
    }

    public List<PositionView> positions() {
        return holdings.values().stream().map(holding -> new PositionView(holding.instrument.id(), holding.units(), holding.openBuys,
                holding.openSells, holding.mark, holding.applied)).toList();
    }

    public List<OrderView> orders() {
        return orders.values().stream().map(order -> new OrderView(order.instrument, order.orderId, order.side, order.price, order.leaves,
                order.filled, order.cash)).toList();
    }

    public RiskLimits limits() {
        return limits;
    }

    public Switches switches() {
        return switches;
    }

    /** The last report of a book that is taken into account. */
    public long applied(long instrument) {
        Holding holding = holdings.get(instrument);
        return holding == null ? 0 : holding.applied;
    }

    /** Everything, as {@link #read} takes it. */
    public void write(DataOutput out) throws IOException {
        AccountBytes.write(this, out);
    }

    /** The account that was written. */
    public static AccountRisk read(DataInput in) throws IOException {
        return AccountBytes.read(in);
    }
}
