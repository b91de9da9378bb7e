package io.partita.member.simulation;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Reading;
import io.partita.ledger.Transfer;
import java.util.ArrayList;
import java.util.List;

/** What clients asked for and what they were told. */
final class History {

    final List<Request> requests = new ArrayList<>();
    final List<Look> looks = new ArrayList<>();
    final List<Order> orders = new ArrayList<>();

    /** One group of transfers, however often it was sent. */
    static final class Request {
        final int client;
        final List<Transfer> transfers;
        /** Every answer that came, to whichever attempt. */
        final List<List<LedgerResult>> answers = new ArrayList<>();
        /** The answer that the client took for the last word; null while it has none. */
        List<LedgerResult> outcome;
        /** An attempt may have been booked without an answer. */
        boolean unknown;
        int sent;

        Request(int client, List<Transfer> transfers) {
            this.client = client;
            this.transfers = transfers;
        }

        boolean booked() {
            return outcome != null && outcome.stream().allMatch(LedgerResult::booked);
        }
    }

    /** One account command, however often it was sent. */
    static final class Order {
        final AccountCommand command;
        /** Every answer that came, to whichever attempt. */
        final List<LedgerResult> answers = new ArrayList<>();
        /** The answer that the client took for the last word; null while it has none. */
        LedgerResult outcome;
        int sent;

        Order(AccountCommand command) {
            this.command = command;
        }
    }

    /** An answer to a question about an account. */
    record Look(int client, long account, Reading reading, long seenBefore, boolean accepted) {
    }
}
