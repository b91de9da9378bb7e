package io.partita.ledger.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.Limits;
import io.partita.ledger.Refusal;
import io.partita.ledger.Side;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Four shards, their coordinators, journal, network and clock in one thread: each step is drawn from its own seed, so a list of
 * seeds is a history, and leaving some out is a shorter one.
 */
final class ShardWorld {

    private static final int SHARDS = 4;
    private static final int ACCOUNTS = 24;
    private static final Currency EUR = Currency.of("EUR");
    private static final Currency USD = Currency.of("USD");

    /** A batch that was authorized and neither committed nor given up; its groups have one entry for each transfer. */
    private record Batch(long token, List<List<Booking>> groups, Map<Integer, Integer> epochs, int commandShard,
                         List<AccountCommand> accepted, List<AccountCommand> busy) {
    }

    private record Booking(TransferKind kind, long debit, long credit, long amount, long released, Currency currency,
                           UUID pending, long expiresAt) {

        @Override
        public String toString() {
            return "%s %d>%d %d %s%s".formatted(kind, debit, credit, amount, currency,
                    pending == null ? "" : " " + pending.toString().substring(0, 8) + "@" + expiresAt);
        }

        Entry.Leg leg(Side side, int group) {
            return new Entry.Leg(kind, side, side == Side.DEBIT ? debit : credit, amount, released, currency, group, pending, expiresAt);
        }
    }

    private final List<TwinShard> shards = new ArrayList<>();
    private final List<Batch> inFlight = new ArrayList<>();
    private final List<Booking> pendings = new ArrayList<>();
    /** Worlds of large amounts come to the end of the range. */
    private final boolean large;
    private final List<String> log;
    private long now = 1_000;
    private long position;
    private long tokens;
    private int committed;
    private final Map<Refusal, Integer> refused;

    /**
     * @param log     gets a line for each step; or null
     * @param refused counts the codes
     */
    ShardWorld(long seed, List<String> log, Map<Refusal, Integer> refused) {
        this.log = log;
        this.refused = refused;
        large = seed % 4 == 0;
        for (int number = 0; number < SHARDS; number++) {
            shards.add(new TwinShard(number));
        }
        Random random = new Random(seed);
        for (long account = 1; account <= ACCOUNTS; account++) {
            if (random.nextInt(6) > 0) {
                authorizeAccounts(++tokens, shardOf(account), List.of(command(random, account)), List.of());
                commit(inFlight.removeLast());
            }
        }
        shards.forEach(shard -> {
            shard.toPrimary.forEach(shard::deliverToPrimary);
            shard.toPrimary.clear();
        });
        if (log != null) {
            // How the accounts came about is of no interest; what they are is.
            log.clear();
            shards.forEach(shard -> shard.fold().accounts().stream().sorted().map(shard.fold()::balance).forEach(
                    b -> note("account %d %s %s", b.account(), b.currency(), limits(b.maxNetDebit(), b.maxNetCredit()))));
        }
    }

    private static String limits(long maxNetDebit, long maxNetCredit) {
        return (maxNetDebit == Long.MAX_VALUE ? "" : "debit limit " + maxNetDebit)
                + (maxNetCredit == Long.MAX_VALUE ? "" : " credit limit " + maxNetCredit);
    }

    private static String text(AccountCommand command) {
        return switch (command) {
            case AccountCommand.Open open -> "open " + open.account() + " "
                    + limits(open.details().limits().maxNetDebit(), open.details().limits().maxNetCredit());
            case AccountCommand.ChangeLimits change -> "limits of " + change.account() + " "
                    + limits(change.limits().maxNetDebit(), change.limits().maxNetCredit());
            case AccountCommand.ChangeStatus change -> change.status() + " " + change.account();
        };
    }

    int committed() {
        return committed;
    }

    void step(long seed) {
        Random random = new Random(seed);
        switch (Integer.valueOf(random.nextInt(100))) {
            case Integer n when n < 30 -> authorizeTransfers(random);
            case Integer n when n < 38 -> authorizeAccounts(random);
            case Integer n when n < 41 -> repeatBusy(random);
            case Integer n when n < 56 -> commit(random);
            case Integer n when n < 60 -> giveUp(random);
            case Integer n when n < 82 -> deliver(random);
            case Integer n when n < 84 -> lose(random);
            case Integer n when n < 89 -> fill(random);
            case Integer n when n < 92 -> serve(random);
            case Integer n when n < 94 -> expire(random);
            case Integer n when n < 96 -> now += random.nextInt(20);
            case Integer n when n < 98 -> shard(random).project(1 + random.nextInt(4));
            default -> shard(random).reloadBackup();
        }
        shards.forEach(TwinShard::check);
    }

    private void note(String line, Object... values) {
        if (log != null) {
            log.add(line.formatted(values));
        }
    }

    private TwinShard shard(Random random) {
        return shards.get(random.nextInt(SHARDS));
    }

    private static int shardOf(long account) {
        return (int) (account % SHARDS);
    }

    // ---- authorization ------------------------------------------------------------------------------------------

    private void authorizeTransfers(Random random) {
        List<List<Booking>> groups = new ArrayList<>();
        for (int count = 1 + random.nextInt(6); count > 0; count--) {
            List<Booking> group = new ArrayList<>();
            for (int size = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(5); size > 0; size--) {
                group.add(booking(random));
            }
            groups.add(group);
        }
        authorize(groups);
    }

    private void authorize(List<List<Booking>> groups) {
        long token = ++tokens;
        boolean[] refusedGroup = new boolean[groups.size()];
        Map<Integer, Integer> epochs = new TreeMap<>();
        note("authorize %d at %d: %s", token, now, groups);
        legs(groups).forEach((number, legs) -> {
            TwinShard shard = shards.get(number);
            epochs.put(number, shard.epoch());
            List<Refusal> codes = shard.authorize(token, legs, now);
            note("    shard %d answers %s", number, codes);
            for (int leg = 0; leg < legs.size(); leg++) {
                count(codes.get(leg));
                refusedGroup[legs.get(leg).group()] |= codes.get(leg) != null;
            }
        });
        List<List<Booking>> accepted = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            if (!refusedGroup[group]) {
                accepted.add(groups.get(group));
            }
        }
        inFlight.add(new Batch(token, accepted, epochs, -1, List.of(), List.of()));
    }

    private void count(Refusal code) {
        if (code != null) {
            refused.merge(code, 1, Integer::sum);
        }
    }

    private static Map<Integer, List<Entry.Leg>> legs(List<List<Booking>> groups) {
        Map<Integer, List<Entry.Leg>> legs = new TreeMap<>();
        for (int group = 0; group < groups.size(); group++) {
            for (Booking booking : groups.get(group)) {
                legs.computeIfAbsent(shardOf(booking.debit), key -> new ArrayList<>()).add(booking.leg(Side.DEBIT, group));
                legs.computeIfAbsent(shardOf(booking.credit), key -> new ArrayList<>()).add(booking.leg(Side.CREDIT, group));
            }
        }
        return legs;
    }

    private Booking booking(Random random) {
        if (!pendings.isEmpty() && random.nextInt(4) == 0) {
            return resolution(random, pendings.get(Math.max(0, pendings.size() - 1 - random.nextInt(6))));
        }
        long debit = 1 + random.nextInt(ACCOUNTS);
        long credit = 1 + (debit + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        Currency currency = currency(debit);
        // Mostly a pair that can do business with each other.
        while (credit == debit || currency(credit) != currency && random.nextInt(8) > 0) {
            credit = 1 + random.nextInt(ACCOUNTS);
        }
        if (random.nextInt(4) == 0) {
            long expiresAt = random.nextBoolean() ? Long.MIN_VALUE : now + random.nextInt(40);
            return new Booking(TransferKind.PENDING, debit, credit, amount(random), 0, currency,
                    new UUID(random.nextLong(), random.nextLong()), expiresAt);
        }
        TransferKind kind = switch (random.nextInt(8)) {
            case 0 -> TransferKind.REVERSAL;
            case 1 -> TransferKind.ADJUSTMENT;
            default -> TransferKind.POSTED;
        };
        return new Booking(kind, debit, credit, amount(random), 0, currency, null, 0);
    }

    private static Booking resolution(Random random, Booking pending) {
        UUID id = random.nextInt(30) == 0 ? new UUID(0, 0) : pending.pending;
        return switch (random.nextInt(10)) {
            case 0 -> resolution(TransferKind.EXPIRE_PENDING, pending, id, 0);
            case 1, 2, 3 -> resolution(TransferKind.VOID_PENDING, pending, id, 0);
            case 4 -> resolution(TransferKind.POST_PENDING, pending, id, Math.min(pending.amount + 1, Transfer.MAX_AMOUNT));
            case 5, 6 -> resolution(TransferKind.POST_PENDING, pending, id, pending.amount);
            default -> resolution(TransferKind.POST_PENDING, pending, id, 1 + random.nextLong(pending.amount));
        };
    }

    private static Booking resolution(TransferKind kind, Booking pending, UUID id, long amount) {
        return new Booking(kind, pending.debit, pending.credit, amount, pending.amount, pending.currency, id, Long.MIN_VALUE);
    }

    private long amount(Random random) {
        return large && random.nextInt(3) > 0 ? Transfer.MAX_AMOUNT - random.nextInt(3) : 1 + random.nextInt(100);
    }

    /** A sixth of the accounts hold another currency. */
    private static Currency currency(long account) {
        return account % 6 == 0 ? USD : EUR;
    }

    private void authorizeAccounts(Random random) {
        int number = random.nextInt(SHARDS);
        List<AccountCommand> commands = new ArrayList<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            long account = number + SHARDS * (long) random.nextInt(ACCOUNTS / SHARDS);
            commands.add(command(random, account == 0 ? ACCOUNTS : account));
        }
        authorizeAccounts(++tokens, number, commands, List.of());
    }

    private AccountCommand command(Random random, long account) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        boolean open = shards.get(shardOf(account)).fold().balance(account) != null;
        if (!open || random.nextInt(10) == 0) {
            AccountType type = AccountType.values()[random.nextInt(5)];
            return new AccountCommand.Open(id, Account.of(account, "A" + account, type, currency(account))
                    .withLimits(random.nextInt(3) == 0 ? limits(random) : Limits.NONE));
        }
        return random.nextBoolean()
                ? new AccountCommand.ChangeLimits(id, account, limits(random))
                : new AccountCommand.ChangeStatus(id, account, random.nextInt(3) == 0 ? AccountStatus.FROZEN
                        : random.nextInt(8) == 0 ? AccountStatus.CLOSED : AccountStatus.OPEN);
    }

    private static Limits limits(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Limits.NONE;
            case 1 -> Limits.DEBITS_MUST_NOT_EXCEED_CREDITS;
            case 2 -> Limits.CREDITS_MUST_NOT_EXCEED_DEBITS;
            case 3 -> Limits.overdraft(random.nextInt(300));
            case 4 -> new Limits(random.nextInt(300), random.nextInt(300));
            default -> new Limits(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1);
        };
    }

    private void authorizeAccounts(long token, int number, List<AccountCommand> commands, List<AccountCommand> before) {
        TwinShard shard = shards.get(number);
        note("authorize %d: %s", token, commands.stream().map(ShardWorld::text).toList());
        List<Refusal> codes = shard.authorizeAccounts(token, commands);
        note("    shard %d answers %s", number, codes);
        List<AccountCommand> accepted = new ArrayList<>(before);
        List<AccountCommand> busy = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            count(codes.get(i));
            if (codes.get(i) == null) {
                accepted.add(commands.get(i));
            } else if (codes.get(i) == Refusal.ACCOUNT_BUSY) {
                busy.add(commands.get(i));
            }
        }
        inFlight.add(new Batch(token, List.of(), Map.of(number, shard.epoch()), number, accepted, busy));
    }

    private void repeatBusy(Random random) {
        List<Batch> waiting = inFlight.stream()
                .filter(batch -> !batch.busy.isEmpty() && batch.epochs.get(batch.commandShard) == shards.get(batch.commandShard).epoch())
                .toList();
        if (!waiting.isEmpty()) {
            Batch batch = waiting.get(random.nextInt(waiting.size()));
            inFlight.remove(batch);
            authorizeAccounts(batch.token, batch.commandShard, batch.busy, batch.accepted);
        }
    }

    // ---- the journal --------------------------------------------------------------------------------------------

    private void commit(Random random) {
        if (!inFlight.isEmpty()) {
            commit(inFlight.remove(random.nextInt(inFlight.size())));
        }
    }

    private void commit(Batch batch) {
        boolean fenced = batch.epochs.entrySet().stream().anyMatch(e -> shards.get(e.getKey()).epoch() != e.getValue());
        Map<Integer, List<? extends Entry>> runs = new TreeMap<>();
        if (!fenced && !batch.accepted.isEmpty()) {
            runs.put(batch.commandShard, batch.accepted.stream().map(Entry.Change::new).toList());
        } else if (!fenced) {
            runs.putAll(legs(batch.groups));
        }
        note("%s %d into %s", fenced ? "fence" : "commit", batch.token, runs.keySet());
        long size = batch.accepted.size() + batch.groups.stream().mapToInt(List::size).sum();
        long end = position + size + 1;
        for (int number : batch.epochs.keySet()) {
            TwinShard shard = shards.get(number);
            if (runs.containsKey(number)) {
                shard.commit(batch.token, position, end, runs.get(number));
            } else {
                shard.release(batch.token);
            }
        }
        if (!runs.isEmpty()) {
            position = end;
            committed++;
            batch.groups.stream().flatMap(List::stream).filter(b -> b.kind == TransferKind.PENDING).forEach(pendings::add);
            checkConservation();
        }
    }

    private void giveUp(Random random) {
        if (!inFlight.isEmpty()) {
            Batch batch = inFlight.remove(random.nextInt(inFlight.size()));
            note("release %d", batch.token);
            batch.epochs.keySet().forEach(number -> shards.get(number).release(batch.token));
        }
    }

    /** Debits equal credits per currency over all shards, at every commit. */
    private void checkConservation() {
        Map<Currency, BigInteger> posted = new HashMap<>();
        Map<Currency, BigInteger> pending = new HashMap<>();
        for (TwinShard shard : shards) {
            for (long account : shard.fold().accounts()) {
                Balance b = shard.fold().balance(account);
                posted.merge(b.currency(), BigInteger.valueOf(b.debitsPosted()).subtract(BigInteger.valueOf(b.creditsPosted())), BigInteger::add);
                pending.merge(b.currency(), BigInteger.valueOf(b.debitsPending()).subtract(BigInteger.valueOf(b.creditsPending())), BigInteger::add);
            }
        }
        assertThat(posted.values()).as("posted debits less credits: %s", posted).allMatch(sum -> sum.signum() == 0);
        assertThat(pending.values()).as("pending debits less credits: %s", pending).allMatch(sum -> sum.signum() == 0);
    }

    // ---- the network --------------------------------------------------------------------------------------------

    private void deliver(Random random) {
        TwinShard shard = shard(random);
        boolean toBackup = random.nextBoolean();
        List<TwinShard.Delivery> queue = toBackup ? shard.toBackup : shard.toPrimary;
        if (!queue.isEmpty()) {
            int which = random.nextInt(Math.min(queue.size(), 4));
            // One in five stays under way and comes again.
            TwinShard.Delivery delivery = random.nextInt(5) == 0 ? queue.get(which) : queue.remove(which);
            note("deliver %d of shard %d to its %s", delivery.first(), shards.indexOf(shard), toBackup ? "backup" : "primary");
            if (toBackup) {
                shard.deliverToBackup(delivery);
            } else {
                shard.deliverToPrimary(delivery);
            }
        }
    }

    private void lose(Random random) {
        TwinShard shard = shard(random);
        List<TwinShard.Delivery> queue = random.nextBoolean() ? shard.toBackup : shard.toPrimary;
        if (!queue.isEmpty()) {
            TwinShard.Delivery delivery = queue.remove(random.nextInt(queue.size()));
            shard.lost.add(delivery);
            note("lose %d of shard %d", delivery.first(), shards.indexOf(shard));
        }
    }

    private void fill(Random random) {
        TwinShard shard = shard(random);
        note("fill shard %d from the journal", shards.indexOf(shard));
        shard.fill(random, random.nextBoolean(), random.nextInt(4) == 0);
    }

    private void serve(Random random) {
        TwinShard shard = shard(random);
        shard.fill(random, false, true);
        switch (random.nextInt(3)) {
            case 0 -> shard.serve();
            case 1 -> shard.migrate();
            default -> shard.failOver();
        }
        note("serve shard %d under epoch %d", shards.indexOf(shard), shard.epoch());
    }

    private void expire(Random random) {
        List<List<Booking>> groups = new ArrayList<>();
        for (UUID id : shard(random).expired(now)) {
            pendings.stream().filter(b -> b.pending.equals(id)).findFirst()
                    .ifPresent(b -> groups.add(List.of(resolution(TransferKind.EXPIRE_PENDING, b, id, 0))));
        }
        authorize(groups);
    }

    /** Lets everything come to its end: batches are committed or given up, what was lost is sent again. */
    void settle(long seed) {
        Random random = new Random(seed);
        while (!inFlight.isEmpty()) {
            if (random.nextInt(4) == 0) {
                giveUp(random);
            } else {
                commit(random);
            }
        }
        for (TwinShard shard : shards) {
            shard.toPrimary.addAll(shard.lost);
            shard.toBackup.addAll(shard.lost);
            Collections.shuffle(shard.toPrimary, random);
            Collections.shuffle(shard.toBackup, random);
            shard.toPrimary.forEach(shard::deliverToPrimary);
            shard.toBackup.forEach(shard::deliverToBackup);
            shard.fill(random, false, true);
            shard.fill(random, true, true);
            shard.checkSettled();
        }
        checkConservation();
    }
}
