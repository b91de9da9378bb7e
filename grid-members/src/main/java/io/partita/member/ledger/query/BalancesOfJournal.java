package io.partita.member.ledger.query;

import io.partita.ledger.Balance;
import io.partita.member.ledger.JournalBalances;
import java.util.Optional;
import javax.sql.DataSource;

/** Balances as a fold of the journal. */
public final class BalancesOfJournal implements JournalBalances {

    /** So many at once at most: a member that is cut off must not take all connections to the database for it. */
    private static final int CONCURRENT = 2;

    private final Snapshots snapshots;

    /** @param database for queries, not the engine's own */
    public BalancesOfJournal(DataSource database) {
        this.snapshots = new Snapshots(database, CONCURRENT);
    }

    @Override
    public Optional<Balance> balance(long account) {
        return snapshots.read(Snapshots.INTERACTIVE, handle ->
                BalanceHistory.at(handle, account, BalanceHistory.Bound.at(JournalPoint.now(handle))));
    }
}
