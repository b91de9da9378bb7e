package io.partita.member.ledger;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.shard.Authorization;
import io.partita.ledger.shard.Authorize;
import io.partita.ledger.shard.ReadShard;
import io.partita.ledger.shard.ShardUpdate;
import io.partita.member.ledger.JournalBatch.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and changes accounts: one thread, batch after batch, the same phases as a {@link TransferBatch}. Accounts change rarely, so
 * nothing here runs in parallel; parents that stand before their children in a batch are good parents.
 */
final class AccountLane implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(AccountLane.class);
    private static final int MAX_BATCH = 10_000;
    private static final int MAX_QUEUED = 100_000;
    /** How long shards that are busy or away are left alone before they are asked again: at first, and after many times. */
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final LedgerEngine engine;
    private final TransferDesk desk;
    private final LinkedBlockingQueue<Item> queue = new LinkedBlockingQueue<>(MAX_QUEUED);
    /** What was taken and is for the next batch. */
    private List<Item> left = new ArrayList<>();

    /** @param desk knows whether anything can be booked, and until when */
    AccountLane(LedgerEngine engine, TransferDesk desk) {
        this.engine = engine;
        this.desk = desk;
    }

    /** A command on its way. */
    private static final class Item {
        final Call call;
        final int place;
        final AccountCommand command;
        Refusal refusal;
        String detail = "";
        LedgerResult result;
        /** Booked by the batch that it is in, and not by an earlier one. */
        boolean settled;

        Item(Call call, int place, AccountCommand command) {
            this.call = call;
            this.place = place;
            this.command = command;
        }

        int shard() {
            return LedgerNames.shardOf(command.account());
        }

        void refuse(Refusal code, String why) {
            refusal = code;
            detail = why;
        }

        /** It was booked before: that is the answer, whatever a shard says now. */
        void repeats(LedgerResult first) {
            refusal = null;
            result = first;
        }

        boolean open() {
            return refusal == null && result == null;
        }

        void answer() {
            call.answer(place, result != null ? result : new LedgerResult.Refused(command.id(), refusal, detail));
        }
    }

    /** Takes a call; whatever of it does not fit is refused. */
    CompletableFuture<List<LedgerResult>> submit(List<? extends AccountCommand> commands) {
        if (commands.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Call call = new Call(commands.size(), desk.deadline());
        Refusal closed = commands.size() > Transfer.MAX_BATCH ? Refusal.BATCH_TOO_LARGE : desk.closed();
        for (int i = 0; i < commands.size(); i++) {
            Item item = new Item(call, i, commands.get(i));
            LedgerResult.Refused refused = closed != null ? TransferRules.refuse(item.command, closed, "") : TransferRules.check(item.command);
            if (refused != null) {
                engine.meters().refused(refused.code());
                call.answer(i, refused);
            } else if (!queue.offer(item)) {
                engine.meters().refused(Refusal.OVERLOADED);
                item.refuse(Refusal.OVERLOADED, "");
                item.answer();
            }
        }
        return call.future();
    }

    int queued() {
        return queue.size();
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Item first = left.isEmpty() ? queue.poll(1, TimeUnit.SECONDS) : null;
                if (first != null) {
                    left.add(first);
                }
                work();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Carries out one batch of what waits; false if nothing does. For one thread. */
    boolean work() {
        queue.drainTo(left, MAX_BATCH - left.size());
        if (left.isEmpty()) {
            return false;
        }
        try {
            left = process(left);
        } catch (RuntimeException failure) {
            LOG.error("A batch of account commands failed", failure);
            left.stream().filter(item -> item.result == null).forEach(item -> item.refuse(Refusal.OUTCOME_UNKNOWN, ""));
            left.forEach(Item::answer);
            left = new ArrayList<>();
        }
        return true;
    }

    /** Carries a batch out; what comes back is for the next one. */
    private List<Item> process(List<Item> items) {
        List<Item> batch = new ArrayList<>();
        List<Item> later = new ArrayList<>();
        Set<Long> accounts = new HashSet<>();
        Set<UUID> ids = new HashSet<>();
        for (Item item : items) {
            // One change of an account in a batch, so that the accounts' present form has one new content.
            (accounts.add(item.command.account()) & ids.add(item.command.id()) ? batch : later).add(item);
        }
        long token = engine.nextToken();
        try {
            answerRepeats(batch);
            checkParents(batch);
            Authorization[] authorizations = authorize(batch, token);
            // A shard that was asked while the first attempt was on its way finds the account as that left it.
            answerRepeats(batch.stream().filter(item -> item.refusal != null).toList());
            commit(batch, authorizations, token);
        } catch (StoreException failure) {
            engine.health().failed(failure);
            // Those that a shard refused may be repeats of what was booked: without the journal nobody can tell.
            batch.stream().filter(item -> item.result == null).forEach(item -> item.refuse(Refusal.STORE_UNAVAILABLE, ""));
        }
        release(batch, token);
        for (Item item : batch) {
            count(item);
            item.answer();
        }
        return later;
    }

    /**
     * Gives back what was reserved, where nothing was booked. A shard that settles ends the reservations by itself, and no sooner than
     * it has what they are for; of a batch of which nobody knows whether it was committed they end with the epoch.
     */
    private void release(List<Item> batch, long token) {
        if (batch.stream().anyMatch(item -> item.refusal == Refusal.OUTCOME_UNKNOWN)) {
            return;
        }
        Set<Integer> shards = new HashSet<>();
        batch.forEach(item -> shards.add(item.shard()));
        batch.stream().filter(item -> item.settled).forEach(item -> shards.remove(item.shard()));
        shards.forEach(shard -> engine.keeper().release(shard, token));
    }

    private void count(Item item) {
        if (item.result != null) {
            engine.meters().booked(1);
        } else {
            engine.meters().refused(item.refusal);
        }
    }

    private void answerRepeats(List<Item> batch) throws StoreException {
        Map<UUID, JournalLookup.FoundChange> known = engine.lookup().changes(batch.stream().map(item -> item.command.id()).toList());
        for (Item item : batch) {
            JournalLookup.FoundChange found = known.get(item.command.id());
            if (found != null && found.answers(item.command)) {
                item.repeats(found.result());
            } else if (found != null) {
                item.refuse(item.command instanceof AccountCommand.Open && found.account() == item.command.account()
                        ? Refusal.ACCOUNT_EXISTS : Refusal.ID_REUSED, "");
            }
        }
    }

    private void checkParents(List<Item> batch) {
        Map<Long, AccountCommand.Open> opened = new HashMap<>();
        Set<Long> asked = new HashSet<>();
        for (Item item : batch) {
            if (item.open() && item.command instanceof AccountCommand.Open open && open.details().parent() != 0) {
                asked.add(open.details().parent());
            }
        }
        Map<Long, Balance> parents = new HashMap<>();
        Set<Integer> away = balances(asked, parents);
        for (Item item : batch) {
            if (item.open() && item.command instanceof AccountCommand.Open open) {
                checkParent(item, open, parents, opened, away);
                if (item.open()) {
                    opened.put(open.account(), open);
                }
            }
        }
    }

    private static void checkParent(Item item, AccountCommand.Open open, Map<Long, Balance> parents, Map<Long, AccountCommand.Open> opened,
                                    Set<Integer> away) {
        long id = open.details().parent();
        if (id == 0) {
            return;
        }
        Balance parent = parents.get(id);
        AccountCommand.Open sibling = opened.get(id);
        if (parent == null && sibling == null) {
            item.refuse(away.contains(LedgerNames.shardOf(id)) ? Refusal.SHARD_UNAVAILABLE : Refusal.PARENT_NOT_FOUND, "account " + id);
        } else if (parent != null
                ? parent.type() != open.details().type() || parent.currency() != open.details().currency()
                : sibling.details().type() != open.details().type() || sibling.details().currency() != open.details().currency()) {
            item.refuse(Refusal.PARENT_MISMATCH, "account " + id);
        }
    }

    /** Finds balances, and tells the shards that do not serve: what is not found there may exist all the same. */
    private Set<Integer> balances(Set<Long> accounts, Map<Long, Balance> found) {
        Map<Integer, List<Long>> byShard = new HashMap<>();
        accounts.forEach(account -> byShard.computeIfAbsent(LedgerNames.shardOf(account), shard -> new ArrayList<>()).add(account));
        Set<Integer> away = new HashSet<>();
        byShard.forEach((shard, ids) -> {
            try {
                ReadShard.BalanceList list = engine.shards().ask(shard, new ReadShard.Balances(ids.stream().mapToLong(Long::longValue).toArray()));
                list.balances().stream().filter(Objects::nonNull).forEach(balance -> found.put(balance.account(), balance));
                if (!list.serving()) {
                    away.add(shard);
                }
            } catch (CompletionException unanswered) {
                LOG.debug("Shard {} did not tell balances of parents", shard, unanswered);
                away.add(shard);
            }
        });
        return away;
    }

    /** Asks the shards, and asks again while transfers in flight keep an account busy or a shard is moving. */
    private Authorization[] authorize(List<Item> batch, long token) {
        Authorization[] authorizations = new Authorization[LedgerNames.SHARD_COUNT];
        List<Item> pending = new ArrayList<>(batch.stream().filter(Item::open).toList());
        long pause = SHORTEST_PAUSE;
        while (!pending.isEmpty()) {
            Map<Integer, List<Item>> byShard = new TreeMap<>();
            pending.forEach(item -> byShard.computeIfAbsent(item.shard(), shard -> new ArrayList<>()).add(item));
            Map<Integer, Authorize> asked = new LinkedHashMap<>();
            byShard.forEach((shard, items) -> asked.put(shard, Authorize.accounts(token, items.stream().map(item -> item.command).toList())));
            pending.clear();
            engine.shards().submit(asked).forEach((shard, answer) -> pending.addAll(judge(shard, byShard.get(shard), answer, authorizations)));
            if (!pending.isEmpty()) {
                engine.timing().pause(pause);
                pause = Math.min(pause * 2, LONGEST_PAUSE);
            }
        }
        return authorizations;
    }

    private List<Item> judge(int shard, List<Item> items, CompletionStage<Authorization> asked, Authorization[] authorizations) {
        Authorization answer = null;
        try {
            answer = engine.shards().answer(asked);
        } catch (CompletionException failure) {
            LOG.warn("Shard {} did not authorize account commands: {}", shard, failure.getCause().toString());
        }
        boolean serving = answer != null && answer.serving();
        if (!serving) {
            engine.keeper().look();
        } else if (authorizations[shard] == null) {
            // The first epoch is the one to commit under: if it was raised since, reservations of the first call are gone.
            authorizations[shard] = answer;
        }
        List<Item> busy = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            Refusal refusal = serving ? answer.refusal(i) : Refusal.SHARD_UNAVAILABLE;
            if (refusal != null && refusal.retryable() && !item.call.expired(engine.timing().nanoTime() + TimeUnit.SECONDS.toNanos(1))) {
                busy.add(item);
            } else if (refusal != null) {
                item.refuse(refusal, "account " + item.command.account());
            }
        }
        return busy;
    }

    private void commit(List<Item> batch, Authorization[] authorizations, long token) throws StoreException {
        List<Item> accepted = batch.stream().filter(Item::open).toList();
        if (accepted.isEmpty()) {
            return;
        }
        int[] counts = new int[LedgerNames.SHARD_COUNT];
        long id = engine.store().nextBatch();
        List<JournalEntry> entries = new ArrayList<>();
        for (Item item : accepted) {
            entries.add(new JournalEntry.AccountChange(id, entries.size(), counts[item.shard()]++, item.command));
        }
        JournalBatch journal = JournalBatch.of(id, engine.view().term(), engine.member(), entries, counts, authorizations);
        Place place = write(journal, accepted);
        if (place != null) {
            settle(journal, place, accepted, token);
        }
    }

    private Place write(JournalBatch journal, List<Item> accepted) throws StoreException {
        try {
            long start = engine.timing().nanoTime();
            Place place = engine.store().commit(journal);
            engine.meters().committed(journal.entries().size(), engine.timing().nanoTime() - start);
            return place;
        } catch (StoreException.Fenced fenced) {
            engine.keeper().fenced(fenced.shard, fenced.epoch);
            accepted.forEach(item -> item.refuse(Refusal.SHARD_UNAVAILABLE, ""));
            return null;
        } catch (StoreException.Conflict conflict) {
            // Another member has just booked one of these commands; repeating them sorts it out.
            accepted.forEach(item -> item.refuse(Refusal.ACCOUNT_BUSY, ""));
            return null;
        } catch (StoreException.Rejected rejected) {
            LOG.error("A batch of {} account commands was refused", accepted.size(), rejected);
            accepted.forEach(item -> item.refuse(Refusal.INVALID_REQUEST, "the database refuses this batch"));
            return null;
        } catch (StoreException.OutcomeUnknown unknown) {
            engine.health().failed(unknown);
            return outcome(journal, accepted);
        }
    }

    private Place outcome(JournalBatch journal, List<Item> accepted) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Place place = engine.store().place(journal.id());
                if (place == null) {
                    accepted.forEach(item -> item.refuse(Refusal.STORE_UNAVAILABLE, ""));
                }
                return place;
            } catch (StoreException stillGone) {
                engine.timing().pause(50_000_000);
            }
        }
        accepted.forEach(item -> item.refuse(Refusal.OUTCOME_UNKNOWN, ""));
        return null;
    }

    private void settle(JournalBatch journal, Place place, List<Item> accepted, long token) {
        Map<Integer, List<AccountCommand>> byShard = new HashMap<>();
        accepted.forEach(item -> byShard.computeIfAbsent(item.shard(), shard -> new ArrayList<>()).add(item.command));
        Map<Integer, Long> firsts = new HashMap<>();
        Settlement settlement = new Settlement(engine);
        for (int i = 0; i < journal.shards().length; i++) {
            int shard = journal.shards()[i];
            firsts.put(shard, place.firsts()[i]);
            settlement.add(shard, new ShardUpdate(place.firsts()[i], journal.end(place), token, null, byShard.get(shard)));
        }
        settlement.send();
        Iterator<? extends JournalEntry> entries = journal.entries().iterator();
        for (Item item : accepted) {
            JournalEntry.AccountChange entry = (JournalEntry.AccountChange) entries.next();
            item.result = new LedgerResult.Booked(item.command.id(), place.position() + entry.index(), firsts.get(item.shard()) + entry.ordinal(), 0,
                    JournalLookup.instant(place.bookedAt()), false);
            item.settled = true;
        }
        settlement.await();
    }
}
