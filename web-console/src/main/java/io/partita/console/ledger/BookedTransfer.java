package io.partita.console.ledger;

/** What was asked for, and what the ledger made of it. */
record BookedTransfer(TransferRequest request, AccountInfo debit, AccountInfo credit, Receipt receipt) {
}
