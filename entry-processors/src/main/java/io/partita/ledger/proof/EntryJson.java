package io.partita.ledger.proof;

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
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/**
 * A journal entry in JSON: exactly what its canonical encoding holds, in words. Amounts are whole minor units, so that no
 * table of currencies stands between the text and the hash; numbers that may exceed 53 bits are texts.
 */
final class EntryJson {

    private static final String TRANSFER = "transfer";
    private static final String ACCOUNT = "account";
    private static final String SEAL = "seal";

    private EntryJson() {
    }

    /** Writes one member, named after the kind of entry. */
    static void write(JsonGenerator out, JournalEntry entry) {
        switch (entry) {
            case Booking booking -> write(out, booking);
            case AccountChange change -> write(out, change);
            case Seal seal -> write(out, seal);
        }
    }

    /** Takes the one member that {@link #write} wrote. */
    static JournalEntry read(Fields line) {
        if (line.has(TRANSFER)) {
            return booking(line.object(TRANSFER));
        }
        if (line.has(ACCOUNT)) {
            return change(line.object(ACCOUNT));
        }
        if (line.has(SEAL)) {
            return seal(line.object(SEAL));
        }
        throw new IllegalArgumentException("Neither a transfer nor an account nor a seal");
    }

    private static void write(JsonGenerator out, Booking booking) {
        out.writeObjectPropertyStart(TRANSFER);
        out.writeStringProperty("id", booking.id().toString());
        out.writeNumberProperty("batch", booking.batch());
        out.writeNumberProperty("index", booking.index());
        out.writeStringProperty("kind", booking.kind().name());
        writeLong(out, "debitAccount", booking.debitAccount());
        writeLong(out, "creditAccount", booking.creditAccount());
        writeLong(out, "amountMinor", booking.amount());
        writeLong(out, "releasedMinor", booking.released());
        out.writeStringProperty("currency", booking.currency().code());
        if (booking.relatesTo() != null) {
            out.writeStringProperty("relatesTo", booking.relatesTo().toString());
        }
        out.writeNumberProperty("linkedTo", booking.linkedTo());
        out.writeNumberProperty("code", booking.code());
        if (!booking.reference().isEmpty()) {
            out.writeStringProperty("reference", booking.reference());
        }
        if (booking.valueDate() != JournalEntry.NO_DATE) {
            out.writeStringProperty("valueDate", LocalDate.ofEpochDay(booking.valueDate()).toString());
        }
        if (booking.expiresAt() != JournalEntry.NO_TIME) {
            out.writeStringProperty("expiresAt", time(booking.expiresAt()));
        }
        out.writeNumberProperty("debitOrdinal", booking.debitOrdinal());
        out.writeNumberProperty("creditOrdinal", booking.creditOrdinal());
        out.writeEndObject();
    }

    private static Booking booking(Fields fields) {
        Booking booking = new Booking(fields.uuid("id"), fields.number("batch"), fields.integer("index"),
                fields.constant(TransferKind.class, "kind"), fields.longText("debitAccount"), fields.longText("creditAccount"),
                fields.longText("amountMinor"), fields.longText("releasedMinor"), currency(fields),
                fields.uuidOrNull("relatesTo"), fields.integer("linkedTo"), fields.integer("code"), fields.text("reference", ""),
                fields.date("valueDate", JournalEntry.NO_DATE), fields.time("expiresAt", JournalEntry.NO_TIME),
                fields.integer("debitOrdinal"), fields.integer("creditOrdinal"));
        fields.end();
        return booking;
    }

    private static void write(JsonGenerator out, AccountChange change) {
        AccountCommand command = change.command();
        out.writeObjectPropertyStart(ACCOUNT);
        out.writeStringProperty("id", command.id().toString());
        out.writeNumberProperty("batch", change.batch());
        out.writeNumberProperty("index", change.index());
        out.writeNumberProperty("ordinal", change.ordinal());
        writeLong(out, "account", command.account());
        switch (command) {
            case AccountCommand.Open open -> write(out, open.details());
            case AccountCommand.ChangeLimits limits -> writeLimits(out, limits.limits());
            case AccountCommand.ChangeStatus status -> out.writeStringProperty("status", status.status().name());
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Account details) {
        out.writeObjectPropertyStart("open");
        out.writeStringProperty("name", details.name());
        out.writeStringProperty("type", details.type().name());
        out.writeStringProperty("currency", details.currency().code());
        writeLong(out, "parent", details.parent());
        writeLimits(out, details.limits());
        out.writeStringProperty("status", details.status().name());
        out.writeStringProperty("reference", details.reference());
        out.writeObjectPropertyStart("metadata");
        details.metadata().forEach(out::writeStringProperty);
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void writeLimits(JsonGenerator out, Limits limits) {
        out.writeObjectPropertyStart("limits");
        writeLong(out, "maxNetDebit", limits.maxNetDebit());
        writeLong(out, "maxNetCredit", limits.maxNetCredit());
        out.writeEndObject();
    }

    private static AccountChange change(Fields fields) {
        UUID id = fields.uuid("id");
        long account = fields.longText("account");
        AccountCommand command;
        if (fields.has("open")) {
            command = new AccountCommand.Open(id, account(account, fields.object("open")));
        } else if (fields.has("limits")) {
            command = new AccountCommand.ChangeLimits(id, account, limits(fields));
        } else {
            command = new AccountCommand.ChangeStatus(id, account, fields.constant(AccountStatus.class, "status"));
        }
        AccountChange change = new AccountChange(fields.number("batch"), fields.integer("index"), fields.integer("ordinal"), command);
        fields.end();
        return change;
    }

    private static Account account(long id, Fields fields) {
        Map<String, String> metadata = fields.texts("metadata");
        Account account = new Account(id, fields.text("name"), fields.constant(AccountType.class, "type"),
                currency(fields), fields.longText("parent"), limits(fields), fields.constant(AccountStatus.class, "status"),
                fields.text("reference"), metadata);
        fields.end();
        return account;
    }

    private static Limits limits(Fields fields) {
        Fields limits = fields.object("limits");
        Limits read = new Limits(limits.longText("maxNetDebit"), limits.longText("maxNetCredit"));
        limits.end();
        return read;
    }

    private static void write(JsonGenerator out, Seal seal) {
        out.writeObjectPropertyStart(SEAL);
        out.writeNumberProperty("batch", seal.batch());
        out.writeNumberProperty("entries", seal.index());
        out.writeNumberProperty("position", seal.position());
        out.writeStringProperty("bookedAt", time(seal.bookedAt()));
        out.writeNumberProperty("term", seal.term());
        out.writeStringProperty("coordinator", seal.coordinator());
        out.writeArrayPropertyStart("shards");
        for (ShardRange range : seal.shards()) {
            out.writeStartArray();
            out.writeNumber(range.shard());
            out.writeNumber(range.firstSequence());
            out.writeNumber(range.count());
            out.writeEndArray();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static Seal seal(Fields fields) {
        List<ShardRange> shards = fields.numbers("shards", 3).stream().map(EntryJson::range).toList();
        Seal seal = new Seal(fields.number("batch"), fields.integer("entries"), fields.number("position"),
                fields.time("bookedAt"), fields.number("term"), fields.text("coordinator"), shards);
        fields.end();
        return seal;
    }

    private static ShardRange range(long[] row) {
        if (row[0] != (short) row[0] || row[2] != (int) row[2]) {
            throw new IllegalArgumentException("'seal.shards' has a number out of range");
        }
        return new ShardRange((int) row[0], row[1], (int) row[2]);
    }

    private static Currency currency(Fields fields) {
        return fields.convert("currency", Currency::of);
    }

    private static void writeLong(JsonGenerator out, String name, long value) {
        out.writeStringProperty(name, Long.toString(value));
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
