package io.partita.member.ledger;

import io.partita.member.ledger.JournalLookup.FoundChange;
import io.partita.member.ledger.JournalLookup.Known;
import io.partita.member.ledger.JournalLookup.Related;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Questions that a batch on its way asks the journal, each for many ids at once. Thread-safe. */
interface Bookings {

    /** What was booked under some ids, archived transfers included. */
    Map<UUID, Known> known(Collection<UUID> ids) throws StoreException;

    /** Transfers that others relate to, by their own ids, archived ones included. */
    Map<UUID, Related> originals(Collection<UUID> ids) throws StoreException;

    /** What ended pending transfers, archived ones included, by the pending transfer's id. */
    Map<UUID, Related> endings(Collection<UUID> pendings) throws StoreException;

    /** Reversals, archived ones included, by the original's id. */
    Map<UUID, Related> reversals(Collection<UUID> originals) throws StoreException;

    /** Account commands by their ids. */
    Map<UUID, FoundChange> changes(Collection<UUID> ids) throws StoreException;
}
