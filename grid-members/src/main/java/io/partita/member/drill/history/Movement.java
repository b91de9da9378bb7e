package io.partita.member.drill.history;

import java.util.Objects;
import java.util.UUID;

/**
 * A transfer as it is asked for.
 *
 * @param kind      as the journal numbers them: 0 posted, 1 pending, 2 post, 3 void, 5 reversal
 * @param debit     account, or 0 where the request leaves it to the related transfer
 * @param credit    likewise
 * @param amount    minor units; -1 likewise
 * @param relatesTo null for none
 */
public record Movement(UUID id, int kind, long debit, long credit, long amount, UUID relatesTo) {

    public static final int POSTED = 0;
    public static final int PENDING = 1;
    public static final int POST = 2;
    public static final int VOID = 3;
    /** Written by the ledger itself when the time of a pending transfer has come. */
    public static final int EXPIRE = 4;
    public static final int REVERSAL = 5;

    public Movement {
        Objects.requireNonNull(id, "id");
    }

    @Override
    public String toString() {
        return "%s %s debit %d credit %d amount %s%s".formatted(name(kind), id, debit, credit, amount < 0 ? "-" : amount,
                relatesTo == null ? "" : " of " + relatesTo);
    }

    /** The kind in words. */
    public static String name(int kind) {
        return switch (kind) {
            case POSTED -> "posted";
            case PENDING -> "pending";
            case POST -> "post";
            case VOID -> "void";
            case EXPIRE -> "expire";
            case REVERSAL -> "reversal";
            default -> "kind " + kind;
        };
    }
}
