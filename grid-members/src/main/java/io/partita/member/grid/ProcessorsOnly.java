package io.partita.member.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.MapInterceptor;
import io.partita.ledger.LedgerNames;
import io.partita.trading.TradingNames;
import java.io.Serial;
import java.util.List;

/**
 * Refuses to put into, and to remove from, the maps that hold the truth of ledger, books and accounts, whoever asks: members change them by entry processors alone, which this does not see. A
 * client that is allowed into the grid can still destroy such a map; it is then made again from PostgreSQL.
 */
final class ProcessorsOnly implements MapInterceptor {

    @Serial
    private static final long serialVersionUID = 1;

    private static final List<String> MAPS = List.of(LedgerNames.SHARDS, TradingNames.BOOKS, TradingNames.ACCOUNTS);

    static void guard(HazelcastInstance hazelcast) {
        MAPS.forEach(map -> hazelcast.getMap(map).addInterceptor(new ProcessorsOnly()));
    }

    @Override
    public Object interceptPut(Object before, Object after) {
        throw refused();
    }

    @Override
    public Object interceptRemove(Object removed) {
        throw refused();
    }

    private static UnsupportedOperationException refused() {
        return new UnsupportedOperationException("This map is changed by the members alone; use LedgerClient, TradingClient or OrderClient");
    }

    @Override
    public Object interceptGet(Object value) {
        return null;
    }

    @Override
    public void afterGet(Object value) {
        // Reading is free.
    }

    @Override
    public void afterPut(Object value) {
        // Also called for processors.
    }

    @Override
    public void afterRemove(Object value) {
        // Also called for processors.
    }

    /** All are one: Hazelcast tells interceptors apart by class and hash, and each member brings this one. */
    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProcessorsOnly;
    }
}
