package io.partita.member.ledger.query;

import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** A level of the chart of accounts on the wire. */
@Schema(name = "Chart")
record ChartAnswer(@Schema(description = "Entries of the journal that the sums reflect") long size, Instant bookedAt, List<Node> accounts,
                   @Schema(description = "Give it as after for the next page; absent on the last") String next) {

    /** An account with its own balance and that of everything below it, positive on its normal side. */
    @Schema(name = "ChartAccount")
    record Node(String id, String name, AccountType type, String currency, AccountStatus status, String parent,
                @Schema(description = "Its own posted balance", example = "10.00") String own,
                @Schema(description = "With everything below it", example = "1250.00") String total,
                @Schema(description = "Accounts below it, at any depth") int descendants) {
    }

    static ChartAnswer of(LedgerQueries.ChartPage page) {
        return new ChartAnswer(page.size(), page.bookedAt(), page.nodes().stream().map(ChartAnswer::node).toList(),
                page.next() == null ? null : Long.toString(page.next()));
    }

    private static Node node(LedgerQueries.ChartNode node) {
        var account = node.account();
        return new Node(Long.toString(account.id()), account.name(), account.type(), account.currency().code(), account.status(),
                account.parent() == 0 ? null : Long.toString(account.parent()), node.own().major().toPlainString(),
                node.total().toPlainString(), node.descendants());
    }
}
