package io.partita.member.ledger;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountType;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Side;
import io.partita.ledger.TransferKind;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.JournalEntry.AccountChange;
import io.partita.ledger.journal.JournalEntry.Booking;
import io.partita.ledger.journal.JournalEntry.Seal;
import io.partita.ledger.journal.JournalEntry.ShardRange;
import io.partita.money.Currency;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The ledger folded from its entries as plainly as can be: lists, tree maps and big integers; the oracle of the queries. */
public final class NaiveLedger {

    /** A leg with everything that its batch gave it. */
    public record NaiveLeg(long account, long counterAccount, Side side, long sequence, long position, Instant bookedAt, Booking booking) {

        public BigInteger posted() {
            return booking.kind() == TransferKind.PENDING ? BigInteger.ZERO : BigInteger.valueOf(booking.amount());
        }

        public BigInteger pending() {
            return booking.kind() == TransferKind.PENDING ? BigInteger.valueOf(booking.amount()) : BigInteger.valueOf(-booking.released());
        }

        public LocalDate effectiveDate() {
            return booking.valueDateOrNull() != null ? booking.valueDateOrNull() : bookedAt.atZone(ZoneOffset.UTC).toLocalDate();
        }
    }

    /** An account as it is after one of its events. */
    public record NaiveEvent(long position, long sequence, Account account) {
    }

    private final List<NaiveLeg> legs = new ArrayList<>();
    private final Map<Long, List<NaiveEvent>> events = new TreeMap<>();
    private final List<Seal> seals = new ArrayList<>();

    /** @param entries the journal from its beginning: the index is the position */
    public NaiveLedger(List<JournalEntry> entries) {
        int first = 0;
        for (int position = 0; position < entries.size(); position++) {
            if (entries.get(position) instanceof Seal seal) {
                seals.add(seal);
                for (int i = first; i < position; i++) {
                    add(entries.get(i), i, seal);
                }
                first = position + 1;
            }
        }
    }

    private void add(JournalEntry entry, long position, Seal seal) {
        switch (entry) {
            case Booking booking -> {
                Instant bookedAt = time(seal);
                legs.add(new NaiveLeg(booking.debitAccount(), booking.creditAccount(), Side.DEBIT,
                        sequence(seal, booking.debitAccount(), booking.debitOrdinal()), position, bookedAt, booking));
                legs.add(new NaiveLeg(booking.creditAccount(), booking.debitAccount(), Side.CREDIT,
                        sequence(seal, booking.creditAccount(), booking.creditOrdinal()), position, bookedAt, booking));
            }
            case AccountChange change -> {
                List<NaiveEvent> known = events.computeIfAbsent(change.command().account(), id -> new ArrayList<>());
                Account account = switch (change.command()) {
                    case AccountCommand.Open open -> open.details();
                    case AccountCommand.ChangeLimits limits -> known.getLast().account().withLimits(limits.limits());
                    case AccountCommand.ChangeStatus status -> known.getLast().account().withStatus(status.status());
                };
                known.add(new NaiveEvent(position, sequence(seal, account.id(), change.ordinal()), account));
            }
            case Seal _ -> throw new IllegalStateException("A seal inside a batch");
        }
    }

    private static long sequence(Seal seal, long account, int ordinal) {
        return seal.shards().stream().filter(range -> range.shard() == LedgerNames.shardOf(account)).mapToLong(ShardRange::firstSequence)
                .findFirst().orElseThrow() + ordinal;
    }

    private static Instant time(Seal seal) {
        return Instant.EPOCH.plus(seal.bookedAt(), ChronoUnit.MICROS);
    }

    /** The accounts as they are now, by id. */
    public List<Account> accounts() {
        return events.values().stream().map(known -> known.getLast().account()).toList();
    }

    public List<NaiveLeg> legs() {
        return legs;
    }

    /** The legs of an account in the order of the journal. */
    public List<NaiveLeg> legs(long account) {
        return legs.stream().filter(leg -> leg.account() == account).toList();
    }

    /** An account as it was, or null. */
    public Account account(long id, Predicate<NaiveEvent> when) {
        return events.getOrDefault(id, List.of()).stream().filter(when).map(NaiveEvent::account).reduce((a, b) -> b).orElse(null);
    }

    /** Entries, seals included, of the batches that were booked before a time, or also at it. */
    public long size(Instant time, boolean including) {
        return seals.stream().filter(seal -> including ? !time(seal).isAfter(time) : time(seal).isBefore(time))
                .mapToLong(seal -> seal.position() + seal.index() + 1).max().orElse(0);
    }

    /** The last sequence given in a shard by the batches before a position. */
    public long sequence(int shard, long size) {
        return seals.stream().filter(seal -> seal.position() < size).flatMap(seal -> seal.shards().stream())
                .filter(range -> range.shard() == shard).mapToLong(range -> range.firstSequence() + range.count() - 1).max().orElse(0);
    }

    /** Debits posted, credits posted, debits pending, credits pending of some legs. */
    public BigInteger[] sums(List<NaiveLeg> some) {
        BigInteger[] sums = new BigInteger[4];
        Arrays.fill(sums, BigInteger.ZERO);
        for (NaiveLeg leg : some) {
            int side = leg.side().ordinal();
            sums[side] = sums[side].add(leg.posted());
            sums[2 + side] = sums[2 + side].add(leg.pending());
        }
        return sums;
    }

    /** The posted balance of some legs of one account, positive on its normal side. */
    public BigInteger posted(AccountType type, List<NaiveLeg> some) {
        BigInteger[] sums = sums(some);
        return type.normalSide() == Side.DEBIT ? sums[0].subtract(sums[1]) : sums[1].subtract(sums[0]);
    }

    /** Posted debits and credits by currency and type, of the legs below a position. */
    public Map<Currency, Map<AccountType, BigInteger[]>> trialBalance(long size) {
        Map<Currency, Map<AccountType, BigInteger[]>> totals = new TreeMap<>();
        for (NaiveLeg leg : legs) {
            if (leg.position() < size && leg.posted().signum() != 0) {
                BigInteger[] sums = totals.computeIfAbsent(leg.booking().currency(), c -> new TreeMap<>())
                        .computeIfAbsent(events.get(leg.account()).getFirst().account().type(), t -> new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO});
                sums[leg.side().ordinal()] = sums[leg.side().ordinal()].add(leg.posted());
            }
        }
        return totals;
    }

    /** The posted balance of an account and of everything below it. */
    public BigInteger rollUp(Account account) {
        BigInteger total = posted(account.type(), legs(account.id()));
        for (Account child : children(account.id())) {
            total = total.add(rollUp(child));
        }
        return total;
    }

    /** The accounts right below one, by id. */
    public List<Account> children(long parent) {
        return accounts().stream().filter(child -> child.parent() == parent).sorted(Comparator.comparingLong(Account::id)).toList();
    }
}
