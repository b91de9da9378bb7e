package io.partita.member.trading.fix;

import io.partita.member.trading.Listing;
import io.partita.member.trading.fix.FixTables.Request;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.Reason;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.TradingResult.Denied;
import io.partita.trading.TradingResult.Executed;
import io.partita.trading.TradingResult.Refused;
import io.partita.trading.accounts.OrderClient;
import io.partita.trading.risk.OrderRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import quickfix.FieldNotFound;
import quickfix.Group;
import quickfix.Message;
import quickfix.field.ClOrdID;
import quickfix.field.CrossID;
import quickfix.field.CrossType;
import quickfix.field.NoSides;
import quickfix.field.OrdType;
import quickfix.field.OrderQty;
import quickfix.field.Price;
import quickfix.field.Side;

/**
 * Crosses (s) between two accounts of a session: all of it trades at one price, or nothing does (CrossType 1). Both sides are told as orders are,
 * each under its own ClOrdID. Thread-safe.
 */
final class CrossDesk {

    /** CrossType (549): a cross that is executed completely or not at all. */
    private static final int ALL_OR_NONE = 1;

    private final Requests requests;
    private final OrderClient client;
    private final InstantSource clock;

    CrossDesk(Requests requests, OrderClient client, InstantSource clock) {
        this.requests = requests;
        this.client = client;
        this.clock = clock;
    }

    /** NewOrderCross (s). */
    void cross(Peer peer, Message message) throws FieldNotFound {
        List<Group> sides = message.getGroups(NoSides.FIELD);
        // ClOrdIDs that this message has taken; they are free again if nothing reaches the book.
        List<String> mine = new ArrayList<>();
        try {
            Listing listing = requests.listing(message);
            Group buyer = side(message, sides, io.partita.trading.Side.BUY);
            Group seller = side(message, sides, io.partita.trading.Side.SELL);
            boolean isShort = seller.getChar(Side.FIELD) == Side.SELL_SHORT;
            Command command = command(peer, message, listing, buyer, seller);
            note(peer, message, listing, command, new String[] {buyer.getString(ClOrdID.FIELD), seller.getString(ClOrdID.FIELD)}, isShort, mine);
            switch (submit(listing, new OrderRequest(command, isShort, Requests.located(message), false))) {
                case Executed executed when executed.rejected() != Reason.NONE ->
                        rejected(peer, message, sides, Refusal.of(executed.rejected(), executed.rejected().meaning()), List.of());
                case Executed done -> { }
                case Refused refused when refused.code().retryable() -> notNow(peer, message, refused.code(), mine);
                case Refused refused -> rejected(peer, message, sides, Refusal.of(refused.code()), mine);
                case Denied denied -> rejected(peer, message, sides, Refusal.of(denied.code()), mine);
            }
        } catch (Refusal refusal) {
            rejected(peer, message, sides, refusal, mine);
        }
    }

    /** Notes both sides. One command has one row: the seller's is found under the same number below zero. */
    private void note(Peer peer, Message message, Listing listing, Command command, String[] clOrdIds, boolean isShort, List<String> mine)
            throws FieldNotFound, Refusal {
        String cross = message.getString(CrossID.FIELD);
        Requests.prepare(peer, message, command, clOrdIds[1]);
        Requests.prepare(peer, message, command, clOrdIds[0]);
        command.sellerBy(peer.rights().participant());
        if (requests.first(peer, message, new Request(clOrdIds[0], command.id(), 's', cross, listing.instrument(), 0, command.account(), command.terms()), command)) {
            mine.add(clOrdIds[0]);
        }
        long id = command.id();
        if (requests.first(peer, message, new Request(clOrdIds[1], -id, 's', cross, listing.instrument(), 0, command.contraAccount(),
                command.terms() | 1 | (isShort ? Words.SHORT : 0)), command)) {
            mine.add(clOrdIds[1]);
        }
        command.id(id);
    }

    private static Group side(Message message, List<Group> sides, io.partita.trading.Side wanted) throws FieldNotFound, Refusal {
        require(message.getInt(CrossType.FIELD) == ALL_OR_NONE, "CrossType (549) is 1");
        require(message.getChar(OrdType.FIELD) == OrdType.LIMIT, "OrdType (40) of a cross is 2");
        require(sides.size() == 2, "NoSides (552) is 2");
        for (Group side : sides) {
            if (Words.side(side.getChar(Side.FIELD)) == wanted) {
                return side;
            }
        }
        throw unsupported("a cross has a buyer and a seller");
    }

    private static Command command(Peer peer, Message message, Listing listing, Group buyer, Group seller) throws FieldNotFound, Refusal {
        long quantity = OrderReader.units(buyer, OrderQty.FIELD);
        require(quantity == OrderReader.units(seller, OrderQty.FIELD), "OrderQty (38) of both sides is the same");
        require(!buyer.getString(ClOrdID.FIELD).equals(seller.getString(ClOrdID.FIELD)), "each side has a ClOrdID (11) of its own");
        return new Command().cross(0, Requests.account(peer, buyer), 0, Requests.account(peer, seller), OrderReader.ticks(message, Price.FIELD, listing), quantity);
    }

    private TradingResult submit(Listing listing, OrderRequest request) {
        try {
            return client.submit(request.command().account(), listing.instrument(), request, Acknowledgement.DURABLE);
        } catch (CompletionException failure) {
            return new Refused(request.command().id(), TradingRefusal.OUTCOME_UNKNOWN, "");
        }
    }

    private static void require(boolean holds, String text) throws Refusal {
        if (!holds) {
            throw unsupported(text);
        }
    }

    private static Refusal unsupported(String text) {
        return new Refusal(Refusal.UNSUPPORTED, Reason.INVALID_COMBINATION.name(), text);
    }

    /** Each side is told. */
    private void rejected(Peer peer, Message message, List<Group> sides, Refusal refusal, List<String> mine) throws FieldNotFound {
        String symbol = Answers.shortened(message.getOptionalString(quickfix.field.Symbol.FIELD).orElse(""));
        for (Group side : sides) {
            String clOrdId = side.getString(ClOrdID.FIELD);
            Message answer = Answers.rejected(Answers.shortened(clOrdId), symbol, side, refusal, Answers.ownExecution(), clock.instant());
            answer.setString(CrossID.FIELD, Answers.shortened(message.getString(CrossID.FIELD)));
            peer.tell(answer, handle -> Requests.forget(handle, peer, clOrdId, mine.contains(clOrdId)));
        }
    }

    private static void notNow(Peer peer, Message message, TradingRefusal code, List<String> mine) throws FieldNotFound {
        peer.tell(Answers.notNow(message, Answers.shortened(message.getString(CrossID.FIELD)), Requests.notNow(code)),
                handle -> mine.forEach(clOrdId -> Requests.forget(handle, peer, clOrdId, code != TradingRefusal.OUTCOME_UNKNOWN)));
    }
}
