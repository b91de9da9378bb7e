package io.partita.ledger.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.Balance;
import io.partita.ledger.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A shard with everything around it: its journal, a backup, the deliveries under way, the read model, and the naive twin to
 * which the shard must be equal after every step. The journal is folded apart, one entry at a time, with the limits checked
 * after each.
 */
final class TwinShard {

    private static final UUID ONE_MEMBER = new UUID(0, 1);
    private static final UUID OTHER_MEMBER = new UUID(0, 2);

    /** What a batch wrote into this shard's journal. */
    record Delivery(long first, long position, long token, List<? extends Entry> run) {
        ShardUpdate update() {
            return Entry.update(first, position, token, run);
        }
    }

    private record Written(Entry entry, long position, long batchEnd) {
    }

    private final int number;
    private int epoch;
    private UUID owner = ONE_MEMBER;
    private Shard primary;
    private Shard backup;
    private NaiveShard twin = new NaiveShard();
    private final NaiveShard fold = new NaiveShard();
    private final List<Written> journal = new ArrayList<>();
    private final Map<Long, TreeMap<Long, Balance>> history = new HashMap<>();
    private final List<Map<UUID, PendingTransfer>> pendingHistory = new ArrayList<>(List.of(Map.of()));
    private final Map<Long, Balance> readModel = new HashMap<>();
    final List<Delivery> toPrimary = new ArrayList<>();
    final List<Delivery> toBackup = new ArrayList<>();
    final List<Delivery> lost = new ArrayList<>();

    TwinShard(int number) {
        this.number = number;
        primary = new Shard(number);
        backup = new Shard(number);
        serve();
    }

    int epoch() {
        return epoch;
    }

    NaiveShard fold() {
        return fold;
    }

    // ---- what coordinators do -----------------------------------------------------------------------------------

    List<Refusal> authorize(long token, List<Entry.Leg> legs, long now) {
        List<Refusal> codes = listed(primary.authorize(token, Entry.legs(legs), now), legs.size());
        assertThat(codes).as("codes of shard %d for %s", number, legs).isEqualTo(twin.authorize(token, legs, now));
        return codes;
    }

    List<Refusal> authorizeAccounts(long token, List<AccountCommand> commands) {
        List<Refusal> codes = listed(primary.authorizeAccounts(token, commands), commands.size());
        assertThat(codes).as("codes of shard %d for %s", number, commands).isEqualTo(twin.authorizeAccounts(token, commands));
        return codes;
    }

    private static List<Refusal> listed(Refusal[] refusals, int count) {
        return Arrays.asList(refusals == null ? new Refusal[count] : refusals);
    }

    void release(long token) {
        primary.release(token);
        twin.release(token);
    }

    /** Writes a run of a committed batch into the journal; deliveries start. */
    void commit(long token, long position, long batchEnd, List<? extends Entry> run) {
        long first = journal.size() + 1;
        for (Entry entry : run) {
            journal.add(new Written(entry, position, batchEnd));
            fold.apply(journal.size(), 0, List.of(entry));
            long account = account(entry);
            assertThat(fold.broken(account)).as("shard %d at sequence %d, after %s", number, fold.applied(), entry).isNull();
            history.computeIfAbsent(account, key -> new TreeMap<>()).put(fold.applied(), fold.balance(account));
            boolean touchesPending = entry instanceof Entry.Leg leg && leg.pending() != null;
            pendingHistory.add(touchesPending ? fold.pendings() : pendingHistory.getLast());
        }
        Delivery delivery = new Delivery(first, batchEnd, token, run);
        toPrimary.add(delivery);
        toBackup.add(delivery);
    }

    private static long account(Entry entry) {
        return switch (entry) {
            case Entry.Leg leg -> leg.account();
            case Entry.Change change -> change.command().account();
        };
    }

    // ---- deliveries ---------------------------------------------------------------------------------------------

    void deliverToPrimary(Delivery delivery) {
        primary.apply(delivery.update());
        twin.apply(delivery.first(), delivery.token(), delivery.run());
    }

    void deliverToBackup(Delivery delivery) {
        backup.apply(delivery.update());
    }

    /** Brings the primary or the backup towards the journal's end, in a chunk that begins and ends anywhere. */
    void fill(Random random, boolean ofBackup, boolean whole) {
        long applied = ofBackup ? backup.appliedSequence() : primary.appliedSequence();
        long from = whole ? applied + 1 : Math.max(1, applied + 3 - random.nextInt(6));
        long to = whole ? journal.size() : Math.min(journal.size(), from + random.nextInt(12));
        while (from <= to) {
            boolean legs = journal.get((int) from - 1).entry() instanceof Entry.Leg;
            List<Entry> run = new ArrayList<>();
            long batchEnd = 0;
            for (long sequence = from; sequence <= to && journal.get((int) sequence - 1).entry() instanceof Entry.Leg == legs; sequence++) {
                run.add(journal.get((int) sequence - 1).entry());
                batchEnd = journal.get((int) sequence - 1).batchEnd();
            }
            Delivery chunk = new Delivery(from, batchEnd, 0, run);
            if (ofBackup) {
                deliverToBackup(chunk);
            } else {
                deliverToPrimary(chunk);
            }
            from += run.size();
        }
    }

    // ---- ownership ----------------------------------------------------------------------------------------------

    /** Serves again under a new epoch. */
    void serve() {
        epoch++;
        primary.serve(epoch, owner);
        twin.serve();
        assertThat(primary.servedBy(owner)).isTrue();
        assertThat(primary.quiet()).isTrue();
    }

    /** The backup takes over; what was the primary, stale reservations and all, is the backup from now on. */
    void failOver() {
        fill(null, true, true);
        Shard promoted = backup;
        backup = primary;
        backup.yieldOwnership();
        primary = promoted;
        List<Delivery> underWay = List.copyOf(toPrimary);
        toPrimary.clear();
        toPrimary.addAll(toBackup);
        toBackup.clear();
        toBackup.addAll(underWay);
        owner = owner == ONE_MEMBER ? OTHER_MEMBER : ONE_MEMBER;
        assertThat(primary.servedBy(owner)).isFalse();
        serve();
    }

    /** The state moves to another member as bytes. */
    void migrate() {
        primary = Shard.decode(primary.encoded());
        assertThat(primary.servedBy(owner)).isFalse();
        serve();
    }

    void reloadBackup() {
        backup = Shard.decode(backup.encoded());
    }

    // ---- reading ------------------------------------------------------------------------------------------------

    List<UUID> expired(long now) {
        List<UUID> expired = primary.expired(now, Integer.MAX_VALUE);
        assertThat(new HashSet<>(expired)).isEqualTo(twin.expired(now)).hasSameSizeAs(expired);
        assertThat(primary.expired(now, 1)).hasSize(Math.min(1, expired.size()));
        return expired;
    }

    void project(int most) {
        for (Balance balance : primary.takeDirty(most)) {
            readModel.put(balance.account(), balance);
        }
    }

    // ---- what must hold -----------------------------------------------------------------------------------------

    void check() {
        assertThat(primary.appliedSequence()).isEqualTo(twin.applied());
        assertThat(primary.hasGap()).isEqualTo(twin.hasGap());
        assertThat(primary.holders()).isEqualTo(twin.holders());
        assertThat(primary.pendings()).isEqualTo(twin.pendings());
        assertThat(primary.accountCount()).isEqualTo(twin.accounts().size());
        for (long account : twin.accounts()) {
            assertThat(primary.balance(account)).isEqualTo(twin.balance(account));
        }
        if (twin.holders().isEmpty()) {
            assertThat(primary.quiet()).as("no reservation without a batch in flight").isTrue();
        }
        checkDurable("primary", primary);
        checkDurable("backup", backup);
    }

    /** Whatever was delivered, and in whatever order: the state is the journal's fold up to its sequence. */
    private void checkDurable(String name, Shard shard) {
        long sequence = shard.appliedSequence();
        Map<Long, Balance> balances = new HashMap<>();
        shard.forEachBalance(balance -> balances.put(balance.account(), balance));
        Map<Long, Balance> expected = new HashMap<>();
        history.forEach((account, states) -> {
            Map.Entry<Long, Balance> state = states.floorEntry(sequence);
            if (state != null) {
                expected.put(account, at(sequence, state.getValue()));
            }
        });
        assertThat(balances).as("%s of shard %d at %d", name, number, sequence).isEqualTo(expected);
        assertThat(shard.pendings()).isEqualTo(pendingHistory.get((int) sequence));
        if (sequence > 0) {
            Written last = journal.get((int) sequence - 1);
            assertThat(shard.appliedPosition()).isBetween(last.position() + 1, last.batchEnd());
        }
    }

    static Balance at(long sequence, Balance balance) {
        return new Balance(balance.account(), balance.currency(), balance.type(), balance.status(), balance.parent(),
                balance.debitsPosted(), balance.creditsPosted(), balance.debitsPending(), balance.creditsPending(),
                balance.maxNetDebit(), balance.maxNetCredit(), sequence);
    }

    /** After the last delivery: nothing is reserved, nothing waits, and everybody says the same. */
    void checkSettled() {
        check();
        assertThat(primary.appliedSequence()).isEqualTo(journal.size());
        assertThat(backup.appliedSequence()).isEqualTo(journal.size());
        assertThat(primary.hasGap() || backup.hasGap()).isFalse();
        assertThat(primary.holders()).isEmpty();
        assertThat(primary.quiet()).isTrue();
        project(Integer.MAX_VALUE);
        Set<Long> accounts = twin.accounts();
        assertThat(readModel.keySet()).isEqualTo(accounts);
        for (long account : accounts) {
            assertThat(at(0, readModel.get(account))).isEqualTo(at(0, twin.balance(account)));
        }
    }
}
