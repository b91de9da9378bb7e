package io.partita.console.trading;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import io.partita.trading.OrderType;
import io.partita.trading.PegReference;
import io.partita.trading.SelfTradePrevention;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingPhase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Trading as the console asks for it. Thread-safe; calls block. */
@Component
class TradingApi {

    private static final int ORDERS = 200;

    private final MemberApi api;

    TradingApi(MemberApi api) {
        this.api = api;
    }

    /** An order to be entered; what is not said is null. */
    record NewOrder(String symbol, long id, long account, Side side, OrderType type, TimeInForce timeInForce, String price, long quantity,
                    String stopPrice, String offset, PegReference peg, Instant expireTime, LocalDate expireDate, Long displayQuantity, Long minimumQuantity, Boolean allOrNone,
                    Boolean postOnly, Boolean hidden, SelfTradePrevention selfTradePrevention, Boolean shortSale, Boolean located) {
    }

    /** What came of it. */
    record OrderAnswer(long orderId, List<Report> reports) {
    }

    /** One report about the order. */
    record Report(String execType, String reason, String price, long quantity, long leaves, long filled, String lastPrice, long lastQuantity) {
    }

    /** An order of an account. */
    record OrderState(String symbol, String orderId, Side side, OrderType type, TimeInForce timeInForce, String price, long quantity, long leaves,
                      long filled, String averagePrice, String status, String reason, Instant entered, Instant changed) {

        boolean open() {
            return leaves > 0;
        }
    }

    /** The orders of an account, the newest first. */
    record Orders(List<OrderState> orders) {
    }

    /** Something that was reported about an order. */
    record Execution(long sequence, String execType, String status, String reason, String lastPrice, long lastQuantity, long leaves, long filled,
                     String tradeId, String liquidity, Instant time) {
    }

    /** An order and all that was reported about it, in order. */
    record History(OrderState order, List<Execution> executions) {
    }

    /** One side of a trade. @param account null if it is another's */
    record Party(String account, String orderId, String role, String fee) {
    }

    /** A trade and what has become of it. @param reason why it is not settled, or null @param transfers of the ledger, by their part */
    record Trade(String symbol, long number, Instant time, String price, long quantity, String currency, Party buyer, Party seller, String status, String reason,
                 LocalDate settlementDay, int revision, Map<String, String> transfers) {

        Trade {
            transfers = transfers == null ? Map.of() : Map.copyOf(transfers);
        }
    }

    /** A change of a live order; what is null stays as it is. */
    record Replacement(long id, long account, String price, Long quantity) {
    }

    /** The best of a book. */
    record Top(String symbol, String phase, String lastPrice, Level bid, Level offer, Session session, boolean stale) {
        record Level(String price, long quantity) {
        }

        record Session(String open, String high, String low, String previousClose, long volume, long trades) {
        }
    }

    Answer<List<InstrumentInfo>> instruments() {
        return api.get("/instruments", InstrumentInfo[].class).map(Arrays::asList);
    }

    /** The best of all books that are served, in the order of their symbols. */
    Answer<List<Top>> tops(int most) {
        record Markets(List<Top> markets) {
        }
        return api.get("/market-data", Query.NONE.with("limit", most), Markets.class).map(Markets::markets);
    }

    /** Closes of the last minutes with trades in the book. */
    Answer<List<Double>> closes(String symbol, int minutes) {
        return closes("/market-data/" + symbol + "/bars", Query.NONE.with("limit", minutes));
    }

    /** The same as the job bars has them; none where it does not run. */
    Answer<List<Double>> streamedCloses(String symbol, int minutes) {
        return closes("/marketdata/bars/" + symbol, Query.NONE.with("size", "1m").with("limit", minutes));
    }

    private Answer<List<Double>> closes(String path, Query query) {
        record Bar(double close) {
        }
        return api.get(path, query, Bar[].class).map(bars -> Arrays.stream(bars).map(Bar::close).toList());
    }

    Answer<OrderAnswer> enter(NewOrder order) {
        return api.post("/orders", order, OrderAnswer.class);
    }

    Answer<JsonNode> cancel(String symbol, String order, long account, long id) {
        return api.delete("/orders/" + symbol + "/" + order, Query.NONE.with("account", account).with("id", id), JsonNode.class);
    }

    Answer<JsonNode> replace(String symbol, String order, Replacement change) {
        return api.put("/orders/" + symbol + "/" + order, change, JsonNode.class);
    }

    Answer<Orders> orders(long account) {
        return api.get("/orders", Query.NONE.with("account", account).with("limit", ORDERS), Orders.class);
    }

    Answer<History> history(String symbol, String order) {
        return api.get("/orders/" + symbol + "/" + MemberApi.segment(order), History.class);
    }

    Answer<Trade> trade(String symbol, String number) {
        return api.get("/trades/" + symbol + "/" + MemberApi.segment(number), Trade.class);
    }

    Answer<JsonNode> phase(String symbol, long id, TradingPhase phase) {
        record Change(long id, TradingPhase phase) {
        }
        return api.put("/instruments/" + symbol + "/phase", new Change(id, phase), JsonNode.class);
    }
}
