package io.partita.member.ledger;

import io.partita.ledger.shard.Settle;
import io.partita.ledger.shard.ShardUpdate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The updates of one committed batch on their way to the shards. Used by one thread. */
final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final LedgerEngine engine;
    private final Map<Integer, Settle> updates = new LinkedHashMap<>();
    private Map<Integer, CompletionStage<Long>> answers = Map.of();

    Settlement(LedgerEngine engine) {
        this.engine = engine;
    }

    void add(int shard, ShardUpdate update) {
        updates.put(shard, new Settle(List.of(update)));
    }

    /** Sends all of them. */
    void send() {
        answers = engine.shards().submit(updates);
    }

    /**
     * Waits for all shards. The batch is booked whatever they answer; a shard that has not confirmed is sent the same again until it
     * has, since it may hold the batch's reservations, and nothing else would tell it if no later batch follows.
     */
    void await() {
        answers.forEach((shard, answer) -> {
            try {
                engine.shards().answer(answer);
            } catch (CompletionException failure) {
                LOG.warn("Shard {} did not confirm a settlement and gets it again: {}", shard, failure.getCause().toString());
                engine.keeper().resend(shard, updates.get(shard));
            }
        });
    }
}
