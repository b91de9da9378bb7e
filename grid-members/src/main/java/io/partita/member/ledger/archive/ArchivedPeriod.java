package io.partita.member.ledger.archive;

import java.time.Instant;

/**
 * A closed period of the journal in a file.
 *
 * @param from         position of its first entry
 * @param to           position after its last
 * @param file         name of the file, a bundle, in the folder of archives
 * @param bytes        size of the file
 * @param sha256       hash of the file, hex
 * @param transfers    transfers whose rows were purged
 * @param bookedUntil  booking time of the last batch
 * @param keptPendings transfers that were still pending, whose rows stayed
 * @param archivedAt   when it was done
 */
public record ArchivedPeriod(long from, long to, String file, long bytes, String sha256, long transfers, Instant bookedUntil,
                             long keptPendings, Instant archivedAt) {
}
