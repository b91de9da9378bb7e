package io.partita.member.ledger.reconcile;

import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.money.Currency;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** The changes of accounts in the journal. */
final class Changes {

    private Changes() {
    }

    /** All changes of one account, as of now. */
    static AccountFold now(Handle handle, long account) {
        AccountFold fold = new AccountFold(account, 1);
        handle.createQuery("""
                        select c.event, c.type, c.status, c.currency, c.parent, c.max_net_debit, c.max_net_credit,
                               b.firsts[array_position(b.shards, c.shard)] + c.ordinal as sequence
                          from ledger_account_change c join ledger_batch b on b.batch = c.batch
                         where c.account = :account order by b.position, c.index""")
                .bind("account", account).map((rs, context) -> read(rs)).list().forEach(fold::add);
        return fold;
    }

    /** A row with event, sequence and the columns of the change. */
    static AccountFold.Change read(ResultSet rs) throws SQLException {
        int event = rs.getInt("event");
        boolean opens = event == 1;
        return new AccountFold.Change(rs.getLong("sequence"), opens ? AccountType.values()[rs.getInt("type")] : null,
                opens ? Currency.of(rs.getString("currency")) : null, opens ? rs.getLong("parent") : 0,
                event != 2 ? AccountStatus.values()[rs.getInt("status")] : null, event != 3 ? rs.getLong("max_net_debit") : -1,
                event != 3 ? rs.getLong("max_net_credit") : -1);
    }
}
