package io.partita.ledger.remote;

import io.partita.ledger.LedgerResult;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Transfers and results on the wire: fixed fields, and a byte of flags for those that are mostly absent. */
final class TransferCodec {

    private static final TransferKind[] KINDS = TransferKind.values();
    private static final Refusal[] REFUSALS = Refusal.values();

    private static final int AMOUNT = 1;
    private static final int RELATED = 2;
    private static final int CODE = 4;
    private static final int REFERENCE = 8;
    private static final int VALUE_DATE = 16;
    private static final int EXPIRY = 32;

    private TransferCodec() {
    }

    static void writeGroups(DataOutput out, List<List<Transfer>> groups) throws IOException {
        out.writeInt(groups.size());
        for (List<Transfer> group : groups) {
            out.writeShort(group.size());
            for (Transfer transfer : group) {
                write(out, transfer);
            }
        }
    }

    static List<List<Transfer>> readGroups(DataInput in) throws IOException {
        int count = in.readInt();
        List<List<Transfer>> groups = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int legs = in.readShort();
            if (legs == 1) {
                groups.add(List.of(read(in)));
            } else {
                List<Transfer> group = new ArrayList<>(legs);
                for (int leg = 0; leg < legs; leg++) {
                    group.add(read(in));
                }
                groups.add(group);
            }
        }
        return groups;
    }

    private static void write(DataOutput out, Transfer transfer) throws IOException {
        writeId(out, transfer.id());
        out.writeByte(transfer.kind().ordinal());
        out.writeByte((transfer.amount() == null ? 0 : AMOUNT) | (transfer.relatesTo() == null ? 0 : RELATED)
                | (transfer.code() == 0 ? 0 : CODE) | (transfer.reference().isEmpty() ? 0 : REFERENCE)
                | (transfer.valueDate() == null ? 0 : VALUE_DATE) | (transfer.expiresAt() == null ? 0 : EXPIRY));
        out.writeLong(transfer.debitAccount());
        out.writeLong(transfer.creditAccount());
        if (transfer.amount() != null) {
            out.writeLong(transfer.amount().minor());
            out.writeShort(transfer.amount().currency().number());
        }
        if (transfer.relatesTo() != null) {
            writeId(out, transfer.relatesTo());
        }
        if (transfer.code() != 0) {
            out.writeInt(transfer.code());
        }
        if (!transfer.reference().isEmpty()) {
            out.writeUTF(transfer.reference());
        }
        if (transfer.valueDate() != null) {
            out.writeLong(transfer.valueDate().toEpochDay());
        }
        if (transfer.expiresAt() != null) {
            writeInstant(out, transfer.expiresAt());
        }
    }

    private static Transfer read(DataInput in) throws IOException {
        UUID id = readId(in);
        TransferKind kind = KINDS[in.readByte()];
        int flags = in.readByte();
        long debit = in.readLong();
        long credit = in.readLong();
        Money amount = (flags & AMOUNT) == 0 ? null : Money.of(in.readLong(), Currency.ofNumber(in.readShort()));
        UUID related = (flags & RELATED) == 0 ? null : readId(in);
        int code = (flags & CODE) == 0 ? 0 : in.readInt();
        String reference = (flags & REFERENCE) == 0 ? "" : in.readUTF();
        LocalDate valueDate = (flags & VALUE_DATE) == 0 ? null : LocalDate.ofEpochDay(in.readLong());
        Instant expiry = (flags & EXPIRY) == 0 ? null : readInstant(in);
        return new Transfer(id, kind, debit, credit, amount, related, code, reference, valueDate, expiry);
    }

    static void writeResults(DataOutput out, List<LedgerResult> results) throws IOException {
        out.writeInt(results.size());
        for (LedgerResult result : results) {
            writeId(out, result.id());
            switch (result) {
                case LedgerResult.Booked booked -> {
                    out.writeByte(booked.repeated() ? -2 : -1);
                    out.writeLong(booked.position());
                    out.writeLong(booked.debitSequence());
                    out.writeLong(booked.creditSequence());
                    out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, booked.bookedAt()));
                }
                case LedgerResult.Refused refused -> {
                    out.writeByte(refused.code().ordinal());
                    out.writeUTF(refused.detail());
                }
            }
        }
    }

    static List<LedgerResult> readResults(DataInput in) throws IOException {
        int count = in.readInt();
        List<LedgerResult> results = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            UUID id = readId(in);
            int kind = in.readByte();
            results.add(kind < 0
                    ? new LedgerResult.Booked(id, in.readLong(), in.readLong(), in.readLong(), Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS), kind == -2)
                    : new LedgerResult.Refused(id, REFUSALS[kind], in.readUTF()));
        }
        return results;
    }

    private static void writeInstant(DataOutput out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant readInstant(DataInput in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static void writeId(DataOutput out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static UUID readId(DataInput in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }
}
