package io.partita.member.demo;

import io.partita.ledger.Account;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What the demo world has to know of the journal before it begins. Thread-safe. */
final class DemoLedger {

    private final Jdbi database;

    DemoLedger(Jdbi database) {
        this.database = database;
    }

    /** Whether the ledger is empty, or was begun by the demo world: its first account is then the demo bank's. */
    boolean isEmptyOrOf(DemoBank bank) {
        Account first = bank.levels().getFirst().getFirst();
        return database.withHandle(handle -> handle
                .createQuery("select (select size from ledger_head) = 0"
                        + " or exists (select from ledger_account where account = :account and name = :name)")
                .bind("account", first.id()).bind("name", first.name()).mapTo(Boolean.class).one());
    }

    boolean hasTransfer(UUID id) {
        return database.withHandle(handle -> handle.createQuery("select exists (select from ledger_transfer where id = :id)")
                .bind("id", id).mapTo(Boolean.class).one());
    }
}
