package io.partita.member.bench.matching;

import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.ExecutionReport;
import io.partita.trading.Instrument;
import io.partita.trading.OrderType;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingPhase;
import io.partita.trading.book.PriceTimeBook;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A stream of orders, made beforehand: about half of them new (one in eight of these takes at once), most others cancels of live orders,
 * the rest moves and reductions; prices around a middle that wanders. The book holds about as many orders as asked for.
 */
final class OrderStream {

    static final byte LIMIT = 0;
    static final byte TAKE = 1;
    static final byte CANCEL = 2;
    static final byte MOVE = 3;
    static final byte REDUCE = 4;

    final byte[] kind;
    final long[] id;
    final boolean[] buys;
    final long[] price;
    /** For a reduction, by how much. */
    final long[] quantity;
    /** For a reduction, the total after it. */
    final long[] total;

    private final SplittableRandom random = new SplittableRandom(20_261_121);
    private final PriceTimeBook book = new PriceTimeBook(Instrument.simple(1));
    private final Command command = new Command();
    private final int resting;
    private long middle = 100_000;
    private long nextId = 1;

    /** Live ids, and by id where in this list, its side and its quantities. */
    private final long[] live;
    private int liveCount;
    private final int[] place;
    private final boolean[] sideOf;
    private final long[] leaves;
    private final long[] filled;
    private final long[] priceOf;

    OrderStream(int commands, int resting) {
        this.resting = resting;
        int all = commands + resting;
        kind = new byte[all];
        id = new long[all];
        buys = new boolean[all];
        price = new long[all];
        quantity = new long[all];
        total = new long[all];
        live = new long[all + 1];
        place = new int[all + 2];
        sideOf = new boolean[all + 2];
        leaves = new long[all + 2];
        filled = new long[all + 2];
        priceOf = new long[all + 2];
        Arrays.fill(place, -1);
        book.apply(command.phase(TradingPhase.PRE_OPEN, 0), report -> { });
        book.apply(command.phase(TradingPhase.CONTINUOUS, 0), report -> { });
        for (int i = 0; i < all; i++) {
            next(i);
        }
    }

    int size() {
        return kind.length;
    }

    private void next(int i) {
        middle += random.nextInt(64) == 0 ? random.nextInt(3) - 1 : 0;
        int dice = random.nextInt(100);
        boolean filling = liveCount < resting;
        if (liveCount < resting / 4 || dice < (filling ? 50 : 42)) {
            enter(i, random.nextInt(8) == 0 && liveCount > resting / 2 ? TAKE : LIMIT);
        } else {
            id[i] = live[random.nextInt(liveCount)];
            buys[i] = sideOf[(int) id[i]];
            amend(i, dice);
        }
        book.apply(into(i, command), this::seen);
    }

    private void enter(int i, byte how) {
        kind[i] = how;
        id[i] = nextId++;
        buys[i] = random.nextBoolean();
        quantity[i] = 1 + random.nextInt(100);
        price[i] = how == TAKE ? middle + (buys[i] ? 20 : -20) : price(buys[i]);
        sideOf[(int) id[i]] = buys[i];
    }

    private void amend(int i, int dice) {
        long open = leaves[(int) id[i]];
        if (dice < 85) {
            kind[i] = CANCEL;
        } else if (dice < 97 || open < 2) {
            kind[i] = MOVE;
            // To the same price would be no move here, and the loss of the place there.
            do {
                price[i] = price(buys[i]);
            } while (price[i] == priceOf[(int) id[i]]);
        } else {
            kind[i] = REDUCE;
            quantity[i] = 1 + random.nextLong(open - 1);
            total[i] = filled[(int) id[i]] + open - quantity[i];
        }
    }

    /** Most orders come near the middle, some far away, a few across. */
    private long price(boolean buy) {
        double far = -Math.log(1 - random.nextDouble()) * 40 - 3;
        return middle + (buy ? -Math.round(far) : Math.round(far));
    }

    private void seen(ExecutionReport report) {
        int order = (int) report.orderId();
        leaves[order] = report.leaves();
        priceOf[order] = report.price();
        filled[order] = report.filled();
        boolean over = report.leaves() == 0;
        if (report.execType() == ExecType.NEW) {
            place[order] = liveCount;
            live[liveCount++] = order;
        } else if (over && place[order] >= 0) {
            long moved = live[--liveCount];
            live[place[order]] = moved;
            place[(int) moved] = place[order];
            place[order] = -1;
        }
    }

    /** The i-th command in our words. */
    Command into(int i, Command carrier) {
        Side side = buys[i] ? Side.BUY : Side.SELL;
        return switch (kind[i]) {
            case LIMIT -> carrier.limit(id[i], 1, side, price[i], quantity[i]);
            case TAKE -> carrier.newOrder(id[i], 1, side, OrderType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL, price[i], quantity[i]);
            case CANCEL -> carrier.cancel(id[i], 1);
            case MOVE -> carrier.replace(id[i], 1, price[i], 0);
            default -> carrier.replace(id[i], 1, 0, total[i]);
        };
    }
}
