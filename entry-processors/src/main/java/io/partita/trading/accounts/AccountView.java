package io.partita.trading.accounts;

import io.partita.trading.Side;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * An account's risk as it is: cash in minor units, quantities in units, prices in ticks.
 *
 * @param locates  what was located for short sales, and is in use of it
 * @param underWay commands that were reserved for and have not been heard of since
 */
public record AccountView(ArrayList<Cash> cash, ArrayList<Position> positions, ArrayList<OpenOrder> orders, ArrayList<Long> underWay,
                          ArrayList<Located> locates)
        implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** Cash of one currency: all of it, what open orders may cost, what is set aside for short positions, and what may still be spent. */
    public record Cash(String currency, long cash, long reserved, long collateral, long buyingPower) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    /** One security: units held (negative: owed), and in open orders of all its books; the last price seen, in ticks of one of them. */
    public record Position(long security, long units, long openBuys, long openSells, long pricedIn, long mark) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    /** An open order and the cash reserved for it. */
    public record OpenOrder(long instrument, long orderId, Side side, long price, long leaves, long filled, long cash) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    /** Units that were located: until when new sales may count on them, in nanoseconds since 1970, and how many are in use. */
    public record Located(long id, long instrument, long quantity, long expires, long used) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    static AccountView of(HostedAccount account) {
        List<Cash> cash = account.risk().cash().stream().map(one -> new Cash(one.currency(), one.cash(), one.reserved(), one.collateral(), one.buyingPower())).toList();
        List<Position> positions = account.risk().positions().stream().map(one ->
                new Position(one.security(), one.units(), one.openBuys(), one.openSells(), one.pricedIn(), one.mark())).toList();
        List<OpenOrder> orders = account.risk().orders().stream().map(one ->
                new OpenOrder(one.instrument(), one.orderId(), one.side(), one.price(), one.leaves(), one.filled(), one.cash())).toList();
        return new AccountView(new ArrayList<>(cash), new ArrayList<>(positions), new ArrayList<>(orders),
                new ArrayList<>(account.risk().underWay().stream().map(request -> request.commandId()).toList()),
                new ArrayList<>(account.risk().locates().stream().map(one -> new Located(one.locate().id(), one.locate().instrument(),
                        one.locate().quantity(), one.locate().expires(), one.used())).toList()));
    }
}
