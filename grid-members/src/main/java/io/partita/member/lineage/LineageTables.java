package io.partita.member.lineage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What only the database tells of how things hang together. Thread-safe; calls block. */
final class LineageTables {

    private static final int QUERY_SECONDS = 10;
    private static final int MOST_LINKED = 20;

    private final Jdbi jdbi;

    LineageTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A commit of the journal. @param root of the Merkle log with it, in hexadecimal */
    record Block(long batch, long position, int entries, Instant bookedAt, long term, String coordinator, String root) {
    }

    /** A shard as the journal has it. @param raisedAt when its epoch began */
    record Shard(int shard, int epoch, Instant raisedAt) {
    }

    /** Something that was done to an account. @param event 1 opened, 2 limits, 3 status */
    record Change(UUID id, long account, int event, long position, long sequence) {
    }

    /** The commit in which an entry lies. */
    Optional<Block> block(long position) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select batch, position, entries, booked_at, term, coordinator, root from ledger_batch where position <= :position order by position desc limit 1""")
                .setQueryTimeout(QUERY_SECONDS).bind("position", position).map((row, context) -> new Block(row.getLong("batch"), row.getLong("position"), row.getInt("entries"),
                        Instant.EPOCH.plus(row.getLong("booked_at"), ChronoUnit.MICROS), row.getLong("term"), row.getString("coordinator"),
                        HexFormat.of().formatHex(row.getBytes("root")))).findOne());
    }

    Optional<Shard> shard(int number) {
        return jdbi.withHandle(handle -> handle.createQuery("select shard, epoch, raised_at from ledger_epoch where shard = :shard").setQueryTimeout(QUERY_SECONDS)
                .bind("shard", number).map((row, context) -> shard(row)).findOne());
    }

    private static Shard shard(ResultSet row) throws SQLException {
        return new Shard(row.getInt("shard"), row.getInt("epoch"), row.getObject("raised_at", OffsetDateTime.class).toInstant());
    }

    /** The other transfers of a linked group. @param first position of its first one */
    List<UUID> linked(UUID id, long first, Block block) {
        return jdbi.withHandle(handle -> handle.createQuery("select id from ledger_transfer where batch = :batch and linked_to = :first and id <> :id order by index limit :most")
                .setQueryTimeout(QUERY_SECONDS).bind("batch", block.batch()).bind("first", first - block.position()).bind("id", id).bind("most", MOST_LINKED).mapTo(UUID.class).list());
    }

    Optional<Change> change(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.id, c.account, c.event, b.position + c.index as position, b.firsts[array_position(b.shards, c.shard)] + c.ordinal as sequence
                          from ledger_account_change c join ledger_batch b using (batch) where c.id = :id""")
                .setQueryTimeout(QUERY_SECONDS).bind("id", id).map((row, context) -> new Change(row.getObject("id", UUID.class), row.getLong("account"), row.getInt("event"),
                        row.getLong("position"), row.getLong("sequence"))).findOne());
    }
}
