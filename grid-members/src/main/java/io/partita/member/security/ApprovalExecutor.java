package io.partita.member.security;

import io.partita.security.Approval;

/** Carries out what was approved. */
@FunctionalInterface
public interface ApprovalExecutor {

    /**
     * Carries it out. The member may die before that is written down, and then it is carried out again: so whoever does it uses the approval's id as the id of the command, or does
     * what can be done twice.
     *
     * @return what came of it, for people
     * @throws RuntimeException if it was refused: then it is over; a problem that passes (429, 503) is tried again
     */
    String carryOut(Approval approval);
}
