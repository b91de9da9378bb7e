/**
 * Transactions from files into the ledger: column mappings, account and transfer ids derived from the data, and an
 * import that can be interrupted at any point and run again. See docs/import.md.
 */
package io.partita.member.intake;
