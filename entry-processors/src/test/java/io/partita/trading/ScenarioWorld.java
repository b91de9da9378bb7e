package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients, their wallets and two books, steered by the sentences of exchange-core's scenarios. */
final class ScenarioWorld {

    /** In exchange-core's test symbols a unit of ETH_XBT is 100,000 of ETH, and a tick times a unit is 10 of XBT. */
    private static final long BASE = 100_000;
    private static final long QUOTE = 10;

    private static final class Order {
        private String client;
        private String symbol;
        private Side side;
        private long id;
        private long price;
        private long size;
        private long filled;
        private long reserve;
    }

    private final Map<String, OrderBook> books = new HashMap<>();
    private final Map<String, Map<String, Long>> wallets = new HashMap<>();
    private final Map<Long, Order> live = new TreeMap<>();
    private final Command command = new Command();
    private List<Seen> trades = new ArrayList<>();

    ScenarioWorld(Function<Instrument, OrderBook> kind) {
        for (String symbol : List.of("EUR_USD", "ETH_XBT")) {
            OrderBook book = kind.apply(Instrument.simple(books.size()));
            Seen.apply(book, command.phase(TradingPhase.PRE_OPEN, 0));
            Seen.apply(book, command.phase(TradingPhase.CONTINUOUS, 0));
            books.put(symbol, book);
        }
    }

    void step(String text, List<List<String>> table) {
        String order = "A client (\\w+) (places|could not place) an (ASK|BID) order (\\d+) at (\\d+)@(\\d+) "
                + "\\(type: (\\w+), symbol: (\\w+)(?:, reservePrice: (\\d+))?\\)(?: due to RISK_NSF)?";
        boolean known = on(text, "New client (\\w+) has a balance:", m -> table.forEach(row -> wallet(m.group(1)).put(row.get(0), number(row.get(1)))))
                || on(text, "(\\d+) (\\w+) is added to the balance of a client (\\w+)",
                        m -> wallet(m.group(3)).merge(m.group(2), number(m.group(1)), Long::sum))
                || on(text, order, m -> assertThat(place(m)).as(text).isEqualTo(m.group(2).equals("places")))
                || on(text, "A client (\\w+) (moves|could not move) a price to (\\d+) of the order (\\d+)(?: due to MATCHING_MOVE_FAILED_"
                        + "PRICE_OVER_RISK_LIMIT)?", m -> assertThat(move(number(m.group(4)), number(m.group(3)))).as(text)
                        .isEqualTo(m.group(2).equals("moves")))
                || on(text, "A client (\\w+) cancels the remaining size (\\d+) of the order (\\d+)", m -> cancel(number(m.group(3)),
                        number(m.group(2))))
                || on(text, "An (\\w+) order book is:", m -> bookIs(m.group(1), table))
                || on(text, "No trade events", m -> assertThat(trades).isEmpty())
                || on(text, "The order (\\d+) is (partially|fully) matched. LastPx: (\\d+), LastQty: (\\d+)(?:, bidderHoldPrice: (\\d+))?", this::matched)
                || on(text, "A client (\\w+) orders:", m -> ordersAre(m.group(1), table))
                || on(text, "A client (\\w+) does not have active orders", m -> ordersAre(m.group(1), List.of(List.of())))
                || on(text, "A balance of a client (\\w+):", m -> table.forEach(row -> assertThat(wallet(m.group(1)).getOrDefault(row.get(0), 0L))
                        .as(text + row.get(0)).isEqualTo(number(row.get(1)))));
        assertThat(known).as(text).isTrue();
    }

    private interface Deed {
        void by(Matcher words);
    }

    private static boolean on(String text, String pattern, Deed deed) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        deed.by(matcher);
        return true;
    }

    private static long number(String text) {
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private Map<String, Long> wallet(String client) {
        return wallets.computeIfAbsent(client, name -> new HashMap<>());
    }

    private boolean place(Matcher m) {
        Order order = new Order();
        order.client = m.group(1);
        order.side = m.group(3).equals("BID") ? Side.BUY : Side.SELL;
        order.id = number(m.group(4));
        order.price = number(m.group(5));
        order.size = number(m.group(6));
        order.symbol = m.group(8);
        order.reserve = m.group(9) == null ? 0 : number(m.group(9));
        if (!reserve(order, order.size, -1)) {
            return false;
        }
        live.put(order.id, order);
        TimeInForce time = m.group(7).equals("IOC") ? TimeInForce.IMMEDIATE_OR_CANCEL : TimeInForce.GOOD_TILL_CANCEL;
        send(order, command.newOrder(order.id, account(order), order.side, OrderType.LIMIT, time, order.price, order.size));
        return true;
    }

    private static long account(Order order) {
        return order.client.hashCode() & 0xffffL | 1 << 16;
    }

    /** Takes what an order could cost from the wallet, or gives it back; false if it is not there. Futures need nothing here. */
    private boolean reserve(Order order, long size, int sign) {
        if (!order.symbol.equals("ETH_XBT")) {
            return true;
        }
        boolean buys = order.side == Side.BUY;
        long amount = sign * (buys ? size * order.reserve * QUOTE : size * BASE);
        String currency = buys ? "XBT" : "ETH";
        if (wallet(order.client).getOrDefault(currency, 0L) + amount < 0) {
            return false;
        }
        wallet(order.client).merge(currency, amount, Long::sum);
        return true;
    }

    private boolean move(long id, long price) {
        Order order = live.get(id);
        if (order.symbol.equals("ETH_XBT") && order.side == Side.BUY && price > order.reserve) {
            return false;
        }
        order.price = price;
        send(order, command.replace(id, account(order), price, 0));
        return true;
    }

    private void cancel(long id, long remaining) {
        Order order = live.get(id);
        assertThat(order.size - order.filled).isEqualTo(remaining);
        send(order, command.cancel(id, account(order)));
    }

    private void send(Order order, Command next) {
        List<Seen> reports = Seen.apply(books.get(order.symbol), next);
        trades = reports.stream().filter(report -> report.execType() == ExecType.TRADE).toList();
        for (Seen report : reports) {
            Order of = live.get(report.orderId());
            assertThat(report.execType()).isNotEqualTo(ExecType.REJECTED);
            if (report.execType() == ExecType.TRADE) {
                of.filled = report.filled();
                settle(of, report.lastPrice(), report.lastQuantity());
            } else if (report.execType() == ExecType.CANCELED) {
                reserve(of, report.quantity() - report.filled(), 1);
            }
            if (report.leaves() == 0) {
                live.remove(report.orderId());
            }
        }
    }

    private void settle(Order order, long price, long quantity) {
        if (order.symbol.equals("ETH_XBT")) {
            boolean buys = order.side == Side.BUY;
            wallet(order.client).merge("XBT", (buys ? order.reserve - price : price) * quantity * QUOTE, Long::sum);
            wallet(order.client).merge("ETH", buys ? quantity * BASE : 0, Long::sum);
        }
    }

    private void matched(Matcher m) {
        Seen trade = trades.stream().filter(report -> report.liquidity() == Liquidity.MAKER && report.orderId() == number(m.group(1)))
                .findFirst().orElseThrow(() -> new AssertionError(m.group() + " in " + trades));
        assertThat(trade.leaves() == 0).isEqualTo(m.group(2).equals("fully"));
        assertThat(trade.lastPrice()).isEqualTo(number(m.group(3)));
        assertThat(trade.lastQuantity()).isEqualTo(number(m.group(4)));
    }

    private void bookIs(String symbol, List<List<String>> table) {
        List<String> expected = table.stream().filter(row -> !row.get(0).equals("bid")).map(row -> String.join("|", row)).toList();
        List<String> rows = new ArrayList<>();
        long[] levels = new long[20];
        int offers = books.get(symbol).depth(Side.SELL, levels);
        for (int i = offers - 1; i >= 0; i--) {
            rows.add("|" + levels[2 * i] + "|" + levels[2 * i + 1]);
        }
        int bids = books.get(symbol).depth(Side.BUY, levels);
        for (int i = 0; i < bids; i++) {
            rows.add(levels[2 * i + 1] + "|" + levels[2 * i] + "|");
        }
        assertThat(rows).isEqualTo(expected);
    }

    /** The first row is the heading. */
    private void ordersAre(String client, List<List<String>> table) {
        List<String> rows = live.values().stream().filter(order -> order.client.equals(client)).map(order -> order.id + "|" + order.price + "|"
                + order.size + "|" + order.filled + "|" + order.reserve + "|" + (order.side == Side.BUY ? "BID" : "ASK")).toList();
        assertThat(rows).isEqualTo(table.subList(1, table.size()).stream().map(row -> String.join("|", row)).toList());
    }
}
