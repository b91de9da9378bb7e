package io.partita.member.intake;

import io.partita.ledger.LedgerClient;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Rows that travel together. Used by one thread. */
final class ImportBatch {

    /** One row on its way: refused when it has a code, settled when it has a code or was booked. */
    static final class Item {

        final CsvRow row;
        final MappedRow mapped;
        private String code;
        private String detail;
        private boolean booked;
        private boolean before;

        Item(CsvRow row, MappedRow mapped) {
            this.row = row;
            this.mapped = mapped;
        }

        void refuse(String newCode, String newDetail) {
            code = newCode;
            detail = newDetail;
        }

        boolean settled() {
            return booked || code != null;
        }

        boolean booked() {
            return booked;
        }

        /** Whether it was in the journal before it was sent. */
        boolean before() {
            return before;
        }

        String code() {
            return code;
        }

        String detail() {
            return detail;
        }

        /** Takes the ledger's answer for its legs; the row stays unsettled if it is to be sent again. */
        private void answer(List<LedgerResult> legs) {
            if (legs.stream().allMatch(LedgerResult::booked)) {
                booked = true;
                before = legs.getFirst() instanceof LedgerResult.Booked first && first.repeated();
                return;
            }
            LedgerResult.Refused refused = cause(legs);
            detail = refused.detail();
            code = refused.code().retryable() ? null : refused.code().name();
        }

        /** The leg that was refused for a reason of its own. */
        private static LedgerResult.Refused cause(List<LedgerResult> legs) {
            List<LedgerResult.Refused> refused = legs.stream().filter(LedgerResult.Refused.class::isInstance)
                    .map(LedgerResult.Refused.class::cast).toList();
            return refused.stream().filter(leg -> leg.code() != Refusal.LINKED_FAILED).findFirst()
                    .orElse(refused.getFirst());
        }
    }

    private record Sent(List<Item> items, CompletableFuture<List<LedgerResult>> results, int legs) {
    }

    private final List<Item> items;
    private final ImportIds ids;
    private final RowMapper mapper;
    private final List<Sent> sent = new ArrayList<>();

    ImportBatch(List<Item> items, ImportIds ids, RowMapper mapper) {
        this.items = items;
        this.ids = ids;
        this.mapper = mapper;
    }

    List<Item> items() {
        return items;
    }

    long lastLine() {
        return items.getLast().row.line();
    }

    /** Sends whatever is not settled yet: rows of one currency in one call, each other row as a linked group. */
    CompletableFuture<Void> send(LedgerClient ledger) {
        sent.clear();
        List<Item> plain = items.stream().filter(item -> !item.settled() && !item.mapped.crossesCurrencies()).toList();
        if (!plain.isEmpty()) {
            sent.add(new Sent(plain, ledger.batchAsync(plain.stream().map(this::transfer).toList()), 1));
        }
        items.stream().filter(item -> !item.settled() && item.mapped.crossesCurrencies())
                .forEach(item -> sent.add(new Sent(List.of(item), ledger.linkedAsync(exchange(item)), 2)));
        return CompletableFuture.allOf(sent.stream().map(Sent::results).toArray(CompletableFuture[]::new));
    }

    /** Takes the answers; true if every row is settled. */
    boolean takeAnswers() {
        for (Sent call : sent) {
            List<LedgerResult> results = call.results.join();
            for (int i = 0; i < call.items.size(); i++) {
                call.items.get(i).answer(results.subList(i * call.legs, (i + 1) * call.legs));
            }
        }
        return items.stream().allMatch(Item::settled);
    }

    /** Why rows have to be sent again. */
    String reasonToWait() {
        return items.stream().filter(item -> !item.settled()).map(Item::detail).findFirst().orElse("");
    }

    private Transfer transfer(Item item) {
        MappedRow row = item.mapped;
        return leg(item, 0, row.payer().id(), row.payee().id(), row.paid());
    }

    /** The payer pays into the position of its currency; the payee is paid out of the position of the other one. */
    private List<Transfer> exchange(Item item) {
        MappedRow row = item.mapped;
        return List.of(
                leg(item, 0, row.payer().id(), mapper.position(row.paid().currency()).id(), row.paid()),
                leg(item, 1, mapper.position(row.received().currency()).id(), row.payee().id(), row.received()));
    }

    private Transfer leg(Item item, int leg, long debit, long credit, Money amount) {
        MappedRow row = item.mapped;
        return Transfer.of(ids.of(item.row.line(), leg), debit, credit, amount)
                .withCode(row.code()).withReference(row.reference()).withValueDate(row.valueDate());
    }
}
