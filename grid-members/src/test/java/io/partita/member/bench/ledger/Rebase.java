package io.partita.member.bench.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.partita.ledger.LedgerNames;
import io.partita.member.bench.BenchRun;
import io.partita.member.bench.Row;
import io.partita.member.ledger.ShardLoader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** How fast shards come out of the journal when there is no checkpoint to begin with. */
final class Rebase {

    private Rebase() {
    }

    static void measure(BenchRun run, BenchPostgres postgres, String database) throws SQLException {
        try (HikariDataSource pool = postgres.pool(database, 4)) {
            long transfers;
            Map<Integer, Long> targets = new HashMap<>();
            try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
                statement.execute("delete from ledger_checkpoint");
                statement.execute("vacuum analyze ledger_transfer");
                try (ResultSet row = statement.executeQuery("select count(*) from ledger_transfer")) {
                    row.next();
                    transfers = row.getLong(1);
                }
                try (ResultSet row = statement.executeQuery("select shard, seq from ledger_shard")) {
                    while (row.next()) {
                        targets.put(row.getInt(1), row.getLong(2));
                    }
                }
            }
            ShardLoader loader = new ShardLoader(pool);
            double all = best(run, loader, targets, "re-basing all shards");
            run.row(Row.of("ledger.rebase", transfers / all, "transfers/s").reach(500_000, 2_000_000)
                    .note("all %d shards of a journal of %,d transfers, from no checkpoint, in %.2f s".formatted(LedgerNames.SHARD_COUNT, transfers, all)));
            double one = best(run, loader, Map.of(7, targets.get(7)), "re-basing one shard");
            run.row(Row.of("ledger.rebase.one", transfers / one, "transfers/s").reach(500_000, 2_000_000)
                    .note("one shard from the same journal, in %.2f s".formatted(one)));
        }
    }

    private static double best(BenchRun run, ShardLoader loader, Map<Integer, Long> targets, String what) throws SQLException {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < (run.quick() ? 2 : 5); i++) {
            run.progress(what);
            long start = System.nanoTime();
            loader.load(targets);
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best;
    }
}
