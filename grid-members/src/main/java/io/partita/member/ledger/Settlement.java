package io.partita.member.ledger;

import io.partita.ledger.shard.Settle;
import io.partita.ledger.shard.ShardUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The updates of one committed batch on their way to the shards. Used by one thread. */
final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final LedgerEngine engine;
    private final List<Sent> sent = new ArrayList<>();

    private record Sent(int shard, Settle settle, CompletionStage<Long> answer) {
    }

    Settlement(LedgerEngine engine) {
        this.engine = engine;
    }

    void send(int shard, ShardUpdate update) {
        Settle settle = new Settle(List.of(update));
        sent.add(new Sent(shard, settle, engine.shards().submit(shard, settle)));
    }

    /**
     * Waits for all shards. The batch is booked whatever they answer; a shard that has not confirmed is sent the same again until it
     * has, since it may hold the batch's reservations, and nothing else would tell it if no later batch follows.
     */
    void await() {
        for (Sent update : sent) {
            try {
                engine.shards().answer(update.answer());
            } catch (CompletionException failure) {
                LOG.warn("Shard {} did not confirm a settlement and gets it again: {}", update.shard(), failure.getCause().toString());
                engine.keeper().resend(update.shard(), update.settle());
            }
        }
    }
}
