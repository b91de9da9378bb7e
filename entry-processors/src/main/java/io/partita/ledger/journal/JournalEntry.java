package io.partita.ledger.journal;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * One entry of the journal. Entries have a position in the whole journal, which is their leaf index in the Merkle log,
 * and one canonical encoding (big-endian, fixed fields first), whose hash is the leaf. Whatever is stored of an entry is
 * in the encoding, so a change of any stored value changes the hash.
 *
 * <p>A batch is what one commit wrote: its entries, in order, then one {@link Seal} that binds the batch to its place:
 * booking time, position and the shard sequences that it was given. Immutable and safe for use by any thread.
 */
public sealed interface JournalEntry {

    /** Largest canonical encoding of any entry, in bytes; a bound for buffers. */
    int MAX_ENCODED = 32 * 1024;

    /** Stands for "none" in optional time fields. */
    long NO_TIME = Long.MIN_VALUE;
    /** Stands for "none" in optional date fields. */
    int NO_DATE = Integer.MIN_VALUE;

    long batch();

    /** Place within the batch, from 0. */
    int index();

    /** Writes the canonical encoding. */
    void encode(ByteBuffer out);

    /** The canonical encoding. */
    default byte[] encoded() {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_ENCODED);
        encode(buffer);
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    /**
     * A transfer: both legs in one entry.
     *
     * @param amount        minor units that move now (posted) or are set aside (pending); 0 when voided or expired
     * @param released      minor units that leave the pending sums; 0 for kinds that end no pending transfer
     * @param relatesTo     related transfer, or null
     * @param linkedTo      index within the batch of the first leg of its linked group; its own index if not linked
     * @param valueDate     effective date as epoch day, or {@link #NO_DATE}
     * @param expiresAt     microseconds since the epoch, or {@link #NO_TIME}
     * @param debitOrdinal  the debit leg's shard sequence is the batch's first sequence of that shard plus this
     * @param creditOrdinal the credit leg's likewise
     */
    record Booking(UUID id, long batch, int index, TransferKind kind, long debitAccount, long creditAccount, long amount,
                   long released, Currency currency, UUID relatesTo, int linkedTo, int code, String reference,
                   int valueDate, long expiresAt, int debitOrdinal, int creditOrdinal) implements JournalEntry {

        @Override
        public void encode(ByteBuffer out) {
            out.put((byte) 1);
            put(out, id);
            out.putLong(batch).putInt(index).put((byte) kind.ordinal());
            out.putLong(debitAccount).putLong(creditAccount).putLong(amount).putLong(released);
            putCode(out, currency);
            put(out, relatesTo);
            out.putInt(linkedTo).putInt(code).putInt(valueDate).putLong(expiresAt);
            out.putInt(debitOrdinal).putInt(creditOrdinal);
            put(out, reference);
        }

        /** The effective date, or null for the booking date. */
        public LocalDate valueDateOrNull() {
            return valueDate == NO_DATE ? null : LocalDate.ofEpochDay(valueDate);
        }
    }

    /**
     * An account opened or changed.
     *
     * @param ordinal its shard sequence is the batch's first sequence of that shard plus this
     */
    record AccountChange(long batch, int index, int ordinal, AccountCommand command) implements JournalEntry {

        @Override
        public void encode(ByteBuffer out) {
            out.put((byte) 2);
            put(out, command.id());
            out.putLong(batch).putInt(index).putInt(ordinal).putLong(command.account());
            switch (command) {
                case AccountCommand.Open open -> {
                    Account details = open.details();
                    out.put((byte) 1).put((byte) details.type().ordinal());
                    putCode(out, details.currency());
                    out.putLong(details.parent());
                    out.putLong(details.limits().maxNetDebit()).putLong(details.limits().maxNetCredit());
                    out.put((byte) details.status().ordinal());
                    put(out, details.name());
                    put(out, details.reference());
                    out.put((byte) details.metadata().size());
                    details.metadata().forEach((key, value) -> {
                        put(out, key);
                        put(out, value);
                    });
                }
                case AccountCommand.ChangeLimits change -> out.put((byte) 2)
                        .putLong(change.limits().maxNetDebit()).putLong(change.limits().maxNetCredit());
                case AccountCommand.ChangeStatus change -> out.put((byte) 3).put((byte) change.status().ordinal());
            }
        }
    }

    /**
     * The end of a batch.
     *
     * @param index       number of entries before it in the batch
     * @param position    position of the batch's first entry
     * @param bookedAt    booking time of the whole batch, microseconds since the epoch
     * @param term        term of the view under which it was committed
     * @param coordinator the member that committed it
     * @param shards      what each touched shard was given, by ascending shard number
     */
    record Seal(long batch, int index, long position, long bookedAt, long term, String coordinator,
                List<ShardRange> shards) implements JournalEntry {

        public Seal {
            shards = List.copyOf(shards);
        }

        @Override
        public void encode(ByteBuffer out) {
            out.put((byte) 3);
            out.putLong(batch).putInt(index).putLong(position).putLong(bookedAt).putLong(term);
            put(out, coordinator);
            out.putShort((short) shards.size());
            for (ShardRange range : shards) {
                out.putShort((short) range.shard()).putLong(range.firstSequence()).putInt(range.count());
            }
        }
    }

    /** The dense run of sequences that a batch was given in one shard. */
    record ShardRange(int shard, long firstSequence, int count) {
    }

    private static void put(ByteBuffer out, UUID id) {
        out.putLong(id == null ? 0 : id.getMostSignificantBits()).putLong(id == null ? 0 : id.getLeastSignificantBits());
    }

    private static void put(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) bytes.length).put(bytes);
    }

    private static void putCode(ByteBuffer out, Currency currency) {
        String code = currency.code();
        out.put((byte) code.charAt(0)).put((byte) code.charAt(1)).put((byte) code.charAt(2));
    }
}
