package io.partita.member.drill;

import io.partita.member.drill.History.Operation;
import io.partita.member.drill.History.Outcome;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The oracle: what must always hold of a ledger, whatever happened to it. Throws the first {@link Violation}.
 *
 * <ol>
 * <li>every acknowledged transfer is in the journal once, where it was said to be; every row was asked for; nothing refused is there;
 * <li>no account breaks its limit at any prefix of its shard's journal;
 * <li>per account, what the grid shows is the fold of the journal;
 * <li>debits equal credits per currency and in each linked group, and groups are whole;
 * <li>no client saw a current balance go back;
 * <li>positions and sequences are dense, and every batch's Merkle root is that of the rows before it.
 * </ol>
 */
final class Checker {

    private static final int PENDING = 1;
    private static final int POST = 2;
    private static final int VOID = 3;
    private static final int EXPIRE = 4;
    private static final int REVERSAL = 5;
    /** Refusals after which the same request may still go through. */
    private static final Set<String> LATER = Set.of("OVERLOADED", "STORE_UNAVAILABLE", "SHARD_UNAVAILABLE", "NOT_IN_VIEW", "BEHIND",
            "OUTCOME_UNKNOWN", "ACCOUNT_BUSY");

    private final Journal journal;
    private final Map<UUID, Place> places = new HashMap<>();
    private final Map<Long, Account> accounts = new TreeMap<>();
    private final Map<UUID, Journal.TransferRow> open = new HashMap<>();
    private final Set<UUID> reversed = new HashSet<>();

    /** Where a transfer lies. */
    private record Place(Journal.TransferRow row, long position, long debitSequence, long creditSequence) {
    }

    /** The sums of an account, as anyone would add them up. */
    static final class Account {
        final String currency;
        BigInteger maxNetDebit;
        BigInteger maxNetCredit;
        int status;
        BigInteger debitsPosted = BigInteger.ZERO;
        BigInteger creditsPosted = BigInteger.ZERO;
        BigInteger debitsPending = BigInteger.ZERO;
        BigInteger creditsPending = BigInteger.ZERO;

        Account(String currency) {
            this.currency = currency;
        }

        List<BigInteger> sums() {
            return List.of(debitsPosted, creditsPosted, debitsPending, creditsPending);
        }
    }

    Checker(Journal journal) {
        this.journal = journal;
    }

    /** Checks the journal by itself and returns the fold of it. */
    Map<Long, Account> checkJournal() {
        LeafEncoder.Log log = new LeafEncoder.Log();
        long position = 0;
        long bookedAt = 0;
        long[] sequences = new long[256];
        for (Journal.Batch batch : journal.batches()) {
            Violation.unless(batch.position() == position, "batch %d lies at %d instead of %d", batch.id(), batch.position(), position);
            Violation.unless(batch.bookedAt() >= bookedAt, "batch %d was booked before the batch in front of it", batch.id());
            Violation.unless(batch.rows().size() == batch.entries() && batch.rows().lastKey() == batch.entries() - 1,
                    "batch %d has %d rows instead of %d", batch.id(), batch.rows().size(), batch.entries());
            checkSequences(batch, sequences);
            checkGroups(batch);
            for (Journal.Row row : batch.rows().values()) {
                apply(batch, row);
                log.append(LeafEncoder.leaf(batch, row));
            }
            log.append(LeafEncoder.seal(batch));
            Violation.unless(Arrays.equals(batch.root(), log.root()), "the root of batch %d is not that of its rows", batch.id());
            position += batch.entries() + 1;
            bookedAt = batch.bookedAt();
        }
        Violation.unless(journal.size() == position, "the head says %d entries, the journal has %d", journal.size(), position);
        Violation.unless(Arrays.equals(journal.sequences(), sequences), "the head's sequences are not those of the batches");
        Violation.unless(position == 0 || Arrays.equals(journal.root(), log.root()), "the head's root is not the journal's");
        checkTrialBalance();
        return accounts;
    }

    private void checkSequences(Journal.Batch batch, long[] sequences) {
        int[] counts = new int[256];
        for (Journal.Row row : batch.rows().values()) {
            switch (row) {
                case Journal.TransferRow transfer -> {
                    Violation.unless(transfer.debitOrdinal() == counts[transfer.debitShard()]++, "ordinal of %s", transfer.id());
                    Violation.unless(transfer.creditOrdinal() == counts[transfer.creditShard()]++, "ordinal of %s", transfer.id());
                }
                case Journal.AccountRow account -> Violation.unless(account.ordinal() == counts[account.shard()]++, "ordinal of %s", account.id());
            }
        }
        for (int i = 0; i < batch.shards().length; i++) {
            int shard = batch.shards()[i];
            Violation.unless(batch.firsts()[i] == sequences[shard] + 1, "shard %d goes from sequence %d to %d in batch %d", shard,
                    sequences[shard], batch.firsts()[i], batch.id());
            Violation.unless(batch.counts()[i] == counts[shard], "shard %d got %d sequences for %d legs in batch %d", shard, batch.counts()[i],
                    counts[shard], batch.id());
            sequences[shard] += batch.counts()[i];
            counts[shard] = 0;
        }
        Violation.unless(Arrays.stream(counts).allMatch(count -> count == 0), "batch %d has legs in shards that got no sequence", batch.id());
        for (Map.Entry<Integer, Journal.Row> entry : batch.rows().entrySet()) {
            if (entry.getValue() instanceof Journal.TransferRow row) {
                Place earlier = places.put(row.id(), new Place(row, batch.position() + entry.getKey(), first(batch, row.debitShard()) + row.debitOrdinal(),
                        first(batch, row.creditShard()) + row.creditOrdinal()));
                Violation.unless(earlier == null, "transfer %s is in the journal twice", row.id());
            }
        }
    }

    private static long first(Journal.Batch batch, int shard) {
        return batch.firsts()[Arrays.binarySearch(batch.shards(), shard)];
    }

    private static void checkGroups(Journal.Batch batch) {
        for (Map.Entry<Integer, Journal.Row> entry : batch.rows().entrySet()) {
            if (entry.getValue() instanceof Journal.TransferRow row && row.linkedTo() != entry.getKey()) {
                Journal.Row head = batch.rows().get(row.linkedTo());
                Violation.unless(row.linkedTo() < entry.getKey() && head instanceof Journal.TransferRow leader && leader.linkedTo() == row.linkedTo(),
                        "transfer %s is linked to nothing", row.id());
            }
        }
    }

    private void apply(Journal.Batch batch, Journal.Row row) {
        switch (row) {
            case Journal.AccountRow change -> applyAccount(change);
            case Journal.TransferRow transfer -> applyTransfer(batch, transfer);
        }
    }

    private void applyAccount(Journal.AccountRow change) {
        Account account = accounts.get(change.account());
        if (change.event() == 1) {
            Violation.unless(account == null, "account %d was opened twice", change.account());
            account = new Account(change.currency());
            accounts.put(change.account(), account);
        }
        Violation.unless(account != null, "account %d was changed before it was opened", change.account());
        if (change.maxNetDebit() != null) {
            account.maxNetDebit = BigInteger.valueOf(change.maxNetDebit());
            account.maxNetCredit = BigInteger.valueOf(change.maxNetCredit());
        }
        if (change.status() != null) {
            account.status = change.status();
        }
        checkLimits(change.account(), account, change.id());
    }

    private void applyTransfer(Journal.Batch batch, Journal.TransferRow row) {
        Account debit = account(row.debit(), row);
        Account credit = account(row.credit(), row);
        boolean givesBack = row.kind() == VOID || row.kind() == EXPIRE;
        Violation.unless(debit.status == 0 && credit.status == 0 || givesBack && debit.status != 2 && credit.status != 2,
                "transfer %s touches an account that is frozen or closed", row.id());
        BigInteger amount = BigInteger.valueOf(row.amount());
        BigInteger released = BigInteger.valueOf(row.released());
        if (row.kind() == PENDING) {
            debit.debitsPending = debit.debitsPending.add(amount);
            credit.creditsPending = credit.creditsPending.add(amount);
            open.put(row.id(), row);
        } else {
            debit.debitsPending = debit.debitsPending.subtract(released);
            credit.creditsPending = credit.creditsPending.subtract(released);
            debit.debitsPosted = debit.debitsPosted.add(amount);
            checkLimits(row.debit(), debit, row.id());
            credit.creditsPosted = credit.creditsPosted.add(amount);
            checkRelated(batch, row, givesBack);
        }
        checkLimits(row.debit(), debit, row.id());
        checkLimits(row.credit(), credit, row.id());
    }

    private void checkRelated(Journal.Batch batch, Journal.TransferRow row, boolean givesBack) {
        if (row.kind() == POST || givesBack) {
            Journal.TransferRow pending = open.remove(row.relatesTo());
            Violation.unless(pending != null, "transfer %s ends %s, which is not open", row.id(), row.relatesTo());
            Violation.unless(pending.debit() == row.debit() && pending.credit() == row.credit() && pending.amount() == row.released()
                    && row.amount() <= pending.amount() && (!givesBack || row.amount() == 0), "transfer %s does not fit what it ends", row.id());
            Violation.unless(row.kind() != EXPIRE || pending.expiresAt() != null && pending.expiresAt() <= batch.bookedAt(),
                    "transfer %s expired too early", row.relatesTo());
        } else {
            Violation.unless(row.released() == 0, "transfer %s releases without ending anything", row.id());
        }
        if (row.kind() == REVERSAL) {
            Place original = places.get(row.relatesTo());
            Violation.unless(original != null && original.row().debit() == row.credit() && original.row().credit() == row.debit()
                    && original.row().amount() == row.amount(), "reversal %s does not mirror its original", row.id());
            Violation.unless(reversed.add(row.relatesTo()), "transfer %s was reversed twice", row.relatesTo());
        }
    }

    private Account account(long id, Journal.TransferRow row) {
        Account account = accounts.get(id);
        Violation.unless(account != null, "transfer %s touches account %d, which does not exist", row.id(), id);
        Violation.unless(account.currency.equals(row.currency()), "transfer %s is in another currency than account %d", row.id(), id);
        return account;
    }

    private static void checkLimits(long id, Account account, UUID after) {
        BigInteger none = BigInteger.valueOf(Long.MAX_VALUE);
        Violation.unless(account.maxNetDebit.equals(none)
                        || account.debitsPosted.add(account.debitsPending).subtract(account.creditsPosted).compareTo(account.maxNetDebit) <= 0,
                "account %d breaks its debit limit after %s", id, after);
        Violation.unless(account.maxNetCredit.equals(none)
                        || account.creditsPosted.add(account.creditsPending).subtract(account.debitsPosted).compareTo(account.maxNetCredit) <= 0,
                "account %d breaks its credit limit after %s", id, after);
        Violation.unless(account.debitsPending.signum() >= 0 && account.creditsPending.signum() >= 0, "account %d has negative pendings after %s", id, after);
    }

    private void checkTrialBalance() {
        Map<String, BigInteger> net = new HashMap<>();
        accounts.values().forEach(account -> net.merge(account.currency, account.debitsPosted.subtract(account.creditsPosted), BigInteger::add));
        net.forEach((currency, sum) -> Violation.unless(sum.signum() == 0, "debits and credits in %s differ by %s", currency, sum));
    }

    /** Checks what clients were told against the journal; {@link #checkJournal()} comes first. */
    void checkHistory(History history, Set<UUID> askedByOthers) {
        Map<UUID, Operation> asked = new HashMap<>();
        Map<UUID, Set<Outcome>> groups = new HashMap<>();
        for (Operation operation : history.operations()) {
            Place place = places.get(operation.id());
            asked.put(operation.id(), operation);
            switch (operation.outcome()) {
                case BOOKED -> {
                    Violation.unless(place != null, "acknowledged transfer %s is lost", operation.id());
                    Violation.unless(place.position() == operation.position() && place.debitSequence() == operation.debitSequence()
                            && place.creditSequence() == operation.creditSequence(), "transfer %s lies elsewhere than its client was told", operation.id());
                }
                case REFUSED, UNKNOWN -> { }
            }
            groups.computeIfAbsent(operation.group(), group -> new HashSet<>()).add(place == null ? Outcome.REFUSED : Outcome.BOOKED);
        }
        groups.forEach((group, outcomes) -> Violation.unless(outcomes.size() == 1, "linked group %s is booked in part", group));
        checkRefused(history);
        for (Place place : places.values()) {
            Journal.TransferRow row = place.row();
            if (row.kind() != EXPIRE && !askedByOthers.contains(row.id())) {
                Operation operation = asked.get(row.id());
                Violation.unless(operation != null, "nobody asked for transfer %s", row.id());
                Violation.unless(operation.kind() == row.kind() && (operation.debit() == 0 || operation.debit() == row.debit())
                        && (operation.credit() == 0 || operation.credit() == row.credit()) && (operation.amount() < 0 || operation.amount() == row.amount()),
                        "transfer %s is not what its client asked for", row.id());
            }
        }
        checkReadings(history);
    }

    /**
     * An id of which every attempt was refused, and none is unknown, must not be in the journal; nor one that was refused for good after
     * an unknown outcome.
     */
    private void checkRefused(History history) {
        Map<UUID, Set<Outcome>> outcomes = new HashMap<>();
        Map<UUID, Operation> last = new HashMap<>();
        history.operations().forEach(operation -> outcomes.computeIfAbsent(operation.id(), id -> new HashSet<>()).add(operation.outcome()));
        history.operations().forEach(operation -> last.put(operation.id(), operation));
        last.values().forEach(operation -> Violation.unless(operation.outcome() != Outcome.REFUSED || LATER.contains(operation.code())
                || !places.containsKey(operation.id()), "transfer %s was refused with %s and is booked", operation.id(), operation.code()));
        outcomes.forEach((id, of) -> Violation.unless(!of.equals(Set.of(Outcome.REFUSED)) || !places.containsKey(id),
                "transfer %s was refused and is booked", id));
    }

    private static void checkReadings(History history) {
        Map<String, Long> last = new HashMap<>();
        history.seen().stream().sorted(Comparator.comparingLong(History.Seen::order)).forEach(reading -> {
            Long before = last.put(reading.client() + "/" + reading.shard(), reading.sequence());
            Violation.unless(before == null || before <= reading.sequence(), "client %d saw shard %d go back from %d to %d", reading.client(),
                    reading.shard(), before == null ? 0 : before, reading.sequence());
        });
    }

    /** Checks sums that the grid shows: debits and credits posted, debits and credits pending. */
    void checkGrid(Map<Long, List<BigInteger>> shown) {
        accounts.forEach((id, account) -> Violation.unless(account.sums().equals(shown.get(id)), "account %d: the grid shows %s, the journal says %s",
                id, shown.get(id), account.sums()));
    }
}
