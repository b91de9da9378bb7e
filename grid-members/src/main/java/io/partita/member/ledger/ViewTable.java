package io.partita.member.ledger;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/** The view as it is stored; each change is one compare-and-set on its term. */
interface ViewTable {

    /** A view as it stands in the database. @param since when it became the view; null if nobody can tell */
    record View(long term, Set<String> members, Instant leaseUntil, Instant since) {

        static final View NONE = new View(0, Set.of(), null, null);

        /** Whether a cluster holds a majority of this view, and may replace it before the lease has run out. */
        boolean hasMajority(Collection<String> cluster) {
            return kept(cluster) * 2 > members.size();
        }

        /** How many of the view's members a cluster has. */
        long kept(Collection<String> cluster) {
            return members.stream().filter(cluster::contains).count();
        }
    }

    /** The view, or null if there has never been one. */
    View read() throws SQLException;

    /** Stores the first view, unless somebody has. */
    void create(Collection<String> members) throws SQLException;

    /** Extends the lease of the view with this term, if it is still the view. */
    void renew(long term) throws SQLException;

    /** Replaces the view with this term: at once if that may be, else if its lease has run out. False if it was not replaced. */
    boolean replace(long term, Collection<String> members, boolean atOnce) throws SQLException;

    /** Ends the lease of the view with this term, if it has this member alone. */
    void resign(long term, String member) throws SQLException;
}
