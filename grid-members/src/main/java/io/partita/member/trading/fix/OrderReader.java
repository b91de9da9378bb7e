package io.partita.member.trading.fix;

import io.partita.member.trading.Listing;
import io.partita.time.EpochNanos;
import io.partita.trading.Command;
import io.partita.trading.OrderType;
import io.partita.trading.PegReference;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.Terms;
import io.partita.trading.TimeInForce;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import quickfix.FieldMap;
import quickfix.FieldNotFound;
import quickfix.Message;
import quickfix.field.ExecInst;
import quickfix.field.ExpireDate;
import quickfix.field.ExpireTime;
import quickfix.field.MaxFloor;
import quickfix.field.MinQty;
import quickfix.field.OrdType;
import quickfix.field.OrderQty;
import quickfix.field.PegOffsetType;
import quickfix.field.PegOffsetValue;
import quickfix.field.Price;
import quickfix.field.StopPx;

/** Reads orders out of messages, and refuses what the book has no word for. What a book can judge itself is left to it. */
final class OrderReader {

    /** Of digits in a number; far more than any price has. */
    private static final int LONGEST_NUMBER = 40;

    private OrderReader() {
    }

    /** Of NewOrderSingle (D). */
    static Command newOrder(Message message, Listing listing, long account) throws FieldNotFound, Refusal {
        String instructions = message.getOptionalString(ExecInst.FIELD).orElse("");
        Side side = Words.side(message.getChar(quickfix.field.Side.FIELD));
        OrderType type = Words.type(message.getChar(OrdType.FIELD), instructions.contains("a"));
        TimeInForce time = Words.timeInForce(message.isSetField(quickfix.field.TimeInForce.FIELD) ? message.getChar(quickfix.field.TimeInForce.FIELD) : '0');
        Command command = new Command().newOrder(0, account, side, type, time, ticks(message, Price.FIELD, listing), units(message, OrderQty.FIELD));
        command.stop(ticks(message, StopPx.FIELD, listing)).minimum(units(message, MinQty.FIELD));
        instructions(command, instructions, type);
        shown(command, message);
        offset(command, message, listing, type, side);
        if (time == TimeInForce.GOOD_TILL_DATE) {
            command.expires(expiry(message, listing));
        }
        return command;
    }

    private static void instructions(Command command, String instructions, OrderType type) throws Refusal {
        for (String instruction : instructions.split(" ")) {
            switch (instruction) {
                case "" -> { }
                case "6" -> command.postOnly();
                case "G" -> command.allOrNone();
                case "R" -> command.peg(PegReference.PRIMARY);
                case "M" -> command.peg(PegReference.MID);
                case "a" -> require(type == OrderType.TRAILING_STOP, "ExecInst (18) a goes with OrdType (40) P");
                default -> throw unsupported("ExecInst (18) is 6, G, M, R or a, not " + instruction);
            }
        }
        require((Terms.peg(command.terms()) != PegReference.NONE) == (type == OrderType.PEGGED), "OrdType (40) P goes with ExecInst (18) M, R or a");
    }

    /** MaxFloor: what is shown at a time; nothing, if it is 0. */
    private static void shown(Command command, Message message) throws FieldNotFound, Refusal {
        if (message.isSetField(MaxFloor.FIELD)) {
            long shown = units(message, MaxFloor.FIELD);
            if (shown == 0) {
                command.hidden();
            } else {
                command.display(shown);
            }
        }
    }

    /** Ours is a distance away from the market; FIX's is added to the price. */
    private static void offset(Command command, Message message, Listing listing, OrderType type, Side side) throws FieldNotFound, Refusal {
        if (!message.isSetField(PegOffsetValue.FIELD)) {
            return;
        }
        require(!message.isSetField(PegOffsetType.FIELD) || message.getInt(PegOffsetType.FIELD) == PegOffsetType.PRICE, "PegOffsetType (836) is 0");
        long offset = ticks(message, PegOffsetValue.FIELD, listing);
        if (type == OrderType.TRAILING_STOP) {
            command.offset(Math.abs(offset));
        } else {
            require(side == Side.BUY ? offset <= 0 : offset >= 0, "PegOffsetValue (211) leads away from the other side");
            command.offset(Math.abs(offset));
        }
    }

    private static long expiry(Message message, Listing listing) throws FieldNotFound, Refusal {
        if (message.isSetField(ExpireTime.FIELD)) {
            return nanos(message.getUtcTimeStamp(ExpireTime.FIELD));
        }
        if (message.isSetField(ExpireDate.FIELD)) {
            try {
                LocalDate day = LocalDate.parse(message.getString(ExpireDate.FIELD), DateTimeFormatter.BASIC_ISO_DATE);
                return nanos(listing.businessDays().upTo(day).plusDays(1).atStartOfDay());
            } catch (DateTimeParseException e) {
                throw Refusal.of(Reason.INVALID_EXPIRE_TIME, "ExpireDate (432) is a date like 20261231");
            }
        }
        throw Refusal.of(Reason.INVALID_EXPIRE_TIME, "TimeInForce (59) 6 needs ExpireTime (126) or ExpireDate (432)");
    }

    private static long nanos(LocalDateTime time) throws Refusal {
        try {
            return EpochNanos.of(time.toInstant(ZoneOffset.UTC));
        } catch (ArithmeticException e) {
            throw Refusal.of(Reason.INVALID_EXPIRE_TIME, "the year is out of range");
        }
    }

    /**
     * Of OrderCancelReplaceRequest (G).
     *
     * @param terms of the order as it stands
     */
    static Command replacement(Message message, Listing listing, long account, long order, int terms) throws FieldNotFound, Refusal {
        require(message.getChar(quickfix.field.Side.FIELD) == Words.side(terms), "Side (54) cannot be replaced");
        require(message.getChar(OrdType.FIELD) == Words.type(terms), "OrdType (40) cannot be replaced");
        require(!message.isSetField(quickfix.field.TimeInForce.FIELD) || message.getChar(quickfix.field.TimeInForce.FIELD) == Words.timeInForce(terms),
                "TimeInForce (59) cannot be replaced");
        long shown = message.isSetField(MaxFloor.FIELD) ? units(message, MaxFloor.FIELD) : 0;
        long offset = message.isSetField(PegOffsetValue.FIELD) ? Math.abs(ticks(message, PegOffsetValue.FIELD, listing)) : 0;
        return new Command().replace(order, account, ticks(message, Price.FIELD, listing), units(message, OrderQty.FIELD))
                .stop(ticks(message, StopPx.FIELD, listing)).display(shown).offset(offset);
    }

    static long ticks(FieldMap message, int field, Listing listing) throws FieldNotFound, Refusal {
        if (!message.isSetField(field)) {
            return 0;
        }
        try {
            return listing.ticks(number(message, field));
        } catch (ArithmeticException e) {
            throw Refusal.of(Reason.OFF_TICK, "a price of " + listing.symbol() + " has at most " + listing.priceScale() + " decimals, and is not out of all range");
        }
    }

    static long units(FieldMap message, int field) throws FieldNotFound, Refusal {
        if (!message.isSetField(field)) {
            return 0;
        }
        try {
            return number(message, field).longValueExact();
        } catch (ArithmeticException e) {
            throw Refusal.of(Reason.ODD_LOT, "a quantity is a whole number, and not out of all range");
        }
    }

    private static BigDecimal number(FieldMap message, int field) throws FieldNotFound, Refusal {
        if (message.getString(field).length() > LONGEST_NUMBER) {
            throw Refusal.of(Reason.INVALID_REQUEST, "tag " + field + " has more digits than a number needs");
        }
        return message.getDecimal(field);
    }

    private static void require(boolean holds, String text) throws Refusal {
        if (!holds) {
            throw unsupported(text);
        }
    }

    private static Refusal unsupported(String text) {
        return new Refusal(Refusal.UNSUPPORTED, Reason.INVALID_COMBINATION.name(), text);
    }
}
