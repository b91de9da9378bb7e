package io.partita.member.ledger;

import java.util.List;

/** The cluster as this member knows it. Thread-safe. */
interface Cluster {

    /** This member's id. It gets another one when it joins a cluster again after a split. */
    String self();

    /** Ids of all members, the oldest first. */
    List<String> members();

    /** The fewest members that may write; fewer ones do not ask for the view, since they would only keep it from those who may. */
    default int quorum() {
        return 1;
    }

    /** Whether so many members as are needed to write have been heard of just now: the list above still has those that were lost lately. */
    default boolean hearsQuorum() {
        return members().size() >= quorum();
    }
}
