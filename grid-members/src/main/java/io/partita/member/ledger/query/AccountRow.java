package io.partita.member.ledger.query;

import io.partita.ledger.Account;
import java.time.Instant;

/** An account as it is now, and when it was opened. */
public record AccountRow(Account account, Instant openedAt) {

    public long id() {
        return account.id();
    }
}
