package io.partita.member.ledger;

import io.partita.member.ledger.JournalLookup.Found;
import io.partita.member.ledger.JournalLookup.FoundChange;
import io.partita.member.ledger.JournalLookup.Known;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Questions that a batch on its way asks the journal, each for many ids at once. Thread-safe. */
interface Bookings {

    /** What was booked under some ids, archived transfers included. */
    Map<UUID, Known> known(Collection<UUID> ids) throws StoreException;

    /** Transfers by their own ids. */
    Map<UUID, Found> byId(Collection<UUID> ids) throws StoreException;

    /** What ended pending transfers, by the pending transfer's id. */
    Map<UUID, Found> endings(Collection<UUID> pendings) throws StoreException;

    /** Reversals, by the original's id. */
    Map<UUID, Found> reversals(Collection<UUID> originals) throws StoreException;

    /** Account commands by their ids. */
    Map<UUID, FoundChange> changes(Collection<UUID> ids) throws StoreException;
}
