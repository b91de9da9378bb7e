package io.partita.member.ledger.query;

import io.partita.ledger.AccountType;
import io.partita.ledger.Side;
import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A {@link Statement} on the wire. */
@Schema(name = "Statement")
record StatementAnswer(@Schema(example = "1001") String account, @Schema(example = "Ada Lovelace") String name, AccountType type,
                       @Schema(example = "EUR") String currency,
                       @Schema(description = "Beginning of the period; absent for the beginning of the ledger") Instant from,
                       @Schema(description = "End of the period, not in it; absent for now") Instant to,
                       @Schema(description = "Posted balance before the period", example = "100.00") String opening,
                       @Schema(description = "Posted balance at its end", example = "87.66") String closing,
                       @Schema(description = "Set aside at its end, and neither posted nor released", example = "0.00") String pendingTotal,
                       @Schema(description = "The shard's sequence that the closing balance reflects") long sequence,
                       @Schema(description = "Entries of the journal up to the end of the period") long size,
                       @Schema(description = "What moved money, in the order asked for") List<Line> entries,
                       @Schema(description = "What is set aside at the end of the period, newest first; at most 200") List<Line> pending,
                       @Schema(description = "Cursor of the page after this one; absent on the last") String next,
                       @Schema(description = "Cursor of the page before this one; absent on the first") String previous) {

    @Schema(name = "StatementLine")
    record Line(UUID id, TransferKind kind, Side side, @Schema(example = "12.34") String amount,
                @Schema(description = "Posted balance after it, positive on the account's normal side; absent for what is pending",
                        example = "87.66") String balance,
                @Schema(description = "The account on the other side", example = "2001") String counterparty,
                @Schema(example = "Grocer") String counterpartyName, String reference, int code, UUID relatesTo, LocalDate valueDate,
                Instant bookedAt, long position, long sequence) {

        private static Line of(Leg leg, String balance, Map<Long, String> names) {
            Currency currency = leg.currency();
            long amount = balance == null ? leg.pending() : leg.posted();
            return new Line(leg.id(), leg.kind(), leg.side(), currency.toMajor(amount).toPlainString(), balance,
                    Long.toString(leg.counterAccount()), names.get(leg.counterAccount()), leg.reference(), leg.code(), leg.relatesTo(),
                    leg.effectiveDate(), leg.bookedAt(), leg.position(), leg.sequence());
        }
    }

    static StatementAnswer of(Statement statement) {
        return new StatementAnswer(Long.toString(statement.account().id()), statement.account().name(), statement.account().type(),
                statement.account().currency().code(), statement.from(), statement.to(), statement.opening().major().toPlainString(),
                statement.closing().major().toPlainString(), statement.pendingTotal().major().toPlainString(), statement.sequence(),
                statement.size(),
                statement.entries().stream().map(entry -> Line.of(entry.leg(), entry.balance().major().toPlainString(), statement.names())).toList(),
                statement.pending().stream().map(leg -> Line.of(leg, null, statement.names())).toList(), statement.next(), statement.previous());
    }
}
