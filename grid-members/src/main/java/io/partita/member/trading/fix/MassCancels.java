package io.partita.member.trading.fix;

import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingResult;
import io.partita.trading.TradingResult.Executed;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import quickfix.FieldNotFound;
import quickfix.Message;
import quickfix.field.ClOrdID;
import quickfix.field.MassCancelRejectReason;
import quickfix.field.MassCancelRequestType;
import quickfix.field.MassCancelResponse;
import quickfix.field.OrderID;
import quickfix.field.Side;
import quickfix.field.Symbol;
import quickfix.field.Text;
import quickfix.field.TotalAffectedOrders;
import quickfix.field.TransactTime;
import quickfix.fix44.OrderMassCancelReport;

/** Ends all orders of a session: because it asks (q), or because its connection is gone. Thread-safe. */
final class MassCancels {

    private final TradingService trading;
    private final TradingClient client;
    private final FixTables tables;
    private final InstantSource clock;

    MassCancels(TradingService trading, TradingClient client, FixTables tables, InstantSource clock) {
        this.trading = trading;
        this.client = client;
        this.tables = tables;
        this.clock = clock;
    }

    /** OrderMassCancelRequest (q): of one instrument (1) or all (7), of both sides or one. */
    void cancel(Peer peer, Message message) throws FieldNotFound {
        String clOrdId = message.getString(ClOrdID.FIELD);
        char type = message.getChar(MassCancelRequestType.FIELD);
        if (type != MassCancelRequestType.CANCEL_ORDERS_FOR_A_SECURITY && type != MassCancelRequestType.CANCEL_ALL_ORDERS) {
            reject(peer, message, type, MassCancelRejectReason.MASS_CANCEL_NOT_SUPPORTED, "MassCancelRequestType (530) is 1 or 7");
            return;
        }
        List<Listing> about = new ArrayList<>();
        String symbol = message.getOptionalString(Symbol.FIELD).orElse("");
        List<Long> ordered = tables.instruments(peer.number());
        trading.listings().stream().filter(listing -> type == MassCancelRequestType.CANCEL_ALL_ORDERS
                ? ordered.contains(listing.instrument()) : listing.symbol().equals(symbol)).forEach(about::add);
        if (type == MassCancelRequestType.CANCEL_ORDERS_FOR_A_SECURITY && about.isEmpty()) {
            reject(peer, message, type, MassCancelRejectReason.INVALID_OR_UNKNOWN_SECURITY, "UNKNOWN_INSTRUMENT: No instrument has the symbol " + symbol);
            return;
        }
        List<CompletableFuture<List<TradingResult>>> answers = new ArrayList<>();
        for (Listing listing : about) {
            Command command = new Command().massCancel(0, 0, peer.number());
            if (message.isSetField(Side.FIELD)) {
                command.only(message.getChar(Side.FIELD) == Side.BUY ? io.partita.trading.Side.BUY : io.partita.trading.Side.SELL);
            }
            command.id(peer.command(clOrdId, message.getString(TransactTime.FIELD)));
            answers.add(client.submitAsync(listing.instrument(), List.of(command), Acknowledgement.DURABLE));
        }
        answer(peer, message, type, answers);
    }

    private void answer(Peer peer, Message message, char type, List<CompletableFuture<List<TradingResult>>> answers) throws FieldNotFound {
        long cancelled = 0;
        for (CompletableFuture<List<TradingResult>> answer : answers) {
            if (!(answer.join().getFirst() instanceof Executed executed)) {
                peer.tell(Answers.notNow(message, message.getString(ClOrdID.FIELD), "Some orders may not be cancelled yet; repeat it with the same ClOrdID."));
                return;
            }
            cancelled += executed.reports().stream().filter(report -> report.execType() == ExecType.CANCELED).count();
        }
        OrderMassCancelReport report = report(message, type, type);
        report.setInt(TotalAffectedOrders.FIELD, Math.toIntExact(cancelled));
        peer.tell(report);
    }

    private void reject(Peer peer, Message message, char type, int reason, String text) throws FieldNotFound {
        OrderMassCancelReport report = report(message, type, MassCancelResponse.CANCEL_REQUEST_REJECTED_SEE_MASSCANCELREJECTREASON);
        report.setString(MassCancelRejectReason.FIELD, Integer.toString(reason));
        report.setString(Text.FIELD, Answers.shortened(text));
        peer.tell(report);
    }

    private OrderMassCancelReport report(Message message, char type, char response) throws FieldNotFound {
        OrderMassCancelReport report = new OrderMassCancelReport();
        report.setString(OrderID.FIELD, Answers.NO_ORDER);
        report.setString(ClOrdID.FIELD, message.getString(ClOrdID.FIELD));
        report.setChar(MassCancelRequestType.FIELD, type);
        report.setChar(MassCancelResponse.FIELD, response);
        message.getOptionalString(Symbol.FIELD).ifPresent(symbol -> report.setString(Symbol.FIELD, Answers.shortened(symbol)));
        message.getOptionalString(Side.FIELD).ifPresent(side -> report.setString(Side.FIELD, side));
        report.setUtcTimeStamp(TransactTime.FIELD, Answers.time(clock.instant()), true);
        return report;
    }

    /**
     * Ends the orders of a session that were to end with its connection. Repeating it for the same connection is harmless, however late.
     *
     * @param epoch of the connection
     * @return true if all books have done so
     */
    boolean disconnected(int session, int epoch) {
        // Not only those that this member has heard of: it may have just started.
        List<CompletableFuture<List<TradingResult>>> answers = tables.instruments(session).stream()
                .map(instrument -> client.submitAsync(instrument, List.of(new Command().disconnected(session)
                        .id(Peer.hash("disconnect " + session, Integer.toString(epoch)))), Acknowledgement.DURABLE)).toList();
        return answers.stream().allMatch(answer -> answer.join().getFirst() instanceof Executed);
    }
}
