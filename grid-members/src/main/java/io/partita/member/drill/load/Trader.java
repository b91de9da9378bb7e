package io.partita.member.drill.load;

import io.partita.member.drill.history.OrderCall;
import io.partita.member.drill.history.OrderHistory;
import io.partita.member.drill.history.Outcome;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.Execution;
import io.partita.trading.OrderType;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * One trader: orders around one price, cancels, and repeats of what had no answer, under the same id. At the end it asks once more about
 * everything that it was told: the books must say the same again. Used by one thread.
 */
final class Trader {

    private static final long PAUSE_MILLIS = 150;
    private static final int MOST_OPEN = 40;
    private static final int MOST_ASKED_AGAIN = 400;
    private static final int BATCH = 50;
    private static final long MIDDLE = 1_000;

    private final long account;
    private final Load.Settings settings;
    private final TradingClient client;
    private final OrderHistory history;
    private final SplittableRandom random;
    /** Without a last word, by id. */
    private final Map<Long, Order> open = new LinkedHashMap<>();
    private final Deque<Order> told = new ArrayDeque<>();
    private final Deque<Resting> resting = new ArrayDeque<>();
    private long lastId;

    private record Order(long book, Command command, Acknowledgement level) {
    }

    private record Resting(long book, long order) {
    }

    Trader(long account, long firstId, Load.Settings settings, TradingClient client, OrderHistory history) {
        this.account = account;
        this.lastId = firstId;
        this.settings = settings;
        this.client = client;
        this.history = history;
        this.random = new SplittableRandom(settings.seed() * 31 + account);
    }

    int unresolved() {
        return open.size();
    }

    void run(BooleanSupplier running) throws InterruptedException {
        while (running.getAsBoolean()) {
            boolean again = !open.isEmpty() && (open.size() >= MOST_OPEN || random.nextInt(3) == 0);
            Order order = again ? open.values().iterator().next() : next();
            ask(order.book, List.of(order), order.level);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private Order next() {
        long id = ++lastId;
        Resting mine = random.nextInt(4) == 0 ? resting.poll() : null;
        if (mine != null) {
            return new Order(mine.book, new Command().cancel(mine.order, account).id(id), level());
        }
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        TimeInForce time = random.nextInt(5) == 0 ? TimeInForce.IMMEDIATE_OR_CANCEL : TimeInForce.GOOD_TILL_CANCEL;
        Command command = new Command().newOrder(0, account, side, OrderType.LIMIT, time, MIDDLE - 5 + random.nextInt(11), 1 + random.nextInt(20));
        return new Order(OrderFlow.FIRST_BOOK + random.nextInt(OrderFlow.BOOKS), command.id(id), level());
    }

    private Acknowledgement level() {
        return random.nextInt(3) == 0 ? Acknowledgement.REPLICATED : Acknowledgement.DURABLE;
    }

    /** Asks until there is a last word on everything, and then once more about what was told; until the time is over. */
    void confirm(long end) throws InterruptedException {
        while (!open.isEmpty() && System.nanoTime() < end) {
            for (Order order : List.copyOf(open.values())) {
                ask(order.book, List.of(order), Acknowledgement.DURABLE);
            }
        }
        Map<Long, List<Order>> byBook = new LinkedHashMap<>();
        told.forEach(order -> byBook.computeIfAbsent(order.book, book -> new ArrayList<>()).add(order));
        for (Map.Entry<Long, List<Order>> book : byBook.entrySet()) {
            for (int from = 0; from < book.getValue().size() && System.nanoTime() < end; from += BATCH) {
                List<Order> batch = book.getValue().subList(from, Math.min(book.getValue().size(), from + BATCH));
                while (!ask(book.getKey(), batch, Acknowledgement.DURABLE) && System.nanoTime() < end) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        }
    }

    /** Sends commands and writes down what came of them; false if some have no last word. */
    private boolean ask(long book, List<Order> orders, Acknowledgement level) throws InterruptedException {
        long began = System.nanoTime();
        List<TradingResult> results;
        try {
            results = client.submitAsync(book, orders.stream().map(Order::command).toList(), level)
                    .get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException silent) {
            results = null;
        }
        long ended = System.nanoTime();
        boolean all = true;
        for (int i = 0; i < orders.size(); i++) {
            all &= note(orders.get(i), level, began, ended, results == null ? null : results.get(i));
        }
        return all;
    }

    private boolean note(Order order, Acknowledgement level, long began, long ended, TradingResult result) {
        Command command = order.command;
        List<OrderCall.Told> reports = new ArrayList<>();
        Outcome outcome = Outcome.UNKNOWN;
        String code = "TIMEOUT";
        boolean repeated = false;
        if (result instanceof TradingResult.Executed executed) {
            outcome = Outcome.OK;
            code = "";
            repeated = executed.repeated();
            executed.reports().forEach(report -> reports.add(told(report)));
            if (!repeated || open.containsKey(command.id())) {
                remember(order, executed);
            }
        } else if (result instanceof TradingResult.Refused refused) {
            code = refused.code().name();
            outcome = code.equals("OUTCOME_UNKNOWN") ? Outcome.UNKNOWN : Outcome.REFUSED;
        }
        boolean last = outcome == Outcome.OK || outcome == Outcome.REFUSED && !open.containsKey(command.id());
        if (last) {
            open.remove(command.id());
        } else {
            open.put(command.id(), order);
        }
        boolean cancels = command.quantity() == 0;
        history.add(new OrderCall(settings.node(), order.book, account, command.id(), cancels ? command.orderId() : 0, command.quantity(),
                level == Acknowledgement.DURABLE, began, ended, outcome, code, repeated, reports));
        return outcome == Outcome.OK;
    }

    private void remember(Order order, TradingResult.Executed executed) {
        told.add(order);
        if (told.size() > MOST_ASKED_AGAIN) {
            told.poll();
        }
        if (order.command.quantity() > 0 && executed.orderId() > 0 && resting.size() < MOST_OPEN) {
            resting.add(new Resting(order.book, executed.orderId()));
        }
    }

    private static OrderCall.Told told(Execution report) {
        return new OrderCall.Told(report.sequence(), report.execType().name(), report.orderId(), report.lastPrice(), report.lastQuantity(),
                report.tradeId(), report.filled());
    }

    @Override
    public String toString() {
        return "trader " + account;
    }
}
