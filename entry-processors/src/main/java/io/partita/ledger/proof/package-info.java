/** Evidence about the journal that stands by itself: signed tree heads, proofs and bundles, and their offline verification. */
package io.partita.ledger.proof;
