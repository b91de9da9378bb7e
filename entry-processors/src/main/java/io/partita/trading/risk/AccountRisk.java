package io.partita.trading.risk;

import io.partita.trading.Command;
import io.partita.trading.CommandType;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
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
    static final long NANOS = 1_000_000_000;

    RiskLimits limits = RiskLimits.NONE;
    Switches switches = Switches.OFF;
    final Map<String, Funds> funds = new TreeMap<>();
    /** By security. */
    final Map<Long, Holding> holdings = new TreeMap<>();
    /** By instrument. */
    final Map<Long, KnownBook> books = new TreeMap<>();
    /** By security: units that came or went otherwise than by trading, also where there is no holding yet. */
    final Map<Long, Long> units = new TreeMap<>();
    final Map<Key, OpenOrder> orders = new LinkedHashMap<>();
    /** By command: what has been reserved for, and not been heard of since. */
    final LinkedHashMap<Long, OpenOrder> underWay = new LinkedHashMap<>();
    /** Likewise the offers of quotes, whose bids are above: until the book has answered, what stood before may trade as well. */
    final LinkedHashMap<Long, OpenOrder> offers = new LinkedHashMap<>();
    final LinkedHashMap<Long, Known> known = new LinkedHashMap<>();
    final Locates locates = new Locates();
    private final Planner planner = new Planner(this);
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
                return new RiskAnswer.Reserved(command.id(), before.protection, true);
            }
            return new RiskAnswer.Heard(command.id(), before.protection);
        }
        OpenOrder order = orders.get(new Key(instrument.id(), command.orderId()));
        Plan plan = planner.plan(request, instrument, reference, order);
        if (plan.refusal() != null) {
            return refuse(command, plan.refusal());
        }
        Holding holding = book(instrument).holding;
        if (reference > 0) {
            holding.mark(instrument, reference);
            lock(holding);
        }
        long owed = holding.owedAtWorst();
        if (command.type() == CommandType.QUOTE) {
            order = new OpenOrder(instrument.id(), Side.BUY, false, command.price(), plan.units() > 0 ? command.quantity() : 0, 0);
            reserve(order, plan.cash(), order.leaves);
            OpenOrder offer = new OpenOrder(instrument.id(), Side.SELL, request.shortSale(), command.contraPrice(), plan.units() > 0 ? command.contraQuantity() : 0, 0);
            offer.marginPrice = Planner.marginPrice(command.contraPrice(), reference);
            reserve(offer, plan.margin(), offer.leaves);
            offers.put(command.id(), offer);
            order.quoted = true;
            offer.quoted = true;
        } else if (command.type() == CommandType.REPLACE) {
            if (plan.units() > 0) {
                order.changes.put(command.id(), new Change(command.price(), command.quantity()));
                order.shortSale |= request.shortSale();
                order.marginPrice = Planner.marginPrice(Math.max(order.marginPrice, command.price()), reference);
                reserve(order, plan.cash() + plan.margin(), plan.units());
            }
        } else {
            order = new OpenOrder(instrument.id(), Terms.side(command.terms()), request.shortSale(),
                    plan.protection() > 0 ? plan.protection() : command.price(), plan.units(), 0);
            order.marginPrice = Planner.marginPrice(command.price(), reference);
            reserve(order, plan.cash() + plan.margin(), plan.units());
        }
        if (!request.located()) {
            locates.use(instrument.security(), Math.max(0, holding.owedAtWorst() - owed), command.time());
        }
        underWay.put(command.id(), order);
        remember(command, new Known(content, plan.protection(), 1));
        return new RiskAnswer.Reserved(command.id(), plan.protection(), false);
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

    private KnownBook book(TradedInstrument instrument) {
        return books.computeIfAbsent(instrument.id(), id ->
                new KnownBook(instrument, holdings.computeIfAbsent(instrument.security(), security -> fresh(instrument))));
    }

    Holding fresh(TradedInstrument instrument) {
        Holding holding = new Holding(instrument);
        holding.external = units.getOrDefault(instrument.security(), 0L);
        return holding;
    }

    private Funds funds(Holding holding) {
        return funds.computeIfAbsent(holding.priced.currency(), code -> new Funds());
    }

    /** Puts another reservation in place of an order's. */
    private void reserve(OpenOrder order, long cash, long units) {
        Holding holding = books.get(order.instrument).holding;
        funds(holding).reserved += cash - order.cash;
        if (order.side == Side.BUY) {
            holding.openBuys += units - order.units;
            holding.buyCash += cash - order.cash;
        } else {
            holding.openSells += units - order.units;
        }
        order.cash = cash;
        order.units = units;
        lock(holding);
    }

    /** What is owed, or what its collateral is worth, may be another now. */
    private void lock(Holding holding) {
        locates.owed(holding.security, holding.owedAtWorst());
        if (holding.priced.shortMargin() == 0) {
            return;
        }
        long before = holding.locked;
        try {
            holding.locked = holding.lock(holding.priced, holding.mark, 0, 0);
        } catch (ArithmeticException doesNotFit) {
            overflowed = true;
        }
        funds(holding).locked += holding.locked - before;
    }

    // ---- what the books report -------------------------------------------------------------------------------------------

    /** Takes the next report of a book that is about this account; one that is taken into account already changes nothing. */
    public void apply(TradedInstrument instrument, Execution report) {
        if (!instrument.settles()) {
            // Orders came there by another way than this, and neither cash nor units will come of them.
            return;
        }
        KnownBook book = book(instrument);
        if (report.sequence() <= book.applied) {
            return;
        }
        book.applied = report.sequence();
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
            traded(book, report);
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

    private void traded(KnownBook book, Execution report) {
        Holding holding = book.holding;
        Funds cash = funds(holding);
        try {
            long proceeds = book.instrument.proceeds(report.side(), report.lastPrice(), report.lastQuantity(), report.fee());
            long tradedCash = Math.addExact(cash.traded, proceeds);
            Math.addExact(cash.external, tradedCash);
            long tradedUnits = Math.addExact(holding.traded, report.side() == Side.BUY ? report.lastQuantity() : -report.lastQuantity());
            Math.addExact(holding.external, tradedUnits);
            cash.traded = tradedCash;
            holding.traded = tradedUnits;
        } catch (ArithmeticException doesNotFit) {
            overflowed = true;
        }
        holding.mark(book.instrument, report.lastPrice());
        lock(holding);
    }

    /** What an order can cost now. */
    private void renew(OpenOrder order) {
        long units = order.worstLeaves(null);
        try {
            TradedInstrument instrument = books.get(order.instrument).instrument;
            long each = order.side == Side.SELL ? Planner.margin(instrument, order.shortSale, order.marginPrice)
                    : order.price > 0 ? instrument.unitCost(order.worstPrice(null)) : 0;
            reserve(order, Math.multiplyExact(each, units), units);
        } catch (ArithmeticException doesNotFit) {
            // Only an order that came to its book by another way can be so large.
            overflowed = true;
            reserve(order, 0, units);
        }
    }

    // ---- what never reached a book ---------------------------------------------------------------------------------------

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

    boolean unheard(long commandId) {
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

    /** What the ledger says came or went otherwise than by trading: cash by currency, units by security. */
    public void funded(Map<String, Long> cash, Map<Long, Long> held) {
        units.clear();
        units.putAll(held);
        funds.forEach((currency, fund) -> fund.external = cash.getOrDefault(currency, 0L));
        cash.forEach((currency, amount) -> funds.computeIfAbsent(currency, code -> new Funds()).external = amount);
        holdings.forEach((security, holding) -> {
            holding.external = units.getOrDefault(security, 0L);
            lock(holding);
        });
    }

    /** Units have been located for its short sales; once more is the same. */
    public void located(Locate locate) {
        locates.add(locate);
    }

    /** Begins anew from what ledger, database and books say. Requests that are under way stay so until somebody knows what became of them. */
    public void rebase(AccountBasis basis) {
        Map<Key, OpenOrder> before = new LinkedHashMap<>(orders);
        Map<Long, KnownBook> knew = new TreeMap<>(books);
        funds.clear();
        holdings.clear();
        books.clear();
        orders.clear();
        overflowed = basis.overflowed();
        limits = basis.limits();
        switches = basis.switches();
        locates.begin(basis.locates());
        for (AccountBasis.Traded part : basis.instruments()) {
            KnownBook book = book(part.instrument());
            book.applied = part.applied();
            Holding holding = book.holding;
            overflowed |= overflows(holding.traded, part.tradedUnits());
            holding.traded += part.tradedUnits();
            if (part.mark() > 0) {
                holding.mark(part.instrument(), part.mark());
            }
            Funds cash = funds(holding);
            overflowed |= overflows(cash.traded, part.tradedCash());
            cash.traded += part.tradedCash();
        }
        funded(basis.cash(), basis.units());
        overflowed |= funds.values().stream().anyMatch(cash -> overflows(cash.external, cash.traded))
                || holdings.values().stream().anyMatch(holding -> overflows(holding.external, holding.traded));
        basis.instruments().forEach(part -> part.orders().forEach(live -> adopt(part, live, before)));
        underWay.values().forEach(order -> again(order, knew));
        offers.values().forEach(order -> again(order, knew));
        // What was located elsewhere is not told apart any more: all that is owed counts against what was located here.
        holdings.forEach((security, holding) -> locates.begin(security, holding.owedAtWorst()));
    }

    private static boolean overflows(long one, long other) {
        long sum = one + other;
        return ((one ^ sum) & (other ^ sum)) < 0;
    }

    private void adopt(AccountBasis.Traded part, AccountBasis.Live live, Map<Key, OpenOrder> before) {
        long instrument = part.instrument().id();
        OpenOrder order = before.get(new Key(instrument, live.orderId()));
        if (order == null) {
            Holding holding = books.get(instrument).holding;
            boolean isShort = live.side() == Side.SELL && holding.units() - holding.openSells < live.leaves();
            order = new OpenOrder(instrument, live.side(), isShort, live.price(), live.leaves(), live.filled());
            order.orderId = live.orderId();
            order.marginPrice = Planner.marginPrice(live.price(), part.mark());
        }
        order.cash = 0;
        order.units = 0;
        order.leaves = live.leaves();
        order.filled = live.filled();
        orders.put(new Key(instrument, live.orderId()), order);
        renew(order);
    }

    /** Reserves again for a new order that has not been heard of; it may be the first in its instrument, of which the basis then says nothing. */
    private void again(OpenOrder order, Map<Long, KnownBook> knew) {
        if (order.orderId == 0) {
            book(knew.get(order.instrument).instrument);
            order.cash = 0;
            order.units = 0;
            renew(order);
        }
    }

    // ---- to look at ------------------------------------------------------------------------------------------------------

    public List<CashView> cash() {
        List<CashView> all = new ArrayList<>();
        funds.forEach((currency, fund) -> all.add(new CashView(currency, fund.external + fund.traded, fund.reserved, fund.locked, fund.available() + limits.credit())));
        return all;
    }

    public List<PositionView> positions() {
        return holdings.values().stream().map(holding -> new PositionView(holding.security, holding.units(), holding.openBuys,
                holding.openSells, holding.priced.id(), holding.mark)).toList();
    }

    public List<OrderView> orders() {
        return orders.values().stream().map(order -> new OrderView(order.instrument, order.orderId, order.side, order.price, order.leaves,
                order.filled, order.cash)).toList();
    }

    /** What was located, and how much of it is in use. */
    public List<LocateView> locates() {
        return locates.views();
    }

    public RiskLimits limits() {
        return limits;
    }

    public Switches switches() {
        return switches;
    }

    /** The last report of a book that is taken into account. */
    public long applied(long instrument) {
        KnownBook book = books.get(instrument);
        return book == null ? 0 : book.applied;
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
