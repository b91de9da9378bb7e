package io.partita.member.demo;

import io.partita.trading.Command;
import io.partita.trading.OrderType;
import io.partita.trading.SelfTradePrevention;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import java.util.List;

/**
 * A trader whom surveillance should find: every minute and a half, large orders to sell at three prices that nobody is meant to take, a small purchase below
 * them, and seconds later the large ones are gone.
 */
final class DemoPretender {

    /** The last trader of the demo, who does nothing else. */
    static final int ACCOUNT = DemoMarket.FIRST_ACCOUNT + DemoMarket.TRADERS;
    private static final int TURNS = 180;
    private static final int PULLED = 8;

    private final long tick;
    private final long spread;
    private final boolean present;
    private int turn;

    /** @param present whether there is such a trader in this book */
    DemoPretender(long tick, long spread, boolean present) {
        this.tick = tick;
        this.spread = spread;
        this.present = present;
    }

    /** What it does in the next turn, of which there are two a second. @param fair the price in ticks that others trade about */
    List<Command> next(long fair) {
        turn = (turn + 1) % TURNS;
        if (present && turn == PULLED) {
            return List.of(new Command().massCancel(ACCOUNT, 0, 0));
        }
        return present && turn == 0 ? List.of(order(Side.SELL, TimeInForce.DAY, fair + 5 * spread / 2, 700), order(Side.SELL, TimeInForce.DAY, fair + 3 * spread, 700),
                order(Side.SELL, TimeInForce.DAY, fair + 7 * spread / 2, 700),
                order(Side.BUY, TimeInForce.IMMEDIATE_OR_CANCEL, fair + 2 * spread, 30)) : List.of();
    }

    private Command order(Side side, TimeInForce time, long price, long quantity) {
        return new Command().newOrder(0, ACCOUNT, side, OrderType.LIMIT, time, price / tick * tick, quantity).by(ACCOUNT, 0)
                .prevent(SelfTradePrevention.CANCEL_NEWEST);
    }
}
