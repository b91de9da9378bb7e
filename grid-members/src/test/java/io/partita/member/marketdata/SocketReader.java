package io.partita.member.marketdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.TestMember;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A reader of {@code /ws/market-data} with the JDK's own client, which puts books together from what it is told and nothing else. */
public final class SocketReader implements WebSocket.Listener, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final StringBuilder part = new StringBuilder();
    private final List<JsonNode> messages = new ArrayList<>();
    private final Map<Long, String> orders = new LinkedHashMap<>();
    private final Map<String, Map<String, Long>> levels = new TreeMap<>();
    private long sequence = -1;
    private long levelSequence = -1;
    private long lastTrade;
    private int closeCode;
    private boolean reading = true;
    private Throwable failure;
    private final WebSocket socket;

    private SocketReader(TestMember member, String path) {
        socket = HTTP.newWebSocketBuilder().header("Authorization", "Bearer " + member.key().text()).buildAsync(URI.create("ws://127.0.0.1:" + member.port() + path), this).join();
    }

    public static SocketReader connect(TestMember member) {
        return connect(member, "/ws/market-data");
    }

    public static SocketReader connect(TestMember member, String path) {
        return new SocketReader(member, path);
    }

    /** Has what came up to this update. */
    synchronized SocketReader at(long known) {
        sequence = known;
        return this;
    }

    public SocketReader send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    SocketReader subscribe(String symbol, String... channels) {
        return send("{\"op\":\"SUBSCRIBE\",\"symbol\":\"" + symbol + "\",\"channels\":[\"" + String.join("\",\"", channels) + "\"]}");
    }

    /** Takes nothing more from the network. */
    public synchronized void pause() {
        reading = false;
    }

    public synchronized void resume() {
        reading = true;
        socket.request(1);
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            JsonNode message = JSON.readTree(part.toString());
            part.setLength(0);
            messages.add(message);
            try {
                take(message);
            } catch (RuntimeException | AssertionError wrong) {
                failure = failure == null ? wrong : failure;
            }
        }
        if (reading) {
            from.request(1);
        }
        return null;
    }

    @Override
    public synchronized CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeCode = code;
        return null;
    }

    /** A connection that was reset may have lost the close frame: RFC 6455 calls that 1006. */
    @Override
    public synchronized void onError(WebSocket from, Throwable broken) {
        closeCode = 1006;
    }

    private void take(JsonNode message) {
        boolean snapshot = message.path("snapshot").asBoolean(false);
        switch (message.get("type").asString()) {
            case "L3" -> {
                assertThat(snapshot || message.get("after").asLong() == sequence).as("%s follows on %s", message, sequence).isTrue();
                sequence = message.get("sequence").asLong();
                if (snapshot) {
                    orders.clear();
                    message.get("orders").forEach(order -> show(order.get("orderId").asLong(), order));
                } else {
                    message.get("updates").forEach(update -> update.get("events").forEach(this::event));
                }
            }
            case "L2FULL" -> {
                assertThat(snapshot || message.get("after").asLong() == levelSequence).as("%s follows on %s", message, levelSequence).isTrue();
                levelSequence = message.get("sequence").asLong();
                if (snapshot) {
                    levels.clear();
                }
                for (String side : List.of("bids", "offers")) {
                    message.get(side).forEach(level -> levels.computeIfAbsent(side, key -> new TreeMap<>())
                            .put(level.path("price").asString(""), level.get("quantity").asLong()));
                }
                levels.values().forEach(side -> side.values().removeIf(quantity -> quantity == 0));
            }
            case "TRADES" -> message.get("trades").forEach(trade -> {
                assertThat(lastTrade == 0 || snapshot || trade.get("tradeId").asLong() == lastTrade + 1).isTrue();
                lastTrade = trade.get("tradeId").asLong();
            });
            default -> { }
        }
    }

    private void event(JsonNode event) {
        long id = event.path("orderId").asLong(0);
        switch (event.get("event").asString()) {
            case "SHOWN" -> show(id, event);
            case "RESIZED" -> orders.put(id, orders.get(id).replaceFirst(" .*", " " + event.get("quantity").asLong()));
            case "GONE" -> orders.remove(id);
            default -> { }
        }
    }

    private void show(long id, JsonNode order) {
        // At the end of its queue.
        orders.remove(id);
        orders.put(id, order.get("side").asString() + "@" + order.path("price").asString("") + " " + order.get("quantity").asLong());
    }

    /** The orders by side and price, each in the order in which they trade. */
    synchronized Map<String, List<String>> orders() {
        assertThat(failure).as("what the messages did not fit").isNull();
        Map<String, List<String>> queues = new TreeMap<>();
        orders.forEach((id, text) -> queues.computeIfAbsent(text.replaceFirst(" .*", ""), key -> new ArrayList<>()).add(id + text.replaceFirst(".* ", ":")));
        return queues;
    }

    /** What the REST answer says, in the same form. */
    static Map<String, List<String>> orders(JsonNode answer) {
        Map<String, List<String>> queues = new TreeMap<>();
        answer.get("orders").forEach(order -> queues.computeIfAbsent(order.get("side").asString() + "@" + order.path("price").asString(""), key -> new ArrayList<>())
                .add(order.get("orderId").asLong() + ":" + order.get("quantity").asLong()));
        return queues;
    }

    synchronized Map<String, Map<String, Long>> levels() {
        Map<String, Map<String, Long>> copy = new TreeMap<>();
        levels.forEach((side, rows) -> copy.put(side, Map.copyOf(rows)));
        return copy;
    }

    synchronized long sequence() {
        assertThat(failure).as("what the messages did not fit").isNull();
        return sequence;
    }

    synchronized long lastTrade() {
        return lastTrade;
    }

    public synchronized int closeCode() {
        return closeCode;
    }

    public synchronized List<JsonNode> messages(String type) {
        return messages.stream().filter(message -> message.get("type").asString().equals(type)).toList();
    }

    /** The next message of a kind after so many. */
    public JsonNode await(String type, int index) {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> messages(type).size() > index);
        return messages(type).get(index);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
