package io.partita.ledger;

/** Names of the ledger's structures in the grid. */
public final class LedgerNames {

    /** Tray number to the shards that lie in it: the state machines themselves. Not for clients. */
    public static final String SHARDS = "ledger-shards";
    /** Account id to {@link Balance}: the read model, for any client and for SQL. */
    public static final String BALANCES = "balances";
    /** The executor that carries clients' calls to members. */
    public static final String EXECUTOR = "ledger";
    /** How many shards there are; fixed for the life of a ledger. */
    public static final int SHARD_COUNT = 256;
    /**
     * Entries that the shards lie in, eight to an entry. A batch of single transfers touches a hundred shards, and a call to each of them
     * would be most of what it costs; fewer entries would leave members and cores without work of their own.
     */
    public static final int TRAY_COUNT = 32;

    private LedgerNames() {
    }

    /** The shard of an account. */
    public static int shardOf(long account) {
        return (int) (mix(account) & (SHARD_COUNT - 1));
    }

    /** The tray of a shard: its key in {@link #SHARDS}. */
    public static int trayOf(int shard) {
        return shard % TRAY_COUNT;
    }

    /** Spreads account ids, which are often consecutive, over all 64 bits (the finaliser of SplitMix64). */
    public static long mix(long account) {
        long z = account + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
