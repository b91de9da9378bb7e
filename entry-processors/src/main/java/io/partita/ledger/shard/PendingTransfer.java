package io.partita.ledger.shard;

/**
 * An open pending transfer, kept in the shard of its debit account.
 *
 * @param amount    minor units set aside
 * @param expiresAt microseconds since the epoch, or {@link Long#MIN_VALUE} for never
 */
public record PendingTransfer(long amount, long expiresAt) {
}
