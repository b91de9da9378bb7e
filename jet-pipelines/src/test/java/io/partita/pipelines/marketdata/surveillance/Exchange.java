package io.partita.pipelines.marketdata.surveillance;

import io.partita.marketdata.surveillance.SurveillanceAlert;
import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.Instrument;
import io.partita.trading.SelfTradePrevention;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.book.PriceTimeBook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A book with honest traders who never stop, and whoever else a test sends; surveillance hears of everything. */
final class Exchange {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1000 * MILLI;
    private static final int TRADERS = 40;
    private static final int LEVELS = 12;

    private final PriceTimeBook book = new PriceTimeBook(Instrument.simple(7));
    private final Command command = new Command();
    private final BookSurveillance surveillance;
    private final SplittableRandom chance;
    private final Map<String, SurveillanceAlert> alerts = new LinkedHashMap<>();
    private final Map<Long, Execution> open = new HashMap<>();
    private final List<Execution> reports = new ArrayList<>();
    private long now = 1_700_000_000L * SECOND;
    private long orders;
    private double fair = 10_000;
    private long bid;
    private long ask;

    Exchange(long seed, Owners owners) {
        chance = new SplittableRandom(seed);
        surveillance = new BookSurveillance(7, SurveillanceLimits.STANDARD, owners);
        send(command.phase(TradingPhase.PRE_OPEN, 0));
        send(command.phase(TradingPhase.CONTINUOUS, 0));
        live(600);
    }

    private void send(Command sent) {
        book.apply(sent.at(now), report -> {
            Execution execution = Execution.of(report);
            reports.add(execution);
            if (execution.leaves() == 0 || execution.execType() == ExecType.CANCELED || execution.execType() == ExecType.EXPIRED) {
                open.remove(execution.orderId());
            } else if (execution.execType() != ExecType.TRADING_STATUS && execution.execType() != ExecType.REJECTED) {
                open.put(execution.orderId(), execution);
            }
            surveillance.accept(execution).forEach(alert -> alerts.put(alert.id(), alert));
        });
        quote();
    }

    private void quote() {
        bid = open.values().stream().filter(order -> order.side() == Side.BUY).mapToLong(Execution::price).max().orElse(Math.round(fair) - 1);
        ask = open.values().stream().filter(order -> order.side() == Side.SELL && order.price() > 0).mapToLong(Execution::price).min()
                .orElse(Math.round(fair) + 1);
    }

    /** So many half seconds of honest trading. */
    void live(int steps) {
        for (int i = 0; i < steps; i++) {
            now += SECOND / 4 + chance.nextLong(SECOND / 2);
            fair += 0.4 * chance.nextGaussian();
            honest();
        }
    }

    private void honest() {
        long trader = 1 + chance.nextInt(TRADERS);
        Side side = chance.nextBoolean() ? Side.BUY : Side.SELL;
        double what = chance.nextDouble();
        if (what < 0.15) {
            market(trader, side, 1 + chance.nextInt(12));
        } else if (what < 0.45) {
            open.values().stream().filter(order -> order.account() <= TRADERS).skip(chance.nextInt(Math.max(1, open.size()))).findFirst()
                    .ifPresent(order -> cancel(order.orderId(), order.account()));
        } else {
            long away = 1 + (long) (LEVELS * chance.nextDouble() * chance.nextDouble());
            long price = Math.round(fair) + (side == Side.BUY ? -away : away);
            limit(trader, side, price, chance.nextInt(20) == 0 ? 60 : 4 + chance.nextInt(20));
        }
        // A maker on both sides takes its quotes along with the price.
        open.values().stream().filter(order -> order.account() <= TRADERS && Math.abs(order.price() - fair) > 2 * LEVELS).toList()
                .forEach(order -> cancel(order.orderId(), order.account()));
    }

    long limit(long account, Side side, long price, long quantity) {
        send(prevented(command.limit(++orders, account, side, price, quantity), account));
        return orders;
    }

    void market(long account, Side side, long quantity) {
        send(prevented(command.market(++orders, account, side, quantity), account));
    }

    /** Honest traders never meet themselves. */
    private static Command prevented(Command order, long account) {
        return account > TRADERS ? order : order.by((int) account, 0).prevent(SelfTradePrevention.CANCEL_OLDEST);
    }

    /** True while an order is open. */
    boolean stands(long order) {
        return open.containsKey(order);
    }

    void cancel(long order, long account) {
        send(command.cancel(order, account));
    }

    void pass(long nanos) {
        now += nanos;
    }

    void phase(TradingPhase phase) {
        send(command.phase(phase, 0));
    }

    /** Until there is a price between the best ones, at which nobody else can be met. */
    void waitForRoom() {
        for (int i = 0; i < 1000 && ask - bid < 2; i++) {
            live(1);
        }
    }

    long bid() {
        return bid;
    }

    long ask() {
        return ask;
    }

    Collection<SurveillanceAlert> alerts() {
        return alerts.values();
    }

    List<Execution> reports() {
        return reports;
    }

    /** The price that honest traders think right goes elsewhere. */
    void convince(double ticks) {
        fair += ticks;
    }

    int known() {
        return surveillance.size();
    }

    int live() {
        return open.size();
    }
}
