package io.partita.member.ledger;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Limits;
import io.partita.ledger.TransferKind;
import io.partita.ledger.journal.Frontier;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.JournalEntry.AccountChange;
import io.partita.ledger.journal.JournalEntry.Booking;
import io.partita.ledger.journal.JournalEntry.Seal;
import io.partita.ledger.journal.JournalEntry.ShardRange;
import io.partita.ledger.journal.MerkleHash;
import io.partita.money.Currency;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Batches of a journal that a ledger could have written, of all kinds of entries, from a seed. */
public final class RandomJournal {

    private static final Currency[] CURRENCIES = {Currency.of("EUR"), Currency.of("USD"), Currency.of("JPY")};

    private final Random random;
    private final List<Account> accounts = new ArrayList<>();
    private final List<Booking> open = new ArrayList<>();
    private final List<Booking> reversible = new ArrayList<>();
    private final long[] sequences = new long[LedgerNames.SHARD_COUNT];
    private final Frontier frontier = Frontier.empty();
    private long batch = 63;
    private long bookedAt = 1_790_000_000_000_000L;

    public RandomJournal(long seed) {
        random = new Random(seed);
    }

    /** Entries so far, seals included. */
    public long size() {
        return frontier.size();
    }

    /** The frontier as it is now; a copy. */
    public Frontier frontier() {
        return frontier.copy();
    }

    /** The last sequence of each shard. */
    public long[] sequences() {
        return sequences.clone();
    }

    /** The pending transfers that are open. */
    public List<Booking> openPendings() {
        return List.copyOf(open);
    }

    /** The next batch: its entries, then its seal. */
    public List<JournalEntry> batch() {
        return batch(1 + random.nextInt(random.nextInt(10) == 0 ? 120 : 12));
    }

    /** The next batch with so many entries, at least; a linked group is not cut. */
    public List<JournalEntry> batch(int count) {
        // Members draw ids in blocks, so that they do not quite follow the order of the journal.
        batch += random.nextInt(8) == 0 ? 64 - random.nextInt(40) : 1;
        boolean changes = accounts.size() < 12 || random.nextInt(8) == 0;
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        List<JournalEntry> entries = changes ? changes(count, counts) : bookings(count, counts);
        entries.add(seal(entries.size(), counts));
        entries.forEach(entry -> frontier.append(MerkleHash.ofThread().leaf(entry.encoded())));
        return entries;
    }

    private Seal seal(int count, TreeMap<Integer, Integer> counts) {
        bookedAt += random.nextInt(1_000_000);
        List<ShardRange> ranges = new ArrayList<>();
        counts.forEach((shard, given) -> {
            ranges.add(new ShardRange(shard, sequences[shard] + 1, given));
            sequences[shard] += given;
        });
        return new Seal(batch, count, frontier.size(), bookedAt, 1, "member-" + random.nextInt(3), ranges);
    }

    private List<JournalEntry> changes(int count, Map<Integer, Integer> counts) {
        List<JournalEntry> entries = new ArrayList<>();
        Set<Long> changed = new HashSet<>();
        for (int i = 0; i < count; i++) {
            AccountCommand command = accounts.size() < 12 || random.nextInt(3) == 0 ? opening() : change();
            if (changed.add(command.account())) {
                entries.add(new AccountChange(batch, entries.size(), ordinal(counts, command.account()), command));
            }
        }
        return entries;
    }

    private AccountCommand opening() {
        long id = random.nextInt(4) == 0 ? random.nextLong() >>> 1 : 1_000 + accounts.size();
        Account account = Account.of(id, "Kontoinhaber Ünï-" + accounts.size(),
                AccountType.values()[random.nextInt(5)], CURRENCIES[accounts.size() % 3]);
        if (random.nextBoolean()) {
            account = account.withReference("DE" + random.nextInt(1_000_000)).withLimits(Limits.overdraft(random.nextInt(5_000)))
                    .withMetadata(Map.of("zebra \"z\"", "1\n2", "branch", "B" + random.nextInt(9)));
        }
        Account opened = account;
        List<Account> parents = accounts.stream()
                .filter(other -> other.type() == opened.type() && other.currency() == opened.currency()).toList();
        if (!parents.isEmpty() && random.nextBoolean()) {
            account = account.withParent(parents.get(random.nextInt(parents.size())).id());
        }
        accounts.add(account);
        return AccountCommand.open(account);
    }

    private AccountCommand change() {
        Account account = accounts.get(random.nextInt(accounts.size()));
        return random.nextBoolean()
                ? new AccountCommand.ChangeLimits(id(), account.id(), new Limits(random.nextInt(9_000), Long.MAX_VALUE))
                : new AccountCommand.ChangeStatus(id(), account.id(), AccountStatus.values()[random.nextInt(2)]);
    }

    private List<JournalEntry> bookings(int count, Map<Integer, Integer> counts) {
        List<JournalEntry> entries = new ArrayList<>();
        while (entries.size() < count) {
            int first = entries.size();
            int legs = random.nextInt(6) == 0 ? 2 + random.nextInt(4) : 1;
            for (int leg = 0; leg < legs; leg++) {
                Booking booking = legs > 1 ? posting(TransferKind.POSTED, null) : booking();
                entries.add(numbered(booking, entries.size(), first, counts));
            }
        }
        for (JournalEntry entry : entries) {
            Booking booking = (Booking) entry;
            if (booking.kind() == TransferKind.PENDING) {
                open.add(booking);
            } else if (booking.kind() == TransferKind.POSTED) {
                reversible.add(booking);
            }
        }
        return entries;
    }

    private Booking booking() {
        int what = random.nextInt(10);
        if (what < 5) {
            return posting(TransferKind.POSTED, null);
        }
        if (what < 7) {
            return posting(TransferKind.PENDING, null);
        }
        if (what < 9 && !open.isEmpty()) {
            return ending(open.remove(random.nextInt(open.size())));
        }
        if (reversible.isEmpty() || random.nextBoolean()) {
            return posting(TransferKind.ADJUSTMENT, id());
        }
        Booking original = reversible.remove(random.nextInt(reversible.size()));
        return make(TransferKind.REVERSAL, original.creditAccount(), original.debitAccount(), original.amount(), 0,
                original.currency(), original.id());
    }

    private Booking posting(TransferKind kind, UUID relatesTo) {
        Account debit = accounts.get(random.nextInt(accounts.size()));
        List<Account> same = accounts.stream().filter(other -> other != debit && other.currency() == debit.currency()).toList();
        Account credit = same.get(random.nextInt(same.size()));
        return make(kind, debit.id(), credit.id(), 1 + random.nextInt(100_000), 0, debit.currency(), relatesTo);
    }

    private Booking ending(Booking pending) {
        TransferKind kind = TransferKind.values()[TransferKind.POST_PENDING.ordinal() + random.nextInt(3)];
        long amount = kind == TransferKind.POST_PENDING ? 1 + random.nextLong(pending.amount()) : 0;
        return make(kind, pending.debitAccount(), pending.creditAccount(), amount, pending.amount(), pending.currency(), pending.id());
    }

    private Booking make(TransferKind kind, long debit, long credit, long amount, long released, Currency currency, UUID relatesTo) {
        boolean plain = random.nextBoolean();
        return new Booking(id(), batch, 0, kind, debit, credit, amount, released, currency, relatesTo, 0,
                plain ? 0 : random.nextInt(1_000), plain ? "" : "Rechnung №" + random.nextInt(1_000),
                plain ? JournalEntry.NO_DATE : 20_000 + random.nextInt(1_000),
                plain || kind != TransferKind.PENDING ? JournalEntry.NO_TIME : bookedAt + random.nextInt(1_000_000), 0, 0);
    }

    private Booking numbered(Booking booking, int index, int linkedTo, Map<Integer, Integer> counts) {
        return new Booking(booking.id(), batch, index, booking.kind(), booking.debitAccount(), booking.creditAccount(),
                booking.amount(), booking.released(), booking.currency(), booking.relatesTo(), linkedTo, booking.code(),
                booking.reference(), booking.valueDate(), booking.expiresAt(), ordinal(counts, booking.debitAccount()),
                ordinal(counts, booking.creditAccount()));
    }

    private static int ordinal(Map<Integer, Integer> counts, long account) {
        return counts.merge(LedgerNames.shardOf(account), 1, Integer::sum) - 1;
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
