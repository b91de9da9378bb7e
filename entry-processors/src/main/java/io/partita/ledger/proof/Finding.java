package io.partita.ledger.proof;

/**
 * Something wrong with evidence.
 *
 * @param position position of the entry that it is about; the size for a tree head; -1 if it is about no place in the journal
 * @param what     what is wrong, for people; a whole sentence
 */
public record Finding(long position, String what) {
}
