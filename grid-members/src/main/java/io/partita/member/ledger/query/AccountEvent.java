package io.partita.member.ledger.query;

import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.money.Currency;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What the journal says of an account itself, apart from its legs. */
sealed interface AccountEvent {

    record Opened(Currency currency, AccountType type, AccountStatus status, long parent, long maxNetDebit, long maxNetCredit)
            implements AccountEvent {
    }

    record LimitsChanged(long maxNetDebit, long maxNetCredit) implements AccountEvent {
    }

    record StatusChanged(AccountStatus status) implements AccountEvent {
    }

    /** The events of an account after a sequence and within a bound, oldest first. */
    static List<AccountEvent> of(Handle handle, long account, long after, BalanceHistory.Bound bound) {
        return handle.createQuery("""
                        select * from (
                            select c.event, c.type, c.status, c.currency, c.parent, c.max_net_debit, c.max_net_credit,
                                   b.position + c.index as position, b.firsts[array_position(b.shards, c.shard)] + c.ordinal as sequence
                              from ledger_account_change c join ledger_batch b on b.batch = c.batch
                             where c.account = :account) e
                         where position < :size and sequence > :after and sequence <= :sequence order by sequence""")
                .bind("account", account).bind("after", after).bind("size", bound.size()).bind("sequence", bound.sequence())
                .map((rs, context) -> read(rs)).list();
    }

    private static AccountEvent read(ResultSet rs) throws SQLException {
        int event = rs.getInt("event");
        return switch (event) {
            case 1 -> new Opened(Currency.of(rs.getString("currency")), AccountType.values()[rs.getInt("type")],
                    AccountStatus.values()[rs.getInt("status")], rs.getLong("parent"), rs.getLong("max_net_debit"),
                    rs.getLong("max_net_credit"));
            case 2 -> new LimitsChanged(rs.getLong("max_net_debit"), rs.getLong("max_net_credit"));
            case 3 -> new StatusChanged(AccountStatus.values()[rs.getInt("status")]);
            default -> throw new IllegalStateException("Unknown account event " + event);
        };
    }
}
