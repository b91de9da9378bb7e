package io.partita.member.ledger.rest;

import io.partita.ledger.Account;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Limits;
import io.partita.money.Currency;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Accounts as the database describes them. */
@Component
public final class AccountRows {

    /** The columns of {@code ledger_account} that {@link #read} needs. */
    public static final String COLUMNS = "account, type, status, currency, parent, max_net_debit, max_net_credit, name, reference, "
            + "metadata, opened_at";

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {
    };

    private final Jdbi jdbi;
    private final JsonMapper json;

    AccountRows(Jdbi jdbi, JsonMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /**
     * An account and when it was opened.
     *
     * @param openedAt to the microsecond
     */
    public record Row(Account account, Instant openedAt) {
    }

    public Optional<Row> find(long account) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + " from ledger_account where account = :account")
                .bind("account", account).map((row, context) -> read(row)).findOne());
    }

    /** Reads a row that has at least {@link #COLUMNS}. */
    public Row read(ResultSet row) throws SQLException {
        Account account = new Account(row.getLong("account"), row.getString("name"), AccountType.values()[row.getInt("type")],
                Currency.of(row.getString("currency")), row.getLong("parent"),
                new Limits(row.getLong("max_net_debit"), row.getLong("max_net_credit")),
                AccountStatus.values()[row.getInt("status")], row.getString("reference"),
                json.readValue(row.getString("metadata"), TEXTS));
        return new Row(account, Instant.EPOCH.plus(row.getLong("opened_at"), ChronoUnit.MICROS));
    }
}
