package io.partita.member.trading.fix;

import io.partita.member.trading.Listing;
import io.partita.member.trading.fix.FixTables.Request;
import io.partita.time.EpochNanos;
import io.partita.trading.Execution;
import io.partita.trading.Liquidity;
import io.partita.trading.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import quickfix.FieldMap;
import quickfix.Message;
import quickfix.field.Account;
import quickfix.field.AvgPx;
import quickfix.field.BusinessRejectReason;
import quickfix.field.BusinessRejectRefID;
import quickfix.field.ClOrdID;
import quickfix.field.CumQty;
import quickfix.field.CxlRejReason;
import quickfix.field.CxlRejResponseTo;
import quickfix.field.ExecID;
import quickfix.field.ExecRestatementReason;
import quickfix.field.ExecType;
import quickfix.field.LastLiquidityInd;
import quickfix.field.LastPx;
import quickfix.field.LastQty;
import quickfix.field.LeavesQty;
import quickfix.field.MsgSeqNum;
import quickfix.field.MsgType;
import quickfix.field.OrdRejReason;
import quickfix.field.OrdStatus;
import quickfix.field.OrdType;
import quickfix.field.OrderID;
import quickfix.field.OrderQty;
import quickfix.field.OrigClOrdID;
import quickfix.field.Price;
import quickfix.field.RefMsgType;
import quickfix.field.RefSeqNum;
import quickfix.field.SecondaryExecID;
import quickfix.field.Side;
import quickfix.field.Symbol;
import quickfix.field.Text;
import quickfix.field.TimeInForce;
import quickfix.field.TransactTime;
import quickfix.fix44.BusinessMessageReject;
import quickfix.fix44.ExecutionReport;
import quickfix.fix44.OrderCancelReject;

/** What a session is told about its orders. */
final class Answers {

    static final String NO_ORDER = "NONE";
    private static final int DECIMALS_OF_AVERAGE = 6;
    private static final int LONGEST_TEXT = 256;

    private Answers() {
    }

    /** An order's number, the same in no other book. */
    static String orderId(long instrument, long order) {
        return order == 0 ? NO_ORDER : instrument + "-" + order;
    }

    /**
     * What a book reported about an order.
     *
     * @param order    after the report
     * @param previous OrigClOrdID, null for none
     */
    static ExecutionReport execution(Listing listing, FixOrder order, Execution report, String clOrdId, String previous) {
        ExecutionReport message = state(listing, order, order.instrument() + "-" + report.sequence(), time(report.time()));
        message.setString(ClOrdID.FIELD, clOrdId);
        if (previous != null) {
            message.setString(OrigClOrdID.FIELD, previous);
        }
        message.setChar(ExecType.FIELD, switch (report.execType()) {
            case TRADE -> ExecType.TRADE;
            case CANCELED -> ExecType.CANCELED;
            case REPLACED -> ExecType.REPLACED;
            case EXPIRED -> ExecType.EXPIRED;
            case TRIGGERED, RESTATED -> ExecType.RESTATED;
            default -> ExecType.NEW;
        });
        switch (report.execType()) {
            case TRADE -> trade(message, listing, report);
            case RESTATED -> message.setInt(ExecRestatementReason.FIELD, report.reason() == Reason.SELF_TRADE
                    ? ExecRestatementReason.PARTIAL_DECLINE_OF_ORDERQTY : ExecRestatementReason.REPRICING_OF_ORDER);
            case TRIGGERED -> {
                message.setInt(ExecRestatementReason.FIELD, ExecRestatementReason.OTHER);
                message.setString(Text.FIELD, "TRIGGERED: The stop price was reached.");
            }
            default -> { }
        }
        if (report.reason() != Reason.NONE) {
            message.setString(Text.FIELD, report.reason().name() + ": " + report.reason().meaning());
        }
        return message;
    }

    private static void trade(ExecutionReport message, Listing listing, Execution report) {
        message.setDecimal(LastQty.FIELD, BigDecimal.valueOf(report.lastQuantity()));
        message.setDecimal(LastPx.FIELD, listing.price(report.lastPrice()));
        message.setString(SecondaryExecID.FIELD, report.tradeId() + "");
        if (report.liquidity() == Liquidity.MAKER || report.liquidity() == Liquidity.TAKER) {
            message.setInt(LastLiquidityInd.FIELD, report.liquidity() == Liquidity.MAKER ? LastLiquidityInd.ADDED_LIQUIDITY : LastLiquidityInd.REMOVED_LIQUIDITY);
        }
    }

    /** An order as it stands, for whoever asks. */
    static ExecutionReport status(Listing listing, FixOrder order, Instant now) {
        ExecutionReport message = state(listing, order, "0", time(now));
        message.setString(ClOrdID.FIELD, order.clOrdId());
        message.setChar(ExecType.FIELD, ExecType.ORDER_STATUS);
        return message;
    }

    private static ExecutionReport state(Listing listing, FixOrder order, String execution, LocalDateTime time) {
        ExecutionReport message = new ExecutionReport();
        message.setString(OrderID.FIELD, orderId(order.instrument(), order.orderId()));
        message.setString(ExecID.FIELD, execution);
        message.setChar(OrdStatus.FIELD, order.status());
        message.setString(Account.FIELD, Long.toString(order.account()));
        message.setString(Symbol.FIELD, listing.symbol());
        message.setChar(Side.FIELD, Words.side(order.terms()));
        message.setChar(OrdType.FIELD, Words.type(order.terms()));
        message.setChar(TimeInForce.FIELD, Words.timeInForce(order.terms()));
        if (order.price() != 0) {
            message.setDecimal(Price.FIELD, listing.price(order.price()));
        }
        message.setDecimal(OrderQty.FIELD, BigDecimal.valueOf(order.quantity()));
        message.setDecimal(LeavesQty.FIELD, BigDecimal.valueOf(order.leaves()));
        message.setDecimal(CumQty.FIELD, BigDecimal.valueOf(order.filled()));
        message.setDecimal(AvgPx.FIELD, average(listing, order));
        message.setUtcTimeStamp(TransactTime.FIELD, time, true);
        return message;
    }

    private static BigDecimal average(Listing listing, FixOrder order) {
        if (order.filled() == 0) {
            return BigDecimal.ZERO;
        }
        return listing.price(order.notional()).divide(BigDecimal.valueOf(order.filled()), listing.priceScale() + DECIMALS_OF_AVERAGE, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
    }

    /** An order that was not taken. */
    static ExecutionReport rejected(String clOrdId, String symbol, FieldMap request, Refusal refusal, String execution, Instant now) {
        ExecutionReport message = new ExecutionReport();
        message.setString(OrderID.FIELD, NO_ORDER);
        message.setString(ExecID.FIELD, execution);
        message.setString(ClOrdID.FIELD, clOrdId);
        message.setChar(ExecType.FIELD, ExecType.REJECTED);
        message.setChar(OrdStatus.FIELD, OrdStatus.REJECTED);
        message.setInt(OrdRejReason.FIELD, refusal.reason());
        message.setString(Symbol.FIELD, symbol);
        for (int field : new int[] {Account.FIELD, Side.FIELD, OrdType.FIELD, TimeInForce.FIELD, Price.FIELD, OrderQty.FIELD}) {
            request.getOptionalString(field).ifPresent(value -> message.setString(field, value));
        }
        message.setDecimal(LeavesQty.FIELD, BigDecimal.ZERO);
        message.setDecimal(CumQty.FIELD, BigDecimal.ZERO);
        message.setDecimal(AvgPx.FIELD, BigDecimal.ZERO);
        message.setUtcTimeStamp(TransactTime.FIELD, time(now), true);
        message.setString(Text.FIELD, shortened(refusal.getMessage()));
        return message;
    }

    /** An order that its book did not take. */
    static ExecutionReport rejected(Listing listing, Request request, Execution report) {
        FixOrder never = new FixOrder(request.instrument(), 0, request.clOrdId(), request.account(), request.terms(), report.price(),
                report.quantity(), 0, 0, FixOrder.REJECTED);
        ExecutionReport message = state(listing, never, request.instrument() + "-" + report.sequence(), time(report.time()));
        message.setString(ClOrdID.FIELD, request.clOrdId());
        message.setChar(ExecType.FIELD, ExecType.REJECTED);
        message.setInt(OrdRejReason.FIELD, Refusal.orderReason(report.reason()));
        message.setString(Text.FIELD, report.reason().name() + ": " + report.reason().meaning());
        return message;
    }

    /**
     * A cancel or replace that was not done.
     *
     * @param kind   the MsgType that asked for it
     * @param order  what it was about, null if that is not known
     * @param reason CxlRejReason
     */
    static OrderCancelReject cancelReject(String clOrdId, String origin, char kind, FixOrder order, int reason, String text, Instant now) {
        OrderCancelReject message = new OrderCancelReject();
        message.setString(OrderID.FIELD, order == null ? NO_ORDER : orderId(order.instrument(), order.orderId()));
        message.setString(ClOrdID.FIELD, clOrdId);
        message.setString(OrigClOrdID.FIELD, origin);
        message.setChar(OrdStatus.FIELD, order == null ? OrdStatus.REJECTED : order.status());
        message.setChar(CxlRejResponseTo.FIELD, kind == 'F' ? CxlRejResponseTo.ORDER_CANCEL_REQUEST : CxlRejResponseTo.ORDER_CANCEL_REPLACE_REQUEST);
        message.setInt(CxlRejReason.FIELD, reason);
        message.setUtcTimeStamp(TransactTime.FIELD, time(now), true);
        message.setString(Text.FIELD, shortened(text));
        return message;
    }

    /** A message that nothing can be done with now. */
    static BusinessMessageReject notNow(Message about, String reference, String text) throws quickfix.FieldNotFound {
        return notDone(about, about.getHeader().getString(MsgType.FIELD), BusinessRejectReason.APPLICATION_NOT_AVAILABLE, reference, text);
    }

    static BusinessMessageReject notDone(Message about, String type, int reason, String reference, String text) throws quickfix.FieldNotFound {
        BusinessMessageReject message = new BusinessMessageReject();
        message.setInt(RefSeqNum.FIELD, about.getHeader().getInt(MsgSeqNum.FIELD));
        message.setString(RefMsgType.FIELD, type);
        message.setInt(BusinessRejectReason.FIELD, reason);
        if (reference != null) {
            message.setString(BusinessRejectRefID.FIELD, reference);
        }
        message.setString(Text.FIELD, shortened(text));
        return message;
    }

    /** An ExecID for what no book has reported. */
    static String ownExecution() {
        return "R" + UUID.randomUUID();
    }

    /** What a client wrote goes back to it only in part. */
    static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    static LocalDateTime time(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static LocalDateTime time(long nanos) {
        return time(EpochNanos.instant(nanos));
    }
}
