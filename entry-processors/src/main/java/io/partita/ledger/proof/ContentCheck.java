package io.partita.ledger.proof;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.TransferKind;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.JournalEntry.AccountChange;
import io.partita.ledger.journal.JournalEntry.Booking;
import io.partita.ledger.journal.JournalEntry.Seal;
import io.partita.money.Currency;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Checks what entries say: ids used once, both legs of one currency and amount, pending transfers ended as they were
 * begun. What began before the bundle is unknown and taken as it is. Not thread-safe.
 */
final class ContentCheck {

    private final Findings findings;
    private boolean fromTheBeginning;
    private final IdSet ids = new IdSet();
    private final Map<Long, Currency> accounts = new HashMap<>();
    private final Map<UUID, Booking> pendings = new HashMap<>();
    private final Map<Currency, BigInteger> volume = new TreeMap<>();
    private long transfers;
    private long changes;

    ContentCheck(Findings findings, boolean fromTheBeginning) {
        this.findings = findings;
        this.fromTheBeginning = fromTheBeginning;
    }

    /** Entries were lost or cannot be trusted: from here on, what is unknown may have been in them. */
    void lost() {
        fromTheBeginning = false;
    }

    long transfers() {
        return transfers;
    }

    long changes() {
        return changes;
    }

    Map<Currency, BigInteger> volume() {
        return volume;
    }

    void entry(long position, JournalEntry entry) {
        switch (entry) {
            case Booking booking -> {
                transfers++;
                unique(position, booking.id());
                transfer(position, booking);
            }
            case AccountChange change -> {
                changes++;
                unique(position, change.command().id());
                if (change.command() instanceof AccountCommand.Open open
                        && accounts.put(open.account(), open.details().currency()) != null) {
                    findings.add(position, "Account %d is opened a second time at position %d.", open.account(), position);
                }
            }
            case Seal _ -> { }
        }
    }

    private void unique(long position, UUID id) {
        if (!ids.add(id)) {
            findings.add(position, "The id %s is used a second time at position %d.", id, position);
        }
    }

    private void transfer(long position, Booking booking) {
        if (booking.debitAccount() == booking.creditAccount()) {
            findings.add(position, "The transfer at position %d debits and credits the same account.", position);
        }
        if (booking.amount() < 0 || booking.released() < 0 || booking.amount() == 0 && !booking.kind().resolvesPending()) {
            findings.add(position, "The transfer at position %d is of no positive amount.", position);
        }
        account(position, booking.debitAccount(), booking.currency());
        account(position, booking.creditAccount(), booking.currency());
        if (booking.kind() == TransferKind.PENDING) {
            pendings.put(booking.id(), booking);
            return;
        }
        volume.merge(booking.currency(), BigInteger.valueOf(booking.amount()), BigInteger::add);
        if (booking.kind().resolvesPending()) {
            ending(position, booking);
        }
    }

    /** Debits equal credits in each currency because each transfer books one amount on two accounts of its currency. */
    private void account(long position, long account, Currency currency) {
        Currency known = accounts.get(account);
        if (known == null && fromTheBeginning) {
            findings.add(position, "The transfer at position %d books on account %d, which was not opened.", position, account);
        } else if (known != null && known != currency) {
            findings.add(position, "The transfer at position %d books %s on account %d, which holds %s.", position, currency, account, known);
        }
    }

    private void ending(long position, Booking booking) {
        Booking pending = booking.relatesTo() == null ? null : pendings.remove(booking.relatesTo());
        if (pending == null) {
            if (fromTheBeginning) {
                findings.add(position, "The transfer at position %d ends a pending one that is not open.", position);
            }
            return;
        }
        if (pending.debitAccount() != booking.debitAccount() || pending.creditAccount() != booking.creditAccount()
                || pending.amount() != booking.released() || booking.amount() > booking.released()) {
            findings.add(position, "The transfer at position %d does not end the pending one as it was begun.", position);
        }
    }
}
