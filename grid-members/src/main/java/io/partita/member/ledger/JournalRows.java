package io.partita.member.ledger;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Limits;
import io.partita.ledger.TransferKind;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.JournalEntry.AccountChange;
import io.partita.ledger.journal.JournalEntry.Booking;
import io.partita.ledger.journal.JournalEntry.Seal;
import io.partita.ledger.journal.JournalEntry.ShardRange;
import io.partita.money.Currency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of some consecutive batches, put into journal order; and how each kind of row is an entry. Not thread-safe. */
final class JournalRows {

    static final String BATCH_COLUMNS = "batch, entries, position, booked_at, term, coordinator, shards, firsts, counts";
    static final String TRANSFER_COLUMNS = "id, batch, index, kind, debit_account, credit_account, amount, released, currency, "
            + "relates_to, linked_to, code, reference, value_date, expires_at, debit_ordinal, credit_ordinal";
    static final String CHANGE_COLUMNS = "id, batch, index, ordinal, account, event, type, status, currency, parent, "
            + "max_net_debit, max_net_credit, name, reference, metadata::text";

    private static final TransferKind[] KINDS = TransferKind.values();
    private static final AccountType[] TYPES = AccountType.values();
    private static final AccountStatus[] STATUSES = AccountStatus.values();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() { };

    /** Batch ids this close together are looked up as one range; what lies between is skipped. */
    private static final long NEIGHBOURS = 256;

    private final List<Seal> batches;
    private final Map<Long, Seal> byId;
    private final JournalEntry[] entries;
    private final long start;
    private Seal current;

    private JournalRows(List<Seal> batches) {
        this.batches = batches;
        this.start = batches.getFirst().position();
        this.entries = new JournalEntry[Math.toIntExact(end() - start)];
        this.byId = new HashMap<>(batches.size() * 2);
        batches.forEach(batch -> byId.put(batch.batch(), batch));
        this.current = batches.getFirst();
    }

    /**
     * Reads the entries of batches that follow each other in the journal.
     *
     * @param from a position that the first of the batches must hold
     */
    static JournalRows read(Handle handle, List<Seal> batches, long from) {
        requireDense(batches, from);
        JournalRows rows = new JournalRows(batches);
        String ranges = ranges(batches);
        CopyRow.forEach(handle, "select " + TRANSFER_COLUMNS + " from ledger_transfer where " + ranges,
                row -> rows.place(row, booking(row)));
        CopyRow.forEach(handle, "select " + CHANGE_COLUMNS + " from ledger_account_change where " + ranges,
                row -> rows.place(row, change(row)));
        return rows;
    }

    private static void requireDense(List<Seal> batches, long from) {
        if (batches.isEmpty() || batches.getFirst().position() > from) {
            throw new JournalDamagedException("The entry at position " + from + " is missing from the journal");
        }
        long next = batches.getFirst().position();
        for (Seal batch : batches) {
            if (batch.position() != next) {
                throw new JournalDamagedException("Batch " + batch.batch() + " begins at position " + batch.position()
                        + ", but what is before it ends at " + next);
            }
            next += batch.index() + 1L;
        }
        if (next <= from) {
            throw new JournalDamagedException("The entry at position " + from + " is missing from the journal");
        }
    }

    /** Ids of batches are drawn in blocks by several members: a few runs of neighbours, each one look into the index. */
    private static String ranges(List<Seal> batches) {
        long[] ids = batches.stream().mapToLong(Seal::batch).sorted().toArray();
        List<String> runs = new ArrayList<>();
        int first = 0;
        for (int i = 1; i <= ids.length; i++) {
            if (i == ids.length || ids[i] - ids[i - 1] > NEIGHBOURS) {
                runs.add("batch between " + ids[first] + " and " + ids[i - 1]);
                first = i;
            }
        }
        return runs.stream().collect(Collectors.joining(" or ", "(", ")"));
    }

    private void place(CopyRow row, JournalEntry entry) {
        if (entry.batch() != current.batch()) {
            Seal seal = byId.get(entry.batch());
            if (seal == null) {
                return; // Of a batch elsewhere in the journal whose id lies between two of ours.
            }
            current = seal;
        }
        if (entry.index() < 0 || entry.index() >= current.index()) {
            throw new JournalDamagedException("Batch " + entry.batch() + " of " + current.index()
                    + " entries has one with index " + entry.index());
        }
        int slot = (int) (current.position() - start) + entry.index();
        if (entries[slot] != null) {
            throw new JournalDamagedException("Two entries claim position " + (start + slot) + ", index " + entry.index()
                    + " of batch " + entry.batch());
        }
        entries[slot] = entry;
    }

    /** The position after the last batch. */
    long end() {
        Seal last = batches.getLast();
        return last.position() + last.index() + 1;
    }

    void visit(long from, long to, JournalReader.Visitor visitor) {
        for (Seal seal : batches) {
            long first = Math.max(from, seal.position());
            long last = Math.min(to, seal.position() + seal.index());
            for (long position = first; position < last; position++) {
                JournalEntry entry = entries[(int) (position - start)];
                if (entry == null) {
                    throw new JournalDamagedException("The entry at position " + position + ", index "
                            + (position - seal.position()) + " of batch " + seal.batch() + ", is missing from the journal");
                }
                visitor.entry(position, entry, seal);
            }
            long place = seal.position() + seal.index();
            if (place >= from && place < to) {
                visitor.entry(place, seal, seal);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ row to entry

    static Booking booking(CopyRow row) {
        UUID id = row.nextUuid();
        long batch = row.nextLong();
        int index = row.nextInt();
        try {
            return new Booking(id, batch, index, KINDS[row.nextShort()], row.nextLong(), row.nextLong(), row.nextLong(),
                    row.nextLong(), row.nextCurrency(), row.nextUuid(), row.nextInt(), row.nextInt(), row.nextText(""),
                    row.nextDate(JournalEntry.NO_DATE), row.nextLong(JournalEntry.NO_TIME), row.nextInt(), row.nextInt());
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new JournalDamagedException("Transfer " + id + " (index " + index + " of batch " + batch
                    + ") is not one: " + e.getMessage(), e);
        }
    }

    static AccountChange change(CopyRow row) {
        UUID id = row.nextUuid();
        long batch = row.nextLong();
        int index = row.nextInt();
        try {
            return new AccountChange(batch, index, row.nextInt(), command(row, id, row.nextLong()));
        } catch (RuntimeException e) {
            throw new JournalDamagedException("Account command " + id + " (index " + index + " of batch " + batch
                    + ") is not one: " + e.getMessage(), e);
        }
    }

    private static AccountCommand command(CopyRow row, UUID id, long account) {
        int event = row.nextShort();
        int type = row.nextShort((short) -1);
        int status = row.nextShort((short) -1);
        String currency = row.nextText(null);
        long parent = row.nextLong(0);
        long maxNetDebit = row.nextLong(Long.MAX_VALUE);
        long maxNetCredit = row.nextLong(Long.MAX_VALUE);
        String name = row.nextText("");
        String reference = row.nextText("");
        String metadata = row.nextText("{}");
        return switch (event) {
            case 1 -> new AccountCommand.Open(id, new Account(account, name, TYPES[type], Currency.of(currency), parent,
                    new Limits(maxNetDebit, maxNetCredit), STATUSES[status], reference,
                    JsonMapper.shared().readValue(metadata, TEXTS)));
            case 2 -> new AccountCommand.ChangeLimits(id, account, new Limits(maxNetDebit, maxNetCredit));
            case 3 -> new AccountCommand.ChangeStatus(id, account, STATUSES[status]);
            default -> throw new IllegalArgumentException("unknown event " + event);
        };
    }

    static Seal seal(CopyRow row) {
        long batch = row.nextLong();
        int entries = row.nextInt();
        long position = row.nextLong();
        long bookedAt = row.nextLong();
        long term = row.nextLong();
        String coordinator = row.nextText("");
        long[] shards = row.nextNumbers();
        long[] firsts = row.nextNumbers();
        long[] counts = row.nextNumbers();
        if (firsts.length != shards.length || counts.length != shards.length) {
            throw new JournalDamagedException("Batch " + batch + " names " + shards.length + " shards, " + firsts.length
                    + " first sequences and " + counts.length + " counts");
        }
        ShardRange[] ranges = new ShardRange[shards.length];
        Arrays.setAll(ranges, i -> new ShardRange((int) shards[i], firsts[i], (int) counts[i]));
        return new Seal(batch, entries, position, bookedAt, term, coordinator, List.of(ranges));
    }
}
