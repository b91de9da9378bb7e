package io.partita.console.positions;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.MemberSockets;
import io.partita.console.api.Poll;
import io.partita.console.api.Polls;
import io.partita.console.positions.PortfolioApi.Sums;
import io.partita.console.positions.PortfolioApi.Value;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What firms are worth now, each followed once for all pages, and only while one of them shows it: as members tell it while somebody marks positions with each price, by asking for the
 * last closes while nobody does. Thread-safe.
 */
@Component
class PortfolioBoard {

    private static final Duration PACE = Duration.ofMillis(250);
    /** Whoever asks for more than sums, as for positions. */
    private static final Duration SLOW_PACE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** So many portfolios may be followed by one connection. */
    private static final int OF_A_CONNECTION = 200;
    /** And so many in one request, which has 4,096 characters at most. */
    private static final int OF_A_REQUEST = 40;
    /** What is further down than this in a firm stays as it was when somebody began to look. */
    private static final int MOST = 1_000;

    private final PortfolioApi api;
    private final MemberSockets sockets;
    private final JsonMapper json;
    private final Polls<Wanted, Value> asked;
    private final Map<String, Feed> feeds = new ConcurrentHashMap<>();

    private record Wanted(String code, String method) {
    }

    PortfolioBoard(PortfolioApi api, MemberSockets sockets, JsonMapper json) {
        this.api = api;
        this.sockets = sockets;
        this.json = json;
        asked = new Polls<>("portfolios", LOOK, wanted -> api.value(wanted.code(), null, wanted.method()).found().orElse(null));
    }

    /** Each new state, until the registration is removed. */
    Registration listen(String code, String method, Consumer<Value> listener) {
        return listen(code, method, false, listener);
    }

    /** The same, but not as often. */
    Registration listenSlowly(String code, String method, Consumer<Value> listener) {
        return listen(code, method, true, listener);
    }

    private Registration listen(String code, String method, boolean slowly, Consumer<Value> listener) {
        // Marked at average cost only.
        if (!method.equals(PortfolioView.AVERAGE)) {
            return asked.listen(new Wanted(code, method), listener);
        }
        Feed feed = feeds.compute(code, (_, there) -> (there == null ? new Feed(code) : there).joined());
        Value[] seen = {null};
        Registration listening = (slowly ? feed.slow : feed.quick).listen(value -> {
            if (value != seen[0]) {
                seen[0] = value;
                listener.accept(value);
            }
        });
        return Registration.once(() -> {
            listening.remove();
            feeds.compute(code, (_, there) -> there == feed ? feed.left() : there);
        });
    }

    @PreDestroy
    void close() {
        asked.close();
        feeds.values().forEach(Feed::close);
    }

    private static List<List<String>> parts(List<String> all, int size) {
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return parts;
    }

    private final class Feed {

        private final String firm;
        private final Poll<Value> looks;
        private final Poll<Value> quick;
        private final Poll<Value> slow;
        private final List<MemberSockets.Following> following = new ArrayList<>();
        private final Map<String, Sums> told = new LinkedHashMap<>();
        /** Since the last look began: what is told meanwhile may be newer than what the look finds, and counts though the member does not know yet that somebody marks. */
        private final Map<String, Sums> heard = new HashMap<>();
        private int readers;
        private boolean closed;
        private boolean live;
        private boolean changed;
        private Value state;

        Feed(String firm) {
            this.firm = firm;
            quick = new Poll<>("portfolio-" + firm, PACE, Poll.Diligence.WHILE_WATCHED, this::state);
            slow = new Poll<>("positions-" + firm, SLOW_PACE, Poll.Diligence.WHILE_WATCHED, this::state);
            looks = new Poll<>("closes-" + firm, LOOK, Poll.Diligence.ALWAYS, this::look);
        }

        /** One reader more; called one after another, as is the next. */
        Feed joined() {
            readers++;
            return this;
        }

        /** One reader less; null after the last. */
        Feed left() {
            readers--;
            if (readers > 0) {
                return this;
            }
            close();
            return null;
        }

        /** Asks while nothing is told: whether somebody marks by now, and for the last closes while nobody does. */
        private Value look() {
            synchronized (this) {
                if (told()) {
                    return null;
                }
                heard.clear();
            }
            Value marked = api.live(firm).found().filter(value -> Boolean.TRUE.equals(value.live())).orElse(null);
            if (marked == null) {
                api.value(firm, null, PortfolioView.AVERAGE).found().ifPresent(this::keep);
            } else {
                follow(marked);
            }
            return null;
        }

        private synchronized boolean told() {
            return live && !following.isEmpty() && following.stream().allMatch(MemberSockets.Following::fresh);
        }

        private synchronized void keep(Value value) {
            if (!told()) {
                state = value;
            }
        }

        private synchronized void follow(Value marked) {
            if (closed) {
                return;
            }
            told.clear();
            marked.sums().forEach(sums -> told.put(sums.code(), sums));
            state = marked;
            heard.values().forEach(this::take);
            if (following.isEmpty()) {
                List<String> codes = told.keySet().stream().limit(MOST).toList();
                parts(codes, OF_A_CONNECTION).forEach(part -> following.add(sockets.follow("/ws/risk",
                        parts(part, OF_A_REQUEST).stream().map(few -> MemberSockets.Request.subscribe(few, "PNL")).toList(), this::hear)));
            }
        }

        private synchronized void hear(JsonNode message) {
            boolean before = live;
            live = message.path("live").asBoolean(live);
            if (message.path("type").asString("").equals("PNL")) {
                Sums sums = json.treeToValue(message.get("pnl"), Sums.class);
                heard.put(sums.code(), sums);
                if (live) {
                    take(sums);
                }
            }
            if (live && !before) {
                heard.values().forEach(this::take);
            }
        }

        private void take(Sums sums) {
            changed |= told.replace(sums.code(), sums) != null;
        }

        /** Null before anything is known. */
        private synchronized Value state() {
            if (changed) {
                changed = false;
                state = new Value(true, told.get(firm), List.copyOf(told.values()));
            }
            return state;
        }

        synchronized void close() {
            closed = true;
            following.forEach(MemberSockets.Following::close);
            looks.close();
            quick.close();
            slow.close();
        }
    }
}
