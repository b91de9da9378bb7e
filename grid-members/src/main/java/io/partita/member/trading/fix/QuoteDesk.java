package io.partita.member.trading.fix;

import io.partita.member.trading.Listing;
import io.partita.member.trading.fix.FixTables.Request;
import io.partita.member.trading.fix.FixTables.Standing;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.TradingResult.Denied;
import io.partita.trading.TradingResult.Executed;
import io.partita.trading.TradingResult.Refused;
import io.partita.trading.accounts.OrderClient;
import io.partita.trading.risk.OrderRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jdbi.v3.core.Handle;
import quickfix.FieldNotFound;
import quickfix.Group;
import quickfix.Message;
import quickfix.field.BidPx;
import quickfix.field.BidSize;
import quickfix.field.DefBidSize;
import quickfix.field.DefOfferSize;
import quickfix.field.NoQuoteEntries;
import quickfix.field.NoQuoteSets;
import quickfix.field.OfferPx;
import quickfix.field.OfferSize;
import quickfix.field.QuoteEntryID;
import quickfix.field.QuoteID;
import quickfix.field.QuoteResponseLevel;
import quickfix.field.QuoteSetID;

/**
 * Mass quotes (i): both sides in many books at once, each in place of what the session's account quoted there before. All entries are under
 * way together, and one answer (b) says of each what came of it. Quotes always end with their connection. Thread-safe.
 */
final class QuoteDesk {

    private static final int MOST_ENTRIES = 100;

    private final Requests requests;
    private final OrderClient client;
    private final FixTables tables;

    QuoteDesk(Requests requests, OrderClient client, FixTables tables) {
        this.requests = requests;
        this.client = client;
        this.tables = tables;
    }

    /** One entry, from its reading to its answer. */
    private static final class Entry {
        private final String set;
        private final Group group;
        /** Under which its sides are reported about. */
        private final String clOrdId;
        private Listing listing;
        private Command command;
        private boolean first;
        private CompletableFuture<List<TradingResult>> answer;
        private QuoteAnswers.Outcome outcome = QuoteAnswers.Outcome.TAKEN;
        private Standing standing;
        private boolean forgotten;

        Entry(String quote, String set, Group group) throws FieldNotFound {
            this.set = set;
            this.group = group;
            clOrdId = quote + "." + group.getString(QuoteEntryID.FIELD);
        }

        void refuse(Refusal refusal) {
            outcome = QuoteAnswers.Outcome.of(refusal);
        }
    }

    /** MassQuote (i). */
    void quote(Peer peer, Message message) throws FieldNotFound {
        int level = message.isSetField(QuoteResponseLevel.FIELD) ? message.getInt(QuoteResponseLevel.FIELD) : QuoteResponseLevel.ACKNOWLEDGE_EACH_QUOTE_MESSAGE;
        List<Entry> entries = entries(message);
        try {
            long account = Requests.account(peer, message);
            if (entries.isEmpty() || entries.size() > MOST_ENTRIES) {
                throw new Refusal(Refusal.OTHER, "BATCH_TOO_LARGE", "a mass quote has 1 to " + MOST_ENTRIES + " entries");
            }
            Set<Long> books = new HashSet<>();
            for (Entry entry : entries) {
                begin(peer, message, account, entry, books);
            }
        } catch (Refusal refusal) {
            if (level != QuoteResponseLevel.NO_ACKNOWLEDGEMENT) {
                peer.tell(QuoteAnswers.refused(message, refusal));
            }
            return;
        }
        entries.forEach(QuoteDesk::end);
        List<QuoteAnswers.Answered> answered = entries.stream().map(entry -> new QuoteAnswers.Answered(entry.set, entry.group, entry.outcome)).toList();
        boolean wrong = entries.stream().anyMatch(entry -> entry.outcome != QuoteAnswers.Outcome.TAKEN);
        boolean told = level == QuoteResponseLevel.ACKNOWLEDGE_EACH_QUOTE_MESSAGE || level != QuoteResponseLevel.NO_ACKNOWLEDGEMENT && wrong;
        if (told) {
            peer.tell(QuoteAnswers.answer(message, answered), handle -> keep(handle, peer, entries));
        } else {
            tables.quoted(handle -> keep(handle, peer, entries));
        }
    }

    private static List<Entry> entries(Message message) throws FieldNotFound {
        List<Entry> entries = new ArrayList<>();
        for (Group set : message.getGroups(NoQuoteSets.FIELD)) {
            for (Group entry : set.getGroups(NoQuoteEntries.FIELD)) {
                entries.add(new Entry(message.getString(QuoteID.FIELD), set.getString(QuoteSetID.FIELD), entry));
            }
        }
        return entries;
    }

    /** Notes an entry and sends it; what is wrong with one holds up no other. */
    private void begin(Peer peer, Message message, long account, Entry entry, Set<Long> books) {
        try {
            entry.listing = requests.listing(entry.group);
            if (!books.add(entry.listing.instrument())) {
                throw new Refusal(Refusal.DUPLICATE_ORDER, "DUPLICATE_ORDER_ID", "there is another entry for " + entry.listing.symbol());
            }
            Standing standing = tables.standing(peer.number(), account, entry.listing.instrument()).orElse(Standing.NONE);
            entry.standing = new Standing(account, entry.listing.instrument(), standing.bid(), standing.offer());
            entry.command = command(message, entry, account).cancelOnDisconnect();
            Requests.prepare(peer, message, entry.command, entry.clOrdId);
            entry.first = requests.first(peer, message, new Request(entry.clOrdId, entry.command.id(), 'i', null, entry.listing.instrument(), 0, account,
                    entry.command.terms()), entry.command);
            entry.answer = client.submitAsync(account, entry.listing.instrument(), List.of(OrderRequest.of(entry.command)), Acknowledgement.DURABLE);
        } catch (Refusal refusal) {
            entry.refuse(refusal);
        } catch (FieldNotFound missing) {
            entry.refuse(new Refusal(Refusal.OTHER, "INVALID_REQUEST", "tag " + missing.field + " is missing"));
        }
    }

    private static Command command(Message message, Entry entry, long account) throws FieldNotFound, Refusal {
        Group group = entry.group;
        return new Command().quote(entry.standing.bid(), entry.standing.offer(), account,
                OrderReader.ticks(group, BidPx.FIELD, entry.listing), size(message, group, BidPx.FIELD, BidSize.FIELD, DefBidSize.FIELD),
                OrderReader.ticks(group, OfferPx.FIELD, entry.listing), size(message, group, OfferPx.FIELD, OfferSize.FIELD, DefOfferSize.FIELD));
    }

    /** A side without a price is taken away. */
    private static long size(Message message, Group group, int price, int size, int usual) throws FieldNotFound, Refusal {
        if (!group.isSetField(price)) {
            return 0;
        }
        return group.isSetField(size) ? OrderReader.units(group, size) : OrderReader.units(message, usual);
    }

    private static void end(Entry entry) {
        if (entry.answer == null) {
            return;
        }
        switch (result(entry)) {
            case Executed executed when executed.rejected() != Reason.NONE -> entry.refuse(Refusal.of(executed.rejected(), executed.rejected().meaning()));
            case Executed executed -> entry.standing = after(entry.standing, executed);
            case Refused refused -> {
                entry.refuse(new Refusal(Refusal.OTHER, refused.code().name(), refused.code().retryable() ? Requests.notNow(refused.code()) : refused.code().meaning()));
                entry.forgotten = refused.code() != TradingRefusal.OUTCOME_UNKNOWN;
            }
            case Denied denied -> {
                entry.refuse(Refusal.of(denied.code()));
                entry.forgotten = true;
            }
        }
    }

    private static TradingResult result(Entry entry) {
        try {
            return entry.answer.join().getFirst();
        } catch (CompletionException failure) {
            return new Refused(entry.command.id(), TradingRefusal.OUTCOME_UNKNOWN, "");
        }
    }

    /** The orders that stand for the quote now. */
    private static Standing after(Standing before, Executed executed) {
        Standing now = before;
        for (Execution report : executed.reports()) {
            if (report.execType() == ExecType.NEW && report.account() == before.account()) {
                now = report.side() == Side.BUY ? new Standing(now.account(), now.instrument(), report.orderId(), now.offer())
                        : new Standing(now.account(), now.instrument(), now.bid(), report.orderId());
            }
        }
        return now;
    }

    private static void keep(Handle handle, Peer peer, List<Entry> entries) {
        for (Entry entry : entries) {
            if (entry.outcome == QuoteAnswers.Outcome.TAKEN) {
                FixTables.stands(handle, peer.number(), entry.standing);
            } else if (entry.forgotten) {
                Requests.forget(handle, peer, entry.clOrdId, entry.first);
            }
        }
    }
}
