package io.partita.member.demo;

import io.partita.ledger.Transfer;
import io.partita.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes the demo world's transfers, and keeps a rough account of what each customer can spend, so that few of them are
 * refused. What somebody receives can be spent from the next round on. Used by one thread.
 */
final class Teller {

    private final DemoIds ids;
    private final Map<Long, Long> available = new HashMap<>();
    private final Map<Long, Long> arriving = new HashMap<>();
    private List<List<Transfer>> round = new ArrayList<>();

    Teller(DemoIds ids) {
        this.ids = ids;
    }

    /** Knows from now on what an account can spend. */
    void know(long account, long minor) {
        available.put(account, minor);
    }

    /** What an account can spend in this round; without bound for the bank's own accounts. */
    long available(long account) {
        return available.getOrDefault(account, Long.MAX_VALUE);
    }

    boolean affords(long account, long minor) {
        return available(account) >= minor;
    }

    /** Writes a payment if the payer can afford it; answers with its id, or null. */
    UUID pay(long debit, long credit, long minor, Tender tender, Purpose purpose, String about, LocalDate valueDate) {
        if (!affords(debit, minor)) {
            return null;
        }
        move(debit, credit, minor);
        return write(debit, credit, minor, tender, purpose, about, valueDate);
    }

    /** Writes a payment whether or not it is affordable. */
    UUID write(long debit, long credit, long minor, Tender tender, Purpose purpose, String about, LocalDate valueDate) {
        Transfer transfer = described(Transfer.of(ids.next(), debit, credit, tender.money(minor)), purpose, about, valueDate);
        round.add(List.of(transfer));
        return transfer.id();
    }

    /** Sets money aside if the payer can afford it; answers with the pending transfer, or null. */
    Transfer authorize(long debit, long credit, long minor, Tender tender, Purpose purpose, String about, LocalDate valueDate,
                       Instant expiresAt) {
        if (!affords(debit, minor)) {
            return null;
        }
        available.computeIfPresent(debit, (account, before) -> before - minor);
        Transfer transfer = described(Transfer.pending(ids.next(), debit, credit, tender.money(minor), expiresAt),
                purpose, about, valueDate);
        round.add(List.of(transfer));
        return transfer;
    }

    /** Posts a pending transfer, in whole or in part. */
    void post(Transfer pending, long minor) {
        long whole = pending.amount().minor();
        round.add(List.of(Transfer.postPending(ids.next(), pending.id(), minor == whole ? null
                : Money.of(minor, pending.amount().currency())).withCode(pending.code()).withReference(pending.reference())));
        arrives(pending.debitAccount(), whole - minor);
        arrives(pending.creditAccount(), minor);
    }

    /** Releases a pending transfer. */
    void release(Transfer pending) {
        round.add(List.of(Transfer.voidPending(ids.next(), pending.id()).withCode(pending.code()).withReference(pending.reference())));
        arrives(pending.debitAccount(), pending.amount().minor());
    }

    /** Moves a payment back. */
    void reverse(UUID original, long debited, long minor, Purpose purpose, String about) {
        round.add(List.of(Transfer.reversal(ids.next(), original).withCode(purpose.code()).withReference(reference(purpose, about))));
        arrives(debited, minor);
    }

    /** Changes money of a customer into another currency, both legs or none, if affordable. */
    void exchange(DemoBank.Customer customer, long minor, LocalDate valueDate) {
        if (affords(customer.account(), minor)) {
            long other = customer.tender().into(customer.secondTender(), minor);
            String about = customer.tender() + " to " + customer.secondTender();
            available.computeIfPresent(customer.account(), (account, before) -> before - minor);
            arrives(customer.second(), other);
            round.add(List.of(
                    described(Transfer.of(ids.next(), customer.account(), customer.tender().own(Own.FX_POSITION),
                            customer.tender().money(minor)), Purpose.EXCHANGE, about, valueDate),
                    described(Transfer.of(ids.next(), customer.secondTender().own(Own.FX_POSITION), customer.second(),
                            customer.secondTender().money(other)), Purpose.EXCHANGE, about, valueDate)));
        }
    }

    /** The groups written since the last call; what was received can be spent afterwards. */
    List<List<Transfer>> endRound() {
        arriving.forEach((account, minor) -> available.computeIfPresent(account, (same, before) -> Math.addExact(before, minor)));
        arriving.clear();
        List<List<Transfer>> ended = round;
        round = new ArrayList<>();
        return ended;
    }

    private void move(long debit, long credit, long minor) {
        available.computeIfPresent(debit, (account, before) -> before - minor);
        arrives(credit, minor);
    }

    private void arrives(long account, long minor) {
        arriving.merge(account, minor, Math::addExact);
    }

    private static Transfer described(Transfer transfer, Purpose purpose, String about, LocalDate valueDate) {
        return transfer.withCode(purpose.code()).withReference(reference(purpose, about)).withValueDate(valueDate);
    }

    private static String reference(Purpose purpose, String about) {
        return about.isEmpty() ? purpose.text() : purpose.text() + ' ' + about;
    }
}
