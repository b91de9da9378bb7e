package io.partita.member.ledger.query;

import io.partita.ledger.Account;
import io.partita.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A page of an account's statement. Amounts of balances are positive on the account's normal side.
 *
 * @param from         beginning of the period, or null for the beginning of the ledger
 * @param to           end of the period, not in it, or null for now
 * @param sequence     the shard's sequence that the closing balance reflects
 * @param size         how many entries the journal has up to the end of the period
 * @param opening      posted balance before the period
 * @param closing      posted balance at its end
 * @param pendingTotal what is set aside at its end
 * @param entries      what moved money, in the order asked for
 * @param pending      what is set aside at the end of the period, newest first, at most {@value Statements#MAX_PENDINGS}
 * @param names        names of the counter-accounts
 * @param next         cursor of the page after this one, or null
 * @param previous     cursor of the page before this one, or null
 */
public record Statement(Account account, Instant from, Instant to, long sequence, long size, Money opening, Money closing,
                        Money pendingTotal, List<Entry> entries, List<Leg> pending, Map<Long, String> names, String next,
                        String previous) {

    /** A leg that moved money, and the posted balance after it. */
    public record Entry(Leg leg, Money balance) {
    }
}
