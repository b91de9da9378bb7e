package io.partita.member.trading.settlement;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.partita.positions.Position;
import io.partita.positions.PositionKey;
import io.partita.positions.PositionNames;
import io.partita.positions.PutPosition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Positions on their way to the grid. What does not get there, as on the smaller side of a split, is sent again with the next flush. One thread.
 */
final class PositionMap {

    private static final int MOST_AT_ONCE = 1_000;
    private static final long PATIENCE_SECONDS = 15;

    private final IMap<PositionKey, Position> map;
    private final Map<PositionKey, Position> waiting = new LinkedHashMap<>();

    PositionMap(HazelcastInstance hazelcast) {
        map = hazelcast.getMap(PositionNames.POSITIONS);
    }

    void put(Position position) {
        waiting.put(position.key(), position);
        if (waiting.size() % MOST_AT_ONCE == 0) {
            flush();
        }
    }

    void flush() {
        Map<PositionKey, Position> sent = new LinkedHashMap<>(waiting);
        Map<PositionKey, CompletableFuture<Boolean>> answers = new LinkedHashMap<>();
        try {
            sent.forEach((key, position) -> answers.put(key, map.submitToKey(key, new PutPosition(position)).toCompletableFuture()));
            CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new)).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            waiting.clear();
        } catch (CompletionException | com.hazelcast.core.HazelcastException unreached) {
            answers.forEach((key, answer) -> {
                if (answer.isDone() && !answer.isCompletedExceptionally()) {
                    waiting.remove(key);
                }
            });
        }
    }
}
