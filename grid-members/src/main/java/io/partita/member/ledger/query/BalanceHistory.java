package io.partita.member.ledger.query;

import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.shard.Shard;
import io.partita.money.Currency;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Balances at any point of the past: the latest checkpoint of the shard at or before the point, and the account's legs
 * since.
 */
final class BalanceHistory {

    private BalanceHistory() {
    }

    /** Up to where legs count: below a position, and up to a sequence of the account's shard. */
    record Bound(long size, long sequence) {

        static Bound at(JournalPoint point) {
            return new Bound(point.size(), Long.MAX_VALUE);
        }

        static Bound size(long size) {
            return new Bound(size, Long.MAX_VALUE);
        }
    }

    /** Where a fold starts: after a checkpoint, or at the beginning of the journal. */
    private record Base(Optional<Balance> balance, long sequence, long position) {
    }

    private static final Base START = new Base(Optional.empty(), 0, 0);

    /** An account's facts as its changes up to a point left them. */
    private record Facts(Currency currency, AccountType type, AccountStatus status, long parent, long maxNetDebit, long maxNetCredit) {
    }

    /** The balance at a point, or nothing if the account was not open yet. */
    static Optional<Balance> at(Handle handle, long account, Bound bound) {
        int shard = LedgerNames.shardOf(account);
        Base base = base(handle, account, shard, bound);
        return facts(handle, account, base, bound).map(facts -> {
            Sums sums = base.balance.map(Sums::of).orElse(Sums.ZERO).plus(tail(handle, account, base, bound));
            return balance(account, facts, sums, sequence(handle, shard, base.sequence, bound));
        });
    }

    /**
     * The posted balance by effective date: of the entries up to the point, those that took effect at or before the date.
     * Entries without a value date take effect on the day (UTC) of their booking. Checkpoints do not know effective
     * dates, so all entries of the account are read.
     */
    static Optional<Balance> atEffectiveDate(Handle handle, long account, Bound bound, LocalDate date) {
        int shard = LedgerNames.shardOf(account);
        Base start = START;
        Archived.requireReach(handle, shard, 0, 0);
        return facts(handle, account, start, bound).map(facts -> {
            Sums sums = handle.createQuery("""
                            select coalesce(sum(posted) filter (where side = 0), 0)::bigint,
                                   coalesce(sum(posted) filter (where side = 1), 0)::bigint
                              from ledger_leg where account = :account and position < :size and effective_date <= :date""")
                    .bind("account", account).bind("size", bound.size).bind("date", date)
                    .map((rs, context) -> new Sums(rs.getLong(1), rs.getLong(2), 0, 0)).one();
            return balance(account, facts, sums, sequence(handle, shard, 0, bound));
        });
    }

    private static Balance balance(long account, Facts facts, Sums sums, long sequence) {
        return new Balance(account, facts.currency, facts.type, facts.status, facts.parent, sums.debitsPosted(), sums.creditsPosted(),
                sums.debitsPending(), sums.creditsPending(), facts.maxNetDebit, facts.maxNetCredit, sequence);
    }

    private static Base base(Handle handle, long account, int shard, Bound bound) {
        Base base = handle.createQuery("""
                        select seq, position, state from ledger_checkpoint
                         where shard = :shard and position <= :size and seq <= :sequence order by seq desc limit 1""")
                .bind("shard", shard).bind("size", bound.size).bind("sequence", bound.sequence)
                .map((rs, context) -> new Base(Optional.ofNullable(Shard.decode(rs.getBytes(3)).balance(account)), rs.getLong(1),
                        rs.getLong(2)))
                .findOne().orElse(START);
        Archived.requireReach(handle, shard, base.sequence, base.position);
        return base;
    }

    private static Sums tail(Handle handle, long account, Base base, Bound bound) {
        Windows.Batches batches = Windows.batches(handle, base.position, bound.size);
        return handle.createQuery("""
                        select coalesce(sum(posted) filter (where side = 0), 0)::bigint,
                               coalesce(sum(posted) filter (where side = 1), 0)::bigint,
                               coalesce(sum(pending) filter (where side = 0), 0)::bigint,
                               coalesce(sum(pending) filter (where side = 1), 0)::bigint
                          from ledger_leg
                         where account = :account and batch between :first and :last
                           and position < :size and sequence > :after and sequence <= :sequence""")
                .bind("account", account).bind("first", batches.first()).bind("last", batches.last())
                .bind("size", bound.size).bind("after", base.sequence).bind("sequence", bound.sequence)
                .map((rs, context) -> new Sums(rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getLong(4))).one();
    }

    private static Optional<Facts> facts(Handle handle, long account, Base base, Bound bound) {
        Facts facts = base.balance.map(b -> new Facts(b.currency(), b.type(), b.status(), b.parent(), b.maxNetDebit(), b.maxNetCredit()))
                .orElse(null);
        for (AccountEvent event : AccountEvent.of(handle, account, base.sequence, bound)) {
            facts = switch (event) {
                case AccountEvent.Opened opened -> new Facts(opened.currency(), opened.type(), opened.status(), opened.parent(),
                        opened.maxNetDebit(), opened.maxNetCredit());
                case AccountEvent.LimitsChanged limits -> facts == null ? null : new Facts(facts.currency, facts.type, facts.status,
                        facts.parent, limits.maxNetDebit(), limits.maxNetCredit());
                case AccountEvent.StatusChanged status -> facts == null ? null : new Facts(facts.currency, facts.type, status.status(),
                        facts.parent, facts.maxNetDebit, facts.maxNetCredit);
            };
        }
        return Optional.ofNullable(facts);
    }

    /** The last sequence that the shard had been given at the bound. */
    private static long sequence(Handle handle, int shard, long atLeast, Bound bound) {
        if (bound.sequence != Long.MAX_VALUE) {
            return bound.sequence;
        }
        List<Long> head = handle.createQuery("select sequences[:shard + 1] from ledger_head where one and size <= :size")
                .bind("shard", shard).bind("size", bound.size).mapTo(Long.class).list();
        return head.isEmpty() ? Math.max(atLeast, lastSequence(handle, shard, bound.size)) : head.getFirst();
    }

    private static long lastSequence(Handle handle, int shard, long size) {
        return handle.createQuery("""
                        select firsts[array_position(shards, :shard::smallint)] + counts[array_position(shards, :shard::smallint)] - 1
                          from ledger_batch where position < :size and :shard::smallint = any(shards)
                         order by position desc limit 1""")
                .bind("shard", shard).bind("size", size).mapTo(long.class).findOne().orElse(0L);
    }
}
