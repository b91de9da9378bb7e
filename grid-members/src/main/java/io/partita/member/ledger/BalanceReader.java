package io.partita.member.ledger;

import io.partita.ledger.Balance;
import io.partita.ledger.LedgerGateway.Consistency;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Reading;
import io.partita.ledger.shard.ReadShard;
import io.partita.ledger.shard.ReadShard.BalanceList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Balances, as the shards have them; where a shard does not answer soon, since its member is gone or cut off, as the journal has them
 * (marked stale: what is being settled there may be missing). So reads go on while the cluster still finds out what has happened.
 * Thread-safe.
 */
record BalanceReader(LedgerEngine engine, JournalBalances journal) {

    /** Far longer than a shard that is there takes, far shorter than it takes to notice that it is not. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Asks each shard once, all at the same time, and waits for all of them. */
    List<Reading> read(List<Long> accounts, Consistency consistency) {
        Map<Integer, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < accounts.size(); i++) {
            places.computeIfAbsent(LedgerNames.shardOf(accounts.get(i)), shard -> new ArrayList<>()).add(i);
        }
        Map<Integer, ReadShard.Balances> asked = new HashMap<>();
        places.forEach((shard, ofShard) -> asked.put(shard, new ReadShard.Balances(ofShard.stream().mapToLong(accounts::get).toArray())));
        long deadline = engine.timing().nanoTime() + PATIENCE.toNanos();
        boolean serving = engine.view().serving();
        Map<Integer, BalanceList> answers = new HashMap<>();
        engine.shards().submit(asked).forEach((shard, answer) -> answers.put(shard, answer(answer, deadline)));
        Set<Integer> current = current(answers, serving, consistency);
        Reading[] readings = new Reading[accounts.size()];
        places.forEach((shard, ofShard) -> {
            BalanceList list = answers.get(shard);
            for (int i = 0; i < ofShard.size(); i++) {
                int place = ofShard.get(i);
                readings[place] = list == null ? inJournal(accounts.get(place))
                        : new Reading(Optional.ofNullable(list.balances().get(i)), list.sequence(), !current.contains(shard));
            }
        });
        return Arrays.asList(readings);
    }

    /** Null if there is no answer, or one from a shard that is not loaded: it would seem as if no account existed. */
    private BalanceList answer(CompletionStage<BalanceList> asked, long deadline) {
        try {
            // One patience for all: a page of accounts must not wait for one lost shard after another.
            Duration left = Duration.ofNanos(Math.max(0, deadline - engine.timing().nanoTime()));
            BalanceList list = engine.shards().answer(asked, left);
            return list.serving() || list.sequence() > 0 ? list : null;
        } catch (CompletionException unanswered) {
            return null;
        }
    }

    private Reading inJournal(long account) {
        Optional<Balance> balance = journal.balance(account);
        return new Reading(balance, balance.map(Balance::sequence).orElse(0L), true);
    }

    /** The shards whose answers are not stale. */
    private Set<Integer> current(Map<Integer, BalanceList> answers, boolean serving, Consistency consistency) {
        Set<Integer> current = new HashSet<>();
        answers.forEach((shard, list) -> {
            if (serving && list != null && list.serving()) {
                current.add(shard);
            }
        });
        if (consistency == Consistency.STRONG) {
            retainOwned(current, answers);
        }
        return current;
    }

    /** What still has the epoch of its answer had it when it answered, too. */
    private void retainOwned(Set<Integer> current, Map<Integer, BalanceList> answers) {
        try {
            int[] epochs = engine.store().epochs();
            for (int shard : Set.copyOf(current)) {
                int answered = answers.get(shard).epoch();
                if (answered != epochs[shard]) {
                    current.remove(shard);
                    engine.keeper().fenced(shard, answered);
                }
            }
        } catch (StoreException unavailable) {
            engine.health().failed(unavailable);
            current.clear();
        }
    }
}
