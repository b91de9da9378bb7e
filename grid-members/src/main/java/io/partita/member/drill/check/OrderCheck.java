package io.partita.member.drill.check;

import io.partita.member.drill.history.OrderCall;
import io.partita.member.drill.history.OrderCall.Told;
import io.partita.member.drill.history.OrderHistory;
import io.partita.member.drill.history.Outcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Holds what traders were told against itself and against the database. An answer that was durable binds: the same command has the same
 * reports for ever. One that was only replicated may be lost, and then the command may be carried out anew. Shares no code with the server.
 */
public final class OrderCheck {

    private static final String NAME = "No acknowledged order is lost or carried out twice, no trade is told in two ways, and the reports of a book are one sequence";
    private static final long SETTLED_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Rule rule = new Rule("orders", NAME);
    private final Map<Key, Command> commands = new HashMap<>();

    /** What names a command. */
    private record Key(long book, long account, long id) {
    }

    private record Number(long book, long number) {
    }

    /** All answers to one command. */
    private static final class Command {
        OrderCall last;
        OrderCall durable;
        int executed;
    }

    OrderCheck() {
    }

    /**
     * Checks the histories of all traders that ever sent something to these books.
     *
     * @param files histories of orders; with none, nothing is looked at
     */
    public static Finding check(List<Path> files, String jdbcUrl, String user, String password) throws SQLException, InterruptedException {
        OrderCheck check = new OrderCheck();
        List<OrderCall> calls = new ArrayList<>();
        files.forEach(file -> OrderHistory.forEach(file, calls::add));
        check.histories(calls);
        if (!calls.isEmpty()) {
            try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password)) {
                check.journal(connection);
                check.trades(connection);
            }
        }
        return check.finding();
    }

    Finding finding() {
        return new Finding(rule.rule(), rule.name(), rule.violations() == 0, rule.counts(), rule.violations(), rule.suspicions().stream()
                .map(suspicion -> new Finding.Violation(suspicion.what(), List.of("source", "evidence"), suspicion.direct())).toList());
    }

    void histories(List<OrderCall> calls) {
        calls.stream().sorted(java.util.Comparator.comparingLong(OrderCall::ended)).forEach(this::answer);
        rule.count("commands", commands.size());
        rule.count("with a durable answer", commands.values().stream().filter(command -> command.durable != null).count());
        oneSequence();
        fills();
    }

    private void answer(OrderCall call) {
        Command command = commands.computeIfAbsent(new Key(call.instrument(), call.account(), call.id()), key -> new Command());
        if (call.outcome() != Outcome.OK) {
            return;
        }
        if (!call.repeated()) {
            command.executed++;
        }
        if (command.durable != null && call.began() > command.durable.ended()) {
            compare(command.durable, call);
        } else if (command.last != null && !call.repeated() && call.began() > command.last.ended()) {
            rule.count("replicated answers that were lost", 1);
        }
        command.last = call;
        if (call.durable() && command.durable == null) {
            command.durable = call;
        }
    }

    /** The second began when the first had been told that it is durable. */
    private void compare(OrderCall first, OrderCall second) {
        rule.count("durable answers that were asked for again", 1);
        if (!second.repeated()) {
            rule.violated(suspicion("a durable order was carried out once more: " + first.label(), first, second));
        } else if (!second.reports().isEmpty() && !second.reports().equals(first.reports())) {
            rule.violated(suspicion("the reports of a durable order changed: " + first.label(), first, second));
        }
    }

    private static Rule.Suspicion suspicion(String what, OrderCall... calls) {
        Rule.Suspicion suspicion = Rule.Suspicion.of(what);
        for (OrderCall call : calls) {
            suspicion = suspicion.with(call.node(), call);
        }
        return suspicion;
    }

    /** The calls of which the database has the outcome. */
    private List<OrderCall> durable() {
        return commands.values().stream().filter(command -> command.durable != null).map(command -> command.durable).toList();
    }

    private void oneSequence() {
        Map<Number, OrderCall> reports = new HashMap<>();
        Map<Number, OrderCall> trades = new HashMap<>();
        for (OrderCall call : durable()) {
            Set<Long> ofCall = new HashSet<>();
            long before = 0;
            for (Told told : call.reports()) {
                rule.count("reports", 1);
                once(reports, new Number(call.instrument(), told.sequence()), call, "report");
                if (before != 0 && told.sequence() != before + 1) {
                    rule.violated(suspicion("the reports of one command are not numbered one after the other: " + call.label(), call));
                }
                before = told.sequence();
                if (told.trade() != 0 && ofCall.add(told.trade())) {
                    rule.count("trades", 1);
                    once(trades, new Number(call.instrument(), told.trade()), call, "trade");
                }
            }
        }
    }

    private void once(Map<Number, OrderCall> seen, Number number, OrderCall call, String what) {
        OrderCall other = seen.putIfAbsent(number, call);
        if (other != null) {
            rule.violated(suspicion("%s %d of book %d was told to two commands".formatted(what, number.number(), number.book()), other, call));
        }
    }

    /** No order is filled beyond its quantity, and what its last fill says is the sum of all that were told. */
    private void fills() {
        Map<Number, Long> ordered = new HashMap<>();
        Map<Number, TreeMap<Long, Told>> filled = new HashMap<>();
        for (OrderCall call : durable()) {
            if (call.quantity() > 0 && !call.reports().isEmpty() && call.reports().getFirst().type().equals("NEW")) {
                ordered.put(new Number(call.instrument(), call.reports().getFirst().order()), call.quantity());
            }
            call.reports().stream().filter(told -> told.trade() != 0).forEach(told ->
                    filled.computeIfAbsent(new Number(call.instrument(), told.order()), order -> new TreeMap<>()).put(told.sequence(), told));
        }
        filled.forEach((order, fills) -> {
            long sum = fills.values().stream().mapToLong(Told::quantity).sum();
            long said = fills.lastEntry().getValue().filled();
            Long quantity = ordered.get(order);
            // Fills by orders whose answers were lost are not among those told.
            if (sum > said || quantity != null && said > quantity) {
                rule.violated(Rule.Suspicion.of("order %d of book %d of %s was filled %d, its last fill says %d".formatted(order.number(), order.book(),
                        quantity, sum, said)).with("reports", fills.values()));
            }
        });
    }

    private void journal(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("""
                select b.instrument, b.sequence, coalesce(max(c.last), 0), coalesce(sum(c.last - c.first + 1), 0)
                  from trading_book b left join trading_command c using (instrument) group by b.instrument, b.sequence""")) {
            while (row.next()) {
                rule.count("commands in the journal", row.getLong(2));
                if (row.getLong(2) != row.getLong(3) || row.getLong(2) != row.getLong(4)) {
                    rule.violated("the journal of book %d has %d commands up to %d, its head says %d".formatted(row.getLong(1), row.getLong(4),
                            row.getLong(3), row.getLong(2)));
                }
            }
        }
    }

    /** Each trade that was told durably is a row, with the price and quantity that were told. */
    private void trades(Connection connection) throws SQLException, InterruptedException {
        Map<Number, Told> told = new HashMap<>();
        durable().forEach(call -> call.reports().stream().filter(report -> report.trade() != 0)
                .forEach(report -> told.put(new Number(call.instrument(), report.trade()), report)));
        awaitTrades(connection);
        try (PreparedStatement select = connection.prepareStatement("select price, quantity from trade where instrument = ? and number = ?")) {
            for (Map.Entry<Number, Told> trade : told.entrySet()) {
                select.setLong(1, trade.getKey().book());
                select.setLong(2, trade.getKey().number());
                try (ResultSet row = select.executeQuery()) {
                    boolean there = row.next();
                    if (!there || row.getLong(1) != trade.getValue().price() || row.getLong(2) != trade.getValue().quantity()) {
                        rule.violated(Rule.Suspicion.of("trade %d of book %d is %s".formatted(trade.getKey().number(), trade.getKey().book(),
                                there ? "another one in the database" : "not in the database")).with("told", trade.getValue()));
                    }
                }
            }
        }
    }

    /** Trades follow the journal a little later. */
    private static void awaitTrades(Connection connection) throws SQLException, InterruptedException {
        long end = System.nanoTime() + SETTLED_WITHIN_NANOS;
        while (System.nanoTime() < end) {
            try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("""
                    select count(*) from trading_command c join trading_settlement s using (instrument) where c.deals is not null and c.first > s.command""")) {
                row.next();
                if (row.getLong(1) == 0) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
