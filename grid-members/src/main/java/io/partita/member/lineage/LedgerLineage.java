package io.partita.member.lineage;

import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.member.ledger.query.JournalLine;
import io.partita.member.ledger.query.LedgerQueries;
import io.partita.member.lineage.Lineage.Drawing;
import io.partita.member.lineage.Lineage.Kind;
import io.partita.member.rest.OwnAccounts;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The part of a lineage that is in the ledger: entries, their commits, shards and accounts. Thread-safe; calls block. */
final class LedgerLineage {

    private static final int SHORT_ROOT = 12;
    private static final String[] EVENTS = {"", "Opened", "Limits changed", "Status changed"};

    private final LedgerQueries queries;
    private final LineageTables tables;

    LedgerLineage(LedgerQueries queries, LineageTables tables) {
        this.queries = queries;
        this.tables = tables;
    }

    /** A transfer, if the journal has it and the caller may see it. */
    Optional<LedgerQueries.TransferWithRelated> find(UUID id) {
        try {
            return Optional.of(queries.transfer(id)).filter(found -> OwnAccounts.owns(found.transfer().debitAccount()) || OwnAccounts.owns(found.transfer().creditAccount()));
        } catch (RequestProblem problem) {
            if (problem.code().equals(RequestCode.TRANSFER_NOT_FOUND.name())) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    /** Draws a transfer with what {@link #alone} does, and the others of its linked group; the key of its node. */
    String draw(Drawing drawing, LedgerQueries.TransferWithRelated found) {
        JournalLine line = found.transfer();
        String transfer = alone(drawing, found);
        tables.block(line.position()).ifPresent(block -> tables.linked(line.id(), line.linkedTo(), block).forEach(other -> find(other).map(LedgerQueries.TransferWithRelated::transfer)
                .ifPresent(linked -> {
                    boolean before = linked.position() < line.position();
                    String node = node(drawing, linked);
                    drawing.edge(before ? node : transfer, before ? transfer : node, "linked: all or none");
                })));
        return transfer;
    }

    /** Draws a transfer with its block, its shards and accounts, what it refers to and what refers to it; the key of its node. */
    String alone(Drawing drawing, LedgerQueries.TransferWithRelated found) {
        JournalLine line = found.transfer();
        String transfer = node(drawing, line);
        block(drawing, transfer, line.position());
        account(drawing, transfer, "debit", line.debitAccount(), line.debitSequence(), line.bookedAt());
        account(drawing, transfer, "credit", line.creditAccount(), line.creditSequence(), line.bookedAt());
        if (line.relatesTo() != null) {
            find(line.relatesTo()).ifPresent(original -> drawing.edge(node(drawing, original.transfer()), transfer, words(line)));
        }
        found.related().forEach(later -> drawing.edge(transfer, node(drawing, later), words(later)));
        return transfer;
    }

    private static String words(JournalLine line) {
        return switch (line.kind()) {
            case POST_PENDING -> "posted by";
            case VOID_PENDING -> "voided by";
            case EXPIRE_PENDING -> "expired";
            case REVERSAL -> "reversed by";
            default -> "adjusted by";
        };
    }

    private static String node(Drawing drawing, JournalLine line) {
        return drawing.add(Kind.TRANSFER, line.id().toString(), line.amount().major().toPlainString() + " " + line.amount().currency().code() + ", "
                        + line.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                "Transfer " + line.id() + " from " + line.debitAccount() + " to " + line.creditAccount() + (line.reference().isEmpty() ? "" : ", reference " + line.reference()),
                line.id().toString(), line.bookedAt());
    }

    private void block(Drawing drawing, String from, long position) {
        tables.block(position).ifPresent(known -> drawing.edge(from, drawing.add(Kind.BLOCK, Long.toString(known.batch()), "Block at " + known.position(),
                "Entry " + position + " of the journal, in a commit of " + known.entries() + " under view " + known.term() + "; its Merkle root is " + known.root().substring(0, SHORT_ROOT)
                        + "\u2026", null, known.bookedAt()), "entry " + position));
    }

    private void account(Drawing drawing, String transfer, String side, long account, long sequence, Instant bookedAt) {
        if (!OwnAccounts.owns(account)) {
            return;
        }
        int number = LedgerNames.shardOf(account);
        tables.shard(number).ifPresent(shard -> {
            boolean then = !shard.raisedAt().isAfter(bookedAt);
            String key = drawing.add(Kind.SHARD, Integer.toString(number), "Shard " + number, then ? "Served under epoch " + shard.epoch() + ", as it was then"
                    : "Served under epoch " + shard.epoch() + " now; it was an earlier one then", null, null);
            drawing.edge(transfer, key, side + ", seq. " + sequence);
            drawing.edge(key, account(drawing, account), "holds");
        });
    }

    private String account(Drawing drawing, long account) {
        return drawing.add(Kind.ACCOUNT, Long.toString(account), "Account " + account, balance(account), Long.toString(account), null);
    }

    /** What the grid has now, in words. */
    private String balance(long account) {
        try {
            return queries.balance(account, 0).balance().map(LedgerLineage::words).orElse("Its balance is not known at the moment");
        } catch (RequestProblem later) {
            return "Its balance is not known at the moment";
        }
    }

    private static String words(Balance balance) {
        return "Its balance is " + balance.posted().major().toPlainString() + " " + balance.currency().code() + " at sequence " + balance.sequence();
    }

    /** Draws something that was done to an account, if there is such a thing; the key of its node. */
    Optional<String> change(Drawing drawing, UUID id) {
        return tables.change(id).filter(change -> OwnAccounts.owns(change.account())).map(change -> {
            String key = drawing.add(Kind.ACCOUNT_CHANGE, id.toString(), EVENTS[change.event()], EVENTS[change.event()] + ": account " + change.account() + ", at sequence " + change.sequence(),
                    null, null);
            block(drawing, key, change.position());
            drawing.edge(key, account(drawing, change.account()), "changed");
            return key;
        });
    }
}
