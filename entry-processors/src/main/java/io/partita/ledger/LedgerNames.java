package io.partita.ledger;

/** Names of the ledger's structures in the grid. */
public final class LedgerNames {

    /** Shard number to shard: the state machine itself. Not for clients. */
    public static final String SHARDS = "ledger-shards";
    /** Account id to {@link Balance}: the read model, for any client and for SQL. */
    public static final String BALANCES = "balances";
    /** The executor that carries clients' calls to members. */
    public static final String EXECUTOR = "ledger";
    /** How many shards there are; fixed for the life of a ledger. */
    public static final int SHARD_COUNT = 256;

    private LedgerNames() {
    }

    /** The shard of an account. */
    public static int shardOf(long account) {
        return (int) (mix(account) & (SHARD_COUNT - 1));
    }

    /** Spreads account ids, which are often consecutive, over all 64 bits (the finaliser of SplitMix64). */
    public static long mix(long account) {
        long z = account + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
