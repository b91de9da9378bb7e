package io.partita.member.drill.check;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** The journal's canonical encoding, written a second time from its description in {@code docs/proofs.md}. */
final class LeafEncoder {

    private LeafEncoder() {
    }

    static byte[] leaf(Journal.Batch batch, Journal.Row row) {
        return MerkleLog.leaf(switch (row) {
            case Journal.TransferRow transfer -> encode(batch, transfer);
            case Journal.AccountRow account -> encode(batch, account);
        });
    }

    private static byte[] encode(Journal.Batch batch, Journal.TransferRow row) {
        return bytes(out -> {
            out.writeByte(1);
            uuid(out, row.id());
            out.writeLong(batch.id());
            out.writeInt(row.index());
            out.writeByte(row.kind());
            out.writeLong(row.debit());
            out.writeLong(row.credit());
            out.writeLong(row.amount());
            out.writeLong(row.released());
            out.write(row.currency().getBytes(StandardCharsets.US_ASCII));
            uuid(out, row.relatesTo());
            out.writeInt(row.linkedTo());
            out.writeInt(row.code());
            out.writeInt(row.valueDate() == null ? Integer.MIN_VALUE : row.valueDate());
            out.writeLong(row.expiresAt() == null ? Long.MIN_VALUE : row.expiresAt());
            out.writeInt(row.debitOrdinal());
            out.writeInt(row.creditOrdinal());
            text(out, row.reference());
        });
    }

    private static byte[] encode(Journal.Batch batch, Journal.AccountRow row) {
        return bytes(out -> {
            out.writeByte(2);
            uuid(out, row.id());
            out.writeLong(batch.id());
            out.writeInt(row.index());
            out.writeInt(row.ordinal());
            out.writeLong(row.account());
            out.writeByte(row.event());
            switch (row.event()) {
                case 1 -> {
                    out.writeByte(row.type());
                    out.write(row.currency().getBytes(StandardCharsets.US_ASCII));
                    out.writeLong(row.parent());
                    out.writeLong(row.maxNetDebit());
                    out.writeLong(row.maxNetCredit());
                    out.writeByte(row.status());
                    text(out, row.name());
                    text(out, row.reference());
                    out.writeByte(row.metadata().size());
                    for (Map.Entry<String, String> fact : row.metadata().entrySet()) {
                        text(out, fact.getKey());
                        text(out, fact.getValue());
                    }
                }
                case 2 -> {
                    out.writeLong(row.maxNetDebit());
                    out.writeLong(row.maxNetCredit());
                }
                default -> out.writeByte(row.status());
            }
        });
    }

    static byte[] seal(Journal.Batch batch) {
        return MerkleLog.leaf(bytes(out -> {
            out.writeByte(3);
            out.writeLong(batch.id());
            out.writeInt(batch.entries());
            out.writeLong(batch.position());
            out.writeLong(batch.bookedAt());
            out.writeLong(batch.term());
            text(out, batch.coordinator());
            out.writeShort(batch.shards().length);
            for (int i = 0; i < batch.shards().length; i++) {
                out.writeShort(batch.shards()[i]);
                out.writeLong(batch.firsts()[i]);
                out.writeInt(batch.counts()[i]);
            }
        }));
    }

    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void uuid(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id == null ? 0 : id.getMostSignificantBits());
        out.writeLong(id == null ? 0 : id.getLeastSignificantBits());
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(utf8.length);
        out.write(utf8);
    }
}
