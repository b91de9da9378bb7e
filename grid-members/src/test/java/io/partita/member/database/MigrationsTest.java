package io.partita.member.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Migrations that were released are never changed, and later ones only add: members of the version before work with the tables of the next while they are replaced one after the
 * other. With a release its migrations go into {@code migrations/released.txt} ({@code sha256sum V*.sql}).
 */
class MigrationsTest {

    private static final Path FOLDER = Path.of("src/main/resources/db/migration");
    /** What the version before cannot live with. */
    private static final Pattern TAKES_AWAY = Pattern.compile("\\bdrop\\s+(?:table|column|view|function|sequence|type)\\b|\\brename\\b|\\balter\\s+column\\s+\\S+\\s+(?:set\\s+data\\s+)?type\\b"
            + "|\\bset\\s+not\\s+null\\b|(?<!\\bor\\s)\\btruncate\\b|\\badd\\s+column\\b(?:(?!\\bdefault\\b)[^;,])*\\bnot\\s+null\\b(?:(?!\\bdefault\\b)[^;,])*[;,]");
    /** As a member of the last release writes them; the number makes them others. */
    private static final String WRITES = """
            insert into ledger_account (account, shard, type, status, currency, parent, max_net_debit, max_net_credit, name, reference, metadata, opened_at)
                values (%1$d, 1, 0, 0, 'EUR', 0, 0, 0, 'Kept', 'r', '{"a": "b"}', 1);
            insert into ledger_batch (batch, position, entries, booked_at, term, coordinator, shards, firsts, counts, root)
                values (%1$d, %1$d, 1, 1, 1, 'm', '{1}', '{1}', '{2}', '\\x00');
            insert into ledger_transfer (id, batch, debit_account, credit_account, amount, released, index, linked_to, code, debit_ordinal, credit_ordinal, debit_shard, credit_shard, kind, currency)
                values (gen_random_uuid(), %1$d, %1$d, %1$d, 100, 0, 0, 0, 0, 0, 1, 1, 1, 0, 'EUR');
            insert into ledger_checkpoint (shard, seq, position, state) values (1, %1$d, %1$d, '\\x01');
            update ledger_head set size = size + 2;
            """;

    private static Map<String, String> released() throws IOException {
        Map<String, String> released = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/migrations/released.txt"))) {
            released.put(line.split(" +")[1], line.split(" +")[0]);
        }
        return released;
    }

    private static int version(String file) {
        return Integer.parseInt(file.substring(1, file.indexOf("__")));
    }

    private static int last() throws IOException {
        return released().keySet().stream().mapToInt(MigrationsTest::version).max().orElseThrow();
    }

    @Test
    void what_was_released_is_as_it_was() throws IOException, NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (Map.Entry<String, String> each : released().entrySet()) {
            assertThat(HexFormat.of().formatHex(sha256.digest(Files.readAllBytes(FOLDER.resolve(each.getKey()))))).as(each.getKey()).isEqualTo(each.getValue());
        }
    }

    static List<String> later() throws IOException {
        int last = last();
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
            assertThat(names).containsAll(released().keySet());
            return Stream.concat(Stream.of(""), names.stream().filter(name -> version(name) > last)).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("later")
    void what_is_not_released_yet_only_adds(String file) throws IOException {
        assertThat(takesAway(file.isEmpty() ? "" : Files.readString(FOLDER.resolve(file)))).as(file).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop table ledger_batch;", "alter table a drop column b;", "alter table a rename to b;", "alter table a alter column b type bigint;",
        "alter table a alter column b set not null;", "ALTER TABLE a ADD COLUMN b integer NOT NULL;", "truncate a;", "drop view v;"})
    void a_migration_that_takes_something_away_is_noticed(String sql) {
        assertThat(takesAway(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"create table a (b integer not null);", "alter table a add column b integer;", "alter table a add column b integer not null default 0;",
        "alter table a add column b integer default 0 not null;", "create index i on a (b);", "-- drop table a"})
    void one_that_adds_is_not(String sql) {
        assertThat(takesAway(sql)).isFalse();
    }

    private static boolean takesAway(String sql) {
        return TAKES_AWAY.matcher(sql.replaceAll("--[^\n]*", "").toLowerCase(Locale.ROOT)).find();
    }

    @Test
    void schema_and_data_of_the_last_release_come_to_the_next_and_its_members_go_on_writing() throws IOException {
        try (TestDatabase database = TestDatabase.empty()) {
            Flyway.configure().dataSource(database.dataSource()).target(Integer.toString(last())).load().migrate();
            Jdbi.create(database.dataSource()).useHandle(handle -> {
                handle.createScript(WRITES.formatted(1_001)).execute();
                Map<String, List<String>> columns = columns(handle);
                Map<String, String> before = digests(handle, columns);
                assertThat(before).hasSizeGreaterThan(50);

                Flyway.configure().dataSource(database.dataSource()).load().migrate();

                assertThat(digests(handle, columns)).isEqualTo(before);
                handle.createScript(WRITES.formatted(2_002)).execute();
                assertThat(digests(handle, columns)).as("written as before").isNotEqualTo(before);
            });
        }
    }

    private static Map<String, List<String>> columns(Handle handle) {
        Map<String, List<String>> columns = new TreeMap<>();
        handle.createQuery("""
                select c.table_name, string_agg(quote_ident(c.column_name), ',' order by c.ordinal_position) from information_schema.columns c
                join information_schema.tables t using (table_schema, table_name)
                where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'flyway_schema_history' group by 1""")
                .map((row, _) -> columns.put(row.getString(1), List.of(row.getString(2).split(",")))).list();
        return columns;
    }

    /** Of the rows of each table, by the columns that it had. */
    private static Map<String, String> digests(Handle handle, Map<String, List<String>> columns) {
        Map<String, String> digests = new TreeMap<>();
        columns.forEach((table, names) -> {
            String rows = "row(" + String.join(",", names) + ")::text";
            digests.put(table, handle.createQuery("select count(*) || ' ' || coalesce(md5(string_agg(" + rows + ", '' order by " + rows + ")), '') from " + table).mapTo(String.class).one());
        });
        return digests;
    }
}
