package io.partita.member.bench.ledger;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.member.bench.BenchRun;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A figure counts only if the books are right: what was acknowledged is in the journal, once, and nothing else is; each account's
 * balance in the grid is the fold of its journal; and all debits are all credits.
 */
public final class JournalCheck {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private JournalCheck() {
    }

    public static void check(BenchRun run, BenchPostgres postgres, String database, HazelcastInstance client, long acknowledged) throws SQLException {
        run.progress("checking the books");
        Map<Long, long[]> fold = new HashMap<>();
        long journal;
        try (Connection connection = DriverManager.getConnection(postgres.url(database), postgres.user(), "");
             Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("select count(*) from ledger_transfer")) {
                row.next();
                journal = row.getLong(1);
            }
            try (ResultSet row = statement.executeQuery("""
                    select account, sum(debit)::bigint, sum(credit)::bigint from (
                      select debit_account as account, amount as debit, 0 as credit from ledger_transfer union all
                      select credit_account, 0, amount from ledger_transfer) legs group by account""")) {
                while (row.next()) {
                    fold.put(row.getLong(1), new long[]{row.getLong(2), row.getLong(3)});
                }
            }
        }
        if (journal != acknowledged) {
            throw new IllegalStateException("The journal has %,d transfers, but %,d were acknowledged".formatted(journal, acknowledged));
        }
        IMap<Long, Balance> balances = client.getMap(LedgerNames.BALANCES);
        long end = System.nanoTime() + PATIENCE;
        while (!settled(fold, balances.getAll(fold.keySet()))) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The balances in the grid are not the fold of the journal");
            }
            LockSupport.parkNanos(200_000_000);
        }
        run.setting("Books of " + database, "%,d transfers acknowledged = journal rows; %,d balances = fold of the journal; trial balance 0"
                .formatted(journal, fold.size()));
    }

    private static boolean settled(Map<Long, long[]> fold, Map<Long, Balance> balances) {
        long debits = 0;
        long credits = 0;
        for (Map.Entry<Long, long[]> entry : fold.entrySet()) {
            Balance balance = balances.get(entry.getKey());
            if (balance == null || balance.debitsPosted() != entry.getValue()[0] || balance.creditsPosted() != entry.getValue()[1]) {
                return false;
            }
            debits += balance.debitsPosted();
            credits += balance.creditsPosted();
        }
        return debits == credits;
    }
}
