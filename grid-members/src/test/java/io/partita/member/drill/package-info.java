/**
 * Breaks the ledger on purpose and checks what is left. The checker shares no code with the server: it reads client histories and
 * the database, and folds them in its own, naive way.
 */
package io.partita.member.drill;
