package io.partita.member.trading.fix;

import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.fix.FixTables.Noted;
import io.partita.member.trading.fix.FixTables.Request;
import io.partita.trading.Command;
import io.partita.trading.Reason;
import io.partita.trading.TradingRefusal;
import org.jdbi.v3.core.Handle;
import quickfix.FieldMap;
import quickfix.FieldNotFound;
import quickfix.Message;
import quickfix.field.Account;
import quickfix.field.LocateReqd;
import quickfix.field.MsgSeqNum;
import quickfix.field.PossDupFlag;
import quickfix.field.PossResend;
import quickfix.field.Symbol;

/** What all messages that enter something have in common: whose it is, in which book, and whether it was asked for before. Thread-safe. */
final class Requests {

    /** Longer ones are refused, so that whatever echoes them stays small. */
    private static final int LONGEST_ID = 64;

    private final TradingService trading;
    private final FixTables tables;

    Requests(TradingService trading, FixTables tables) {
        this.trading = trading;
        this.tables = tables;
    }

    /** Gives a command its session and its id. */
    static void prepare(Peer peer, Message message, Command command, String clOrdId) throws FieldNotFound, Refusal {
        if (clOrdId.length() > LONGEST_ID) {
            throw new Refusal(Refusal.OTHER, "INVALID_REQUEST", "ClOrdID (11) has at most " + LONGEST_ID + " characters");
        }
        command.by(peer.rights().participant(), peer.number()).id(peer.command(clOrdId, message.getHeader().getInt(MsgSeqNum.FIELD)));
    }

    Listing listing(FieldMap message) throws FieldNotFound, Refusal {
        return trading.listing(message.getString(Symbol.FIELD))
                .orElseThrow(() -> Refusal.of(TradingRefusal.UNKNOWN_INSTRUMENT));
    }

    static long account(Peer peer, FieldMap message) throws Refusal {
        if (!message.isSetField(Account.FIELD) && peer.rights().accounts().size() == 1) {
            return peer.rights().accounts().getFirst();
        }
        String named = message.getOptionalString(Account.FIELD).orElse("");
        return peer.rights().accounts().stream().filter(account -> account.toString().equals(named)).findFirst()
                .orElseThrow(() -> Refusal.of(Reason.INVALID_ACCOUNT, "Account (1) is one of " + peer.rights().accounts()));
    }

    static boolean located(FieldMap message) throws FieldNotFound {
        return message.isSetField(LocateReqd.FIELD) && !message.getBoolean(LocateReqd.FIELD);
    }

    /** Notes the request; false if the sender says that it may be a repeat, and it is: then the command has the id that it had. */
    boolean first(Peer peer, Message message, Request request, Command command) throws FieldNotFound, Refusal {
        Noted noted = tables.note(peer.number(), request, again(message)).orElseThrow(() ->
                new Refusal(Refusal.DUPLICATE_ORDER, "DUPLICATE_ORDER_ID", "ClOrdID " + request.clOrdId() + " has been used."));
        command.id(noted.request().command());
        return noted.first();
    }

    /** The sender says that this may have come before. */
    private static boolean again(Message message) throws FieldNotFound {
        return message.getHeader().isSetField(PossDupFlag.FIELD) && message.getHeader().getBoolean(PossDupFlag.FIELD)
                || message.getHeader().isSetField(PossResend.FIELD) && message.getHeader().getBoolean(PossResend.FIELD);
    }

    /** What has not reached its book frees its ClOrdID, unless that was used before. */
    static void forget(Handle handle, Peer peer, String clOrdId, boolean first) {
        if (first) {
            FixTables.forget(handle, peer.number(), clOrdId);
        }
    }

    static String notNow(TradingRefusal code) {
        return code + ": " + code.meaning()
                + (code == TradingRefusal.OUTCOME_UNKNOWN ? " (With PossResend, 97, set to Y.)" : code.retryable() ? " Try again later." : "");
    }
}
