package io.partita.member.ledger.reconcile;

import io.partita.member.ledger.reconcile.StatementMatching.Item;
import io.partita.member.ledger.reconcile.StatementMatching.Result;
import io.partita.money.Currency;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Statements from outside and what they were matched with, in the database. Thread-safe. */
final class StatementFiles {

    private final Jdbi jdbi;

    StatementFiles(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    record NewFile(UUID file, long account, byte[] hash, String name, int tolerance, Instant at) {
    }

    record Stored(UUID file, long account, String name, int tolerance, Instant loadedAt, Instant matchedAt) {
    }

    /** An item as it is stored; {@code line} is 0 for an entry without a line, {@code date} null for a malformed line. */
    record StoredItem(int number, int line, Result result, String reason, LocalDate date, long amount, String currency, String reference,
                      String description, List<Long> positions, String detail) {
    }

    /** How many items there are of a result, reason and age; {@code age} in days, null where age does not matter. */
    record Count(Result result, String reason, String age, long items) {
    }

    Optional<UUID> find(long account, byte[] hash) {
        return jdbi.withHandle(handle -> handle.createQuery("select file from statement_file where account = :account and hash = :hash")
                .bind("account", account).bind("hash", hash).mapTo(UUID.class).findOne());
    }

    /** Stores a file, unless the same one was stored meanwhile: then that is the answer. */
    ExternalReconciliation.Loaded store(NewFile file, Currency currency, List<Item> items) {
        boolean stored = jdbi.inTransaction(handle -> {
            Timestamp at = Timestamp.from(file.at);
            boolean first = handle.execute("""
                    insert into statement_file (file, account, hash, name, tolerance, loaded_at, matched_at) values (?, ?, ?, ?, ?, ?, ?)
                    on conflict do nothing""", file.file, file.account, file.hash, file.name, file.tolerance, at, at) == 1;
            if (first) {
                insert(handle, file.file, currency, items);
            }
            return first;
        });
        return stored ? new ExternalReconciliation.Loaded(file.file, false)
                : new ExternalReconciliation.Loaded(find(file.account, file.hash).orElseThrow(), true);
    }

    void replace(UUID file, Currency currency, List<Item> items, Instant at) {
        jdbi.useTransaction(handle -> {
            handle.execute("update statement_file set matched_at = ? where file = ?", Timestamp.from(at), file);
            handle.execute("delete from statement_item where file = ?", file);
            insert(handle, file, currency, items);
        });
    }

    private static void insert(Handle handle, UUID file, Currency currency, List<Item> items) {
        PreparedBatch rows = handle.prepareBatch("""
                insert into statement_item (file, number, line, result, reason, date, amount, currency, reference, description, positions, detail)
                values (:file, :number, nullif(:line, 0), :result, :reason, cast(:date as date), :amount, :currency, :reference, :description,
                        :positions, :detail)""");
        int number = 0;
        for (Item item : items) {
            StatementLine line = item.line();
            boolean entry = line == null;
            rows.bind("file", file).bind("number", ++number).bind("line", entry ? 0 : line.line()).bind("result", item.result().name())
                    .bind("reason", item.reason()).bind("date", entry ? item.entry().date() : line.date())
                    .bind("amount", entry ? item.entry().amount() : line.amount())
                    .bind("currency", entry || line.currency() == null ? currency.code() : line.currency())
                    .bind("reference", entry ? item.entry().reference() : line.reference())
                    .bind("description", entry ? "" : line.description())
                    .bindArray("positions", Long.class, item.positions()).bind("detail", item.detail()).add();
            if (number % 5_000 == 0) {
                rows.execute();
            }
        }
        if (rows.size() > 0) {
            rows.execute();
        }
    }

    Optional<Stored> stored(UUID file) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from statement_file where file = :file").bind("file", file)
                .map((rs, context) -> stored(rs)).findOne());
    }

    /** The files of an account (0 for all), the latest first. */
    List<Stored> latest(long account, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from statement_file where :account = 0 or account = :account order by loaded_at desc limit :limit""")
                .bind("account", account).bind("limit", limit).map((rs, context) -> stored(rs)).list());
    }

    /** The lines of a file as they were read. */
    List<StatementLine> lines(UUID file) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from statement_item where file = :file and line is not null order by number")
                .bind("file", file).map((rs, context) -> {
                    StoredItem item = item(rs);
                    return item.result == Result.MALFORMED
                            ? StatementLine.malformed(item.line, StatementLine.Malformed.valueOf(item.reason), item.detail)
                            : new StatementLine(item.line, item.date, item.amount, item.currency, item.reference, item.description, null, "");
                }).list());
    }

    /** Positions of an account's entries that other files have been matched with. */
    Set<Long> matchedElsewhere(long account, UUID except) {
        return new HashSet<>(jdbi.withHandle(handle -> handle.createQuery("""
                        select unnest(i.positions) from statement_item i join statement_file f on f.file = i.file
                         where f.account = :account and f.file <> :except and i.result = 'MATCHED'""")
                .bind("account", account).bind("except", except).mapTo(Long.class).list()));
    }

    List<StoredItem> items(UUID file, Result result, int after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from statement_item where file = :file and (:result = '' or result = :result) and number > :after
                         order by number limit :limit""")
                .bind("file", file).bind("result", result == null ? "" : result.name()).bind("after", after).bind("limit", limit)
                .map((rs, context) -> item(rs)).list());
    }

    /** What a file came to; open items by age on a day. */
    List<Count> counts(UUID file, LocalDate today) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select result, reason, case when result in ('MATCHED', 'MALFORMED') then null
                                                    when :today - date <= 1 then '0-1' when :today - date <= 7 then '2-7'
                                                    when :today - date <= 30 then '8-30' else '>30' end as age, count(*)
                          from statement_item where file = :file group by 1, 2, 3 order by 1, 2, 3""")
                .bind("file", file).bind("today", today)
                .map((rs, context) -> new Count(Result.valueOf(rs.getString(1)), rs.getString(2), rs.getString(3), rs.getLong(4))).list());
    }

    private static Stored stored(ResultSet rs) throws SQLException {
        return new Stored(rs.getObject("file", UUID.class), rs.getLong("account"), rs.getString("name"), rs.getInt("tolerance"),
                rs.getTimestamp("loaded_at").toInstant(), rs.getTimestamp("matched_at").toInstant());
    }

    private static StoredItem item(ResultSet rs) throws SQLException {
        return new StoredItem(rs.getInt("number"), rs.getInt("line"), Result.valueOf(rs.getString("result")), rs.getString("reason"),
                rs.getObject("date", LocalDate.class), rs.getLong("amount"), rs.getString("currency"), rs.getString("reference"),
                rs.getString("description"), List.of((Long[]) rs.getArray("positions").getArray()), rs.getString("detail"));
    }
}
