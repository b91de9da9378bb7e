package io.partita.member.ledger;

import io.partita.ledger.Balance;
import io.partita.ledger.LedgerGateway.Consistency;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Reading;
import io.partita.ledger.shard.ReadShard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Balances, as the shards have them. Thread-safe. */
record BalanceReader(LedgerEngine engine) {

    /** Asks each shard once, and waits for all of them. */
    List<Reading> read(List<Long> accounts, Consistency consistency) {
        Map<Integer, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < accounts.size(); i++) {
            places.computeIfAbsent(LedgerNames.shardOf(accounts.get(i)), shard -> new ArrayList<>()).add(i);
        }
        Reading[] readings = new Reading[accounts.size()];
        boolean serving = engine.view().serving();
        places.forEach((shard, ofShard) -> {
            long[] ids = ofShard.stream().mapToLong(accounts::get).toArray();
            ReadShard.BalanceList list = engine.shards().ask(shard, new ReadShard.Balances(ids));
            boolean current = serving && list.serving() && (consistency != Consistency.STRONG || stillOwned(shard, list.epoch()));
            for (int i = 0; i < ids.length; i++) {
                Balance balance = list.balances().get(i);
                readings[ofShard.get(i)] = new Reading(Optional.ofNullable(balance), list.sequence(), !current);
            }
        });
        return Arrays.asList(readings);
    }

    private boolean stillOwned(int shard, int epoch) {
        try {
            return engine.store().epoch(shard) == epoch;
        } catch (StoreException unavailable) {
            engine.health().failed(unavailable);
            return false;
        }
    }
}
