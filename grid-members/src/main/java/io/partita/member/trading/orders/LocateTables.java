package io.partita.member.trading.orders;

import io.partita.trading.risk.Locate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What was located for short sales, in PostgreSQL. Thread-safe. */
final class LocateTables {

    /** Of one account at a time. */
    static final int MOST = 1_000;

    private final Jdbi jdbi;

    LocateTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Notes one, once. */
    LocateNoted note(long account, Locate locate, String lender, long now) {
        return jdbi.inTransaction(handle -> {
            handle.execute("select 1 from trading_account where number = ? for update", account);
            Optional<Locate> before = handle.createQuery("select id, instrument, quantity, expires from trading_locate where account = :account and id = :id")
                    .bind("account", account).bind("id", locate.id()).map((row, context) -> locate(row)).findOne();
            if (before.isPresent()) {
                return before.get().equals(locate) ? LocateNoted.YES : LocateNoted.ID_REUSED;
            }
            if (handle.createQuery("select count(*) from trading_locate where account = :account and expires > :now").bind("account", account).bind("now", now)
                    .mapTo(Integer.class).one() >= MOST) {
                return LocateNoted.TOO_MANY;
            }
            handle.execute("insert into trading_locate values (?, ?, ?, ?, ?, ?)", account, locate.id(), locate.instrument(), locate.quantity(), locate.expires(), lender);
            return LocateNoted.YES;
        });
    }

    /** Those of an account that expire last; what is owed may still be of one that has expired. */
    static List<Locate> of(Handle handle, long account) {
        return handle.createQuery("select id, instrument, quantity, expires from trading_locate where account = :account order by expires desc, id desc limit :most")
                .bind("account", account).bind("most", 2 * MOST).map((row, context) -> locate(row)).list();
    }

    private static Locate locate(ResultSet row) throws SQLException {
        return new Locate(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
}
