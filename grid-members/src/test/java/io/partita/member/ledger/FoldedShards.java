package io.partita.member.ledger;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.LedgerGateway;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Reading;
import io.partita.ledger.Side;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.JournalEntry.AccountChange;
import io.partita.ledger.journal.JournalEntry.Booking;
import io.partita.ledger.journal.JournalEntry.Seal;
import io.partita.ledger.journal.JournalEntry.ShardRange;
import io.partita.ledger.shard.Legs;
import io.partita.ledger.shard.Shard;
import io.partita.ledger.shard.ShardUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** All shards of a ledger without a grid around them, folded from journal entries; answers reads as a member would. */
public final class FoldedShards implements LedgerGateway {

    private final Shard[] shards = new Shard[LedgerNames.SHARD_COUNT];

    public FoldedShards() {
        for (int shard = 0; shard < shards.length; shard++) {
            shards[shard] = new Shard(shard);
        }
    }

    public Shard shard(int number) {
        return shards[number];
    }

    /** Applies whole batches: entries, then their seals. */
    public FoldedShards apply(List<JournalEntry> entries) {
        List<JournalEntry> batch = new ArrayList<>();
        for (JournalEntry entry : entries) {
            if (entry instanceof Seal seal) {
                seal.shards().forEach(range -> shards[range.shard()].apply(update(batch, seal, range)));
                batch.clear();
            } else {
                batch.add(entry);
            }
        }
        return this;
    }

    private static ShardUpdate update(List<JournalEntry> batch, Seal seal, ShardRange range) {
        long position = seal.position() + seal.index() + 1;
        if (batch.getFirst() instanceof AccountChange) {
            List<AccountCommand> commands = batch.stream().map(entry -> ((AccountChange) entry).command())
                    .filter(command -> LedgerNames.shardOf(command.account()) == range.shard()).toList();
            return new ShardUpdate(range.firstSequence(), position, 0, null, commands);
        }
        Legs legs = new Legs(range.count());
        for (JournalEntry entry : batch) {
            Booking booking = (Booking) entry;
            add(legs, booking, Side.DEBIT, booking.debitAccount(), range.shard());
            add(legs, booking, Side.CREDIT, booking.creditAccount(), range.shard());
        }
        return new ShardUpdate(range.firstSequence(), position, 0, legs, null);
    }

    private static void add(Legs legs, Booking booking, Side side, long account, int shard) {
        if (LedgerNames.shardOf(account) == shard) {
            legs.add(booking.kind(), side, account, booking.amount(), booking.released(), booking.currency().number(), booking.linkedTo());
            if (booking.kind() == TransferKind.PENDING) {
                legs.pending(booking.id(), booking.expiresAt());
            } else if (booking.kind().resolvesPending()) {
                legs.pending(booking.relatesTo(), JournalEntry.NO_TIME);
            }
        }
    }

    /** Stores the state of every shard that has any. */
    public FoldedShards checkpoint(DataSource database) {
        Jdbi.create(database).useTransaction(handle -> {
            for (Shard shard : shards) {
                if (shard.appliedSequence() > 0) {
                    handle.execute("insert into ledger_checkpoint (shard, seq, position, state) values (?, ?, ?, ?) on conflict do nothing",
                            shard.number(), shard.appliedSequence(), shard.appliedPosition(), shard.encoded());
                }
            }
        });
        return this;
    }

    @Override
    public CompletableFuture<List<Reading>> read(List<Long> accounts, Consistency consistency) {
        return CompletableFuture.completedFuture(accounts.stream().map(account -> {
            Shard shard = shards[LedgerNames.shardOf(account)];
            return new Reading(Optional.ofNullable(shard.balance(account)), shard.appliedSequence(), false);
        }).toList());
    }

    @Override
    public CompletableFuture<List<LedgerResult>> submit(List<List<Transfer>> groups) {
        throw new UnsupportedOperationException("Only reads");
    }

    @Override
    public CompletableFuture<List<LedgerResult>> submitAccounts(List<? extends AccountCommand> commands) {
        throw new UnsupportedOperationException("Only reads");
    }
}
