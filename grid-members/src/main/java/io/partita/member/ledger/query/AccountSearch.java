package io.partita.member.ledger.query;

import io.partita.ledger.Account;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Limits;
import io.partita.money.Currency;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
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
            account, name, type, currency, parent, max_net_debit, max_net_credit, status, reference, metadata::text as metadata""";

    private AccountSearch() {
    }

    /**
     * What to look for; nulls and an empty text do not restrict.
     *
     * @param text part of the name (in any case), the beginning of the reference, or the id
     */
    public record Criteria(String text, AccountType type, Currency currency, AccountStatus status, Long parent) {
    }

    static List<Account> page(Handle handle, Criteria criteria, long after, int limit) {
        StringBuilder sql = new StringBuilder("select ").append(COLUMNS).append(" from ledger_account where account > :after");
        boolean text = criteria.text != null && !criteria.text.isBlank();
        if (text) {
            sql.append(" and (lower(name) like :part or (reference <> '' and reference like :prefix) or account = :id)");
        }
        if (criteria.type != null) {
            sql.append(" and type = :type");
        }
        if (criteria.currency != null) {
            sql.append(" and currency = :currency");
        }
        if (criteria.status != null) {
            sql.append(" and status = :status");
        }
        if (criteria.parent != null) {
            sql.append(" and parent = :parent");
        }
        Query query = handle.createQuery(sql.append(" order by account limit :limit").toString())
                .bind("after", after).bind("limit", limit);
        if (text) {
            String wanted = criteria.text.strip();
            query.bind("part", "%" + literal(wanted.toLowerCase(java.util.Locale.ROOT)) + "%")
                    .bind("prefix", literal(wanted) + "%").bind("id", id(wanted));
        }
        if (criteria.type != null) {
            query.bind("type", criteria.type.ordinal());
        }
        if (criteria.currency != null) {
            query.bind("currency", criteria.currency.code());
        }
        if (criteria.status != null) {
            query.bind("status", criteria.status.ordinal());
        }
        if (criteria.parent != null) {
            query.bind("parent", criteria.parent.longValue());
        }
        return query.map((rs, context) -> account(rs)).list();
    }

    static Optional<Account> find(Handle handle, long account) {
        return handle.createQuery("select " + COLUMNS + " from ledger_account where account = :account")
                .bind("account", account).map((rs, context) -> account(rs)).findOne();
    }

    /** The names of some accounts, to show beside their ids. */
    static Map<Long, String> names(Handle handle, Collection<Long> accounts) {
        if (accounts.isEmpty()) {
            return Map.of();
        }
        return handle.createQuery("select account, name from ledger_account where account = any(:accounts)")
                .bindArray("accounts", Long.class, accounts)
                .reduceRows(new java.util.HashMap<>(), (names, row) -> {
                    names.put(row.getColumn("account", Long.class), row.getColumn("name", String.class));
                    return names;
                });
    }

    private static Account account(ResultSet rs) throws SQLException {
        return new Account(rs.getLong("account"), rs.getString("name"), AccountType.values()[rs.getInt("type")],
                Currency.of(rs.getString("currency")), rs.getLong("parent"),
                new Limits(rs.getLong("max_net_debit"), rs.getLong("max_net_credit")), AccountStatus.values()[rs.getInt("status")],
                rs.getString("reference"), JSON.readValue(rs.getString("metadata"), METADATA));
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
