package io.partita.member.trading.fix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quickfix.FieldNotFound;
import quickfix.Group;
import quickfix.Message;
import quickfix.field.Account;
import quickfix.field.BidPx;
import quickfix.field.BidSize;
import quickfix.field.NoQuoteEntries;
import quickfix.field.OfferPx;
import quickfix.field.OfferSize;
import quickfix.field.QuoteEntryID;
import quickfix.field.QuoteEntryRejectReason;
import quickfix.field.QuoteID;
import quickfix.field.QuoteRejectReason;
import quickfix.field.QuoteReqID;
import quickfix.field.QuoteSetID;
import quickfix.field.QuoteStatus;
import quickfix.field.Symbol;
import quickfix.field.Text;
import quickfix.field.TotNoQuoteEntries;
import quickfix.fix44.MassQuoteAcknowledgement;

/** What a session is told about a mass quote. */
final class QuoteAnswers {

    private QuoteAnswers() {
    }

    /**
     * What came of an entry.
     *
     * @param reason QuoteEntryRejectReason (368), in the words of QuoteRejectReason (300); 0 if it was taken
     */
    record Outcome(int reason, String text) {

        static final Outcome TAKEN = new Outcome(0, "");

        static Outcome of(Refusal refusal) {
            String code = refusal.getMessage().split(":", 2)[0];
            int reason = switch (refusal.reason()) {
                case Refusal.UNKNOWN_SYMBOL -> QuoteRejectReason.UNKNOWN_SYMBOL;
                case Refusal.EXCHANGE_CLOSED -> QuoteRejectReason.EXCHANGE_CLOSED;
                case Refusal.DUPLICATE_ORDER -> QuoteRejectReason.DUPLICATE_QUOTE;
                case Refusal.UNKNOWN_ACCOUNT -> QuoteRejectReason.NOT_AUTHORIZED_TO_QUOTE_SECURITY;
                default -> code.equals("QUOTE_CROSSED") ? QuoteRejectReason.INVALID_BID_ASK_SPREAD
                        : code.endsWith("PRICE") || code.equals("OFF_TICK") || code.equals("PRICE_OUTSIDE_COLLAR") ? QuoteRejectReason.INVALID_PRICE
                        : QuoteRejectReason.QUOTE_REQUEST_EXCEEDS_LIMIT;
            };
            return new Outcome(reason, refusal.getMessage());
        }
    }

    /** An entry of a set, and what came of it. */
    record Answered(String set, Group entry, Outcome outcome) {
    }

    /** A mass quote of which nothing was taken, for one reason. */
    static MassQuoteAcknowledgement refused(Message quote, Refusal refusal) throws FieldNotFound {
        MassQuoteAcknowledgement answer = begin(quote);
        answer.setInt(QuoteStatus.FIELD, QuoteStatus.REJECTED);
        answer.setInt(QuoteRejectReason.FIELD, refusal.reason() == Refusal.UNKNOWN_ACCOUNT ? QuoteRejectReason.NOT_AUTHORIZED_TO_QUOTE_SECURITY
                : QuoteRejectReason.OTHER);
        answer.setString(Text.FIELD, Answers.shortened(refusal.getMessage()));
        return answer;
    }

    /** What came of each entry: accepted if any was. The text has the first refusal. */
    static MassQuoteAcknowledgement answer(Message quote, List<Answered> entries) throws FieldNotFound {
        MassQuoteAcknowledgement answer = begin(quote);
        boolean accepted = entries.stream().anyMatch(entry -> entry.outcome == Outcome.TAKEN);
        answer.setInt(QuoteStatus.FIELD, accepted ? QuoteStatus.ACCEPTED : QuoteStatus.REJECTED);
        if (!accepted) {
            answer.setInt(QuoteRejectReason.FIELD, QuoteRejectReason.OTHER);
        }
        List<String> texts = new ArrayList<>();
        entries.stream().filter(entry -> entry.outcome != Outcome.TAKEN)
                .forEach(entry -> texts.add(entry.entry.getOptionalString(QuoteEntryID.FIELD).orElse("") + " " + entry.outcome.text));
        if (!texts.isEmpty()) {
            answer.setString(Text.FIELD, Answers.shortened(String.join("; ", texts)));
        }
        Map<String, List<Answered>> sets = new LinkedHashMap<>();
        entries.forEach(entry -> sets.computeIfAbsent(entry.set, id -> new ArrayList<>()).add(entry));
        for (Map.Entry<String, List<Answered>> set : sets.entrySet()) {
            answer.addGroup(set(set.getKey(), set.getValue()));
        }
        return answer;
    }

    private static MassQuoteAcknowledgement begin(Message quote) throws FieldNotFound {
        MassQuoteAcknowledgement answer = new MassQuoteAcknowledgement();
        answer.setString(QuoteID.FIELD, Answers.shortened(quote.getString(QuoteID.FIELD)));
        for (int field : new int[] {QuoteReqID.FIELD, Account.FIELD}) {
            quote.getOptionalString(field).ifPresent(value -> answer.setString(field, Answers.shortened(value)));
        }
        return answer;
    }

    private static MassQuoteAcknowledgement.NoQuoteSets set(String id, List<Answered> entries) {
        MassQuoteAcknowledgement.NoQuoteSets set = new MassQuoteAcknowledgement.NoQuoteSets();
        set.setString(QuoteSetID.FIELD, Answers.shortened(id));
        set.setInt(TotNoQuoteEntries.FIELD, entries.size());
        for (Answered answered : entries) {
            MassQuoteAcknowledgement.NoQuoteSets.NoQuoteEntries entry = new MassQuoteAcknowledgement.NoQuoteSets.NoQuoteEntries();
            for (int field : new int[] {QuoteEntryID.FIELD, Symbol.FIELD, BidPx.FIELD, OfferPx.FIELD, BidSize.FIELD, OfferSize.FIELD}) {
                answered.entry.getOptionalString(field).ifPresent(value -> entry.setString(field, Answers.shortened(value)));
            }
            if (answered.outcome != Outcome.TAKEN) {
                entry.setInt(QuoteEntryRejectReason.FIELD, answered.outcome.reason);
            }
            set.addGroup(entry);
        }
        return set;
    }
}
