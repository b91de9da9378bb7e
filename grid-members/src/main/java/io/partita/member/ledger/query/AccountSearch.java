package io.partita.member.ledger.query;

import io.partita.ledger.Account;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Limits;
import io.partita.money.Currency;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Finds accounts by what people know of them. Pages go by ascending id, so that a page never shifts. */
final class AccountSearch {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> METADATA = new TypeReference<>() {
    };
    private static final String COLUMNS = """
            account, name, type, currency, parent, max_net_debit, max_net_credit, status, reference, metadata::text as metadata, opened_at""";

    private AccountSearch() {
    }

    static List<AccountRow> page(Handle handle, LedgerQueries.AccountFilter filter, long after, int limit) {
        StringBuilder sql = new StringBuilder("select ").append(COLUMNS).append(" from ledger_account where account > :after");
        boolean text = filter.text() != null && !filter.text().isBlank();
        if (text) {
            sql.append(" and (lower(name collate \"pg_c_utf8\") like lower(:part collate \"pg_c_utf8\") or (reference <> '' and reference like :prefix) or account = :id)");
        }
        if (filter.type() != null) {
            sql.append(" and type = :type");
        }
        if (filter.currency() != null) {
            sql.append(" and currency = :currency");
        }
        if (filter.status() != null) {
            sql.append(" and status = :status");
        }
        if (filter.parent() != null) {
            sql.append(" and parent = :parent");
        }
        Query query = handle.createQuery(sql.append(" order by account limit :limit").toString())
                .bind("after", after).bind("limit", limit);
        if (text) {
            String wanted = filter.text().strip();
            query.bind("part", "%" + literal(wanted) + "%")
                    .bind("prefix", literal(wanted) + "%").bind("id", id(wanted));
        }
        if (filter.type() != null) {
            query.bind("type", filter.type().ordinal());
        }
        if (filter.currency() != null) {
            query.bind("currency", filter.currency().code());
        }
        if (filter.status() != null) {
            query.bind("status", filter.status().ordinal());
        }
        if (filter.parent() != null) {
            query.bind("parent", filter.parent().longValue());
        }
        return query.map((rs, context) -> account(rs)).list();
    }

    static Optional<AccountRow> find(Handle handle, long account) {
        return handle.createQuery("select " + COLUMNS + " from ledger_account where account = :account")
                .bind("account", account).map((rs, context) -> account(rs)).findOne();
    }

    /** An account, and the end of the journal for its shard. */
    record AtEnd(AccountRow row, JournalPoint.End end) {
    }

    /** In one trip to the database. */
    static Optional<AtEnd> findAtEnd(Handle handle, long account) {
        return handle.createQuery("select " + JournalPoint.End.NOW + ", " + COLUMNS + " from ledger_account cross join " + JournalPoint.End.NOW_FROM + "where h.one and account = :account")
                .bind("shard", LedgerNames.shardOf(account)).bind("account", account).map((rs, context) -> new AtEnd(account(rs), JournalPoint.End.now(rs))).findOne();
    }

    /** The names of some accounts, to show beside their ids. */
    static Map<Long, String> names(Handle handle, Collection<Long> accounts) {
        if (accounts.isEmpty()) {
            return Map.of();
        }
        return handle.createQuery("select account, name from ledger_account where account = any(:accounts)").bindArray("accounts", Long.class, accounts)
                .scanResultSet((rows, context) -> {
                    try (context; ResultSet rs = rows.get()) {
                        Map<Long, String> names = new HashMap<>();
                        while (rs.next()) {
                            names.put(rs.getLong(1), rs.getString(2));
                        }
                        return names;
                    }
                });
    }

    private static AccountRow account(ResultSet rs) throws SQLException {
        Account account = new Account(rs.getLong("account"), rs.getString("name"), AccountType.values()[rs.getInt("type")],
                Currency.of(rs.getString("currency")), rs.getLong("parent"),
                new Limits(rs.getLong("max_net_debit"), rs.getLong("max_net_credit")), AccountStatus.values()[rs.getInt("status")],
                rs.getString("reference"), JSON.readValue(rs.getString("metadata"), METADATA));
        return new AccountRow(account, Micros.toInstant(rs.getLong("opened_at")));
    }

    /** Text that LIKE takes as it is. */
    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
