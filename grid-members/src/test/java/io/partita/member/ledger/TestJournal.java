package io.partita.member.ledger;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.JournalEntry.AccountChange;
import io.partita.ledger.journal.JournalEntry.Booking;
import io.partita.ledger.journal.JournalEntry.Seal;
import io.partita.ledger.journal.JournalEntry.ShardRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import tools.jackson.databind.json.JsonMapper;

/** Writes generated batches with plain INSERTs: what the ledger's own store writes must look the same to a reader. */
public final class TestJournal {

    private final Jdbi database;
    private final RandomJournal journal;
    private final List<JournalEntry> written = new ArrayList<>();

    public TestJournal(DataSource database, long seed) {
        this.database = Jdbi.create(database);
        this.journal = new RandomJournal(seed);
    }

    /** Everything written, in journal order: the index is the position. */
    public List<JournalEntry> entries() {
        return written;
    }

    public RandomJournal source() {
        return journal;
    }

    /** Writes batches of any size until the journal has at least this many entries. */
    public TestJournal growTo(int size) {
        database.useTransaction(handle -> {
            while (written.size() < size) {
                write(handle, journal.batch());
            }
        });
        return this;
    }

    /** Writes one batch of at least this many entries. */
    public TestJournal batch(int count) {
        database.useTransaction(handle -> write(handle, journal.batch(count)));
        return this;
    }

    private void write(Handle handle, List<JournalEntry> entries) {
        List<JournalEntry> content = entries.subList(0, entries.size() - 1);
        Seal seal = (Seal) entries.getLast();
        if (content.getFirst() instanceof Booking) {
            bookings(handle, content);
        } else {
            changes(handle, content);
        }
        seal(handle, seal);
        written.addAll(entries);
    }

    private static void bookings(Handle handle, List<JournalEntry> entries) {
        PreparedBatch rows = handle.prepareBatch("""
                insert into ledger_transfer (id, batch, debit_account, credit_account, amount, released, relates_to, expires_at,
                       index, linked_to, code, debit_ordinal, credit_ordinal, value_date, debit_shard, credit_shard, kind, currency,
                       reference)
                values (:id, :batch, :debit, :credit, :amount, :released, cast(:relates as uuid), cast(:expires as bigint), :index, :linked, :code,
                        :debitOrdinal, :creditOrdinal, cast(:valueDate as date), :debitShard, :creditShard, :kind, :currency, :reference)""");
        for (JournalEntry entry : entries) {
            Booking row = (Booking) entry;
            rows.bind("id", row.id()).bind("batch", row.batch()).bind("debit", row.debitAccount())
                    .bind("credit", row.creditAccount()).bind("amount", row.amount()).bind("released", row.released())
                    .bind("relates", row.relatesTo())
                    .bind("expires", row.expiresAt() == JournalEntry.NO_TIME ? null : (Long) row.expiresAt())
                    .bind("index", row.index()).bind("linked", row.linkedTo()).bind("code", row.code())
                    .bind("debitOrdinal", row.debitOrdinal()).bind("creditOrdinal", row.creditOrdinal())
                    .bind("valueDate", row.valueDateOrNull())
                    .bind("debitShard", LedgerNames.shardOf(row.debitAccount()))
                    .bind("creditShard", LedgerNames.shardOf(row.creditAccount()))
                    .bind("kind", row.kind().ordinal()).bind("currency", row.currency().code())
                    .bind("reference", row.reference().isEmpty() ? null : row.reference()).add();
        }
        rows.execute();
    }

    private static void changes(Handle handle, List<JournalEntry> entries) {
        for (JournalEntry entry : entries) {
            AccountChange row = (AccountChange) entry;
            var insert = handle.createUpdate("""
                            insert into ledger_account_change (id, batch, account, index, ordinal, shard, event, type, status, currency,
                                   parent, max_net_debit, max_net_credit, name, reference, metadata)
                            values (:id, :batch, :account, :index, :ordinal, :shard, :event, :type, :status, :currency, :parent,
                                    :debit, :credit, :name, :reference, cast(:metadata as jsonb))""")
                    .bind("id", row.command().id()).bind("batch", row.batch()).bind("account", row.command().account())
                    .bind("index", row.index()).bind("ordinal", row.ordinal())
                    .bind("shard", LedgerNames.shardOf(row.command().account()));
            switch (row.command()) {
                case AccountCommand.Open(var _, var account) -> insert.bind("event", 1).bind("type", account.type().ordinal())
                        .bind("status", account.status().ordinal()).bind("currency", account.currency().code())
                        .bind("parent", account.parent()).bind("debit", account.limits().maxNetDebit())
                        .bind("credit", account.limits().maxNetCredit()).bind("name", account.name())
                        .bind("reference", account.reference())
                        .bind("metadata", JsonMapper.shared().writeValueAsString(account.metadata()));
                case AccountCommand.ChangeLimits change -> nothing(insert.bind("event", 2)
                        .bind("debit", change.limits().maxNetDebit()).bind("credit", change.limits().maxNetCredit()), "status");
                case AccountCommand.ChangeStatus change -> nothing(insert.bind("event", 3)
                        .bind("status", change.status().ordinal()), "debit", "credit");
            }
            insert.execute();
        }
    }

    /** Writes {@code ledger_account} as the fold of everything written so far. */
    public TestJournal foldAccounts() {
        database.useTransaction(handle -> {
            handle.execute("delete from ledger_account");
            for (Account account : new NaiveLedger(written).accounts()) {
                handle.execute("insert into ledger_account values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), 0)", account.id(),
                        LedgerNames.shardOf(account.id()), account.type().ordinal(), account.status().ordinal(), account.currency().code(),
                        account.parent(), account.limits().maxNetDebit(), account.limits().maxNetCredit(), account.name(),
                        account.reference(), JsonMapper.shared().writeValueAsString(account.metadata()));
            }
        });
        return this;
    }

    private static void nothing(org.jdbi.v3.core.statement.Update insert, String... more) {
        for (String name : more) {
            insert.bind(name, (Integer) null);
        }
        insert.bind("type", (Integer) null).bind("parent", (Long) null)
                .bind("currency", (String) null).bind("name", (String) null)
                .bind("reference", (String) null).bind("metadata", (String) null);
    }

    private void seal(Handle handle, Seal seal) {
        handle.execute("""
                insert into ledger_batch (batch, position, entries, booked_at, term, coordinator, shards, firsts, counts, root)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", seal.batch(), seal.position(), seal.index(), seal.bookedAt(), seal.term(),
                seal.coordinator(), seal.shards().stream().map(range -> (short) range.shard()).toArray(Short[]::new),
                seal.shards().stream().map(ShardRange::firstSequence).toArray(Long[]::new),
                seal.shards().stream().map(ShardRange::count).toArray(Integer[]::new), journal.frontier().root());
        handle.execute("update ledger_head set size = ?, sequences = ?, frontier = ?, root = ?, booked_at = ?", journal.size(),
                Arrays.stream(journal.sequences()).boxed().toArray(Long[]::new), journal.frontier().encoded(),
                journal.frontier().root(), seal.bookedAt());
    }
}
