package io.partita.member.trading.rest;

import static io.partita.member.rest.Fields.identified;
import static io.partita.member.rest.Fields.required;
import static io.partita.member.trading.rest.OrderController.ticks;

import io.partita.member.rest.Guarded;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.time.EpochNanos;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.OrderType;
import io.partita.trading.PegReference;
import io.partita.trading.SelfTradePrevention;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** An order over REST; docs/trading.md has what each type and instruction does. */
@Schema(name = "NewOrder")
record NewOrder(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "ACME") String symbol,
                @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a number of your choice; repeating it is harmless") Long id,
                @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Long account,
                @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Side side,
                @Schema(description = "LIMIT unless said") OrderType type,
                @Schema(description = "DAY unless said") TimeInForce timeInForce,
                @Schema(description = "in the instrument's currency", example = "101.50") String price,
                @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Long quantity,
                String stopPrice,
                @Schema(description = "how far a trailing stop stays behind the last price, or a pegged order behind what it follows") String offset,
                @Schema(description = "what a pegged order follows") PegReference peg,
                @Schema(description = "when an order that is good till a date ends") Instant expireTime,
                @Schema(description = "instead: the day with whose end (UTC) it ends, or the last business day before it", example = "2026-12-24") LocalDate expireDate,
                @Schema(description = "of an iceberg: what is shown at a time") Long displayQuantity,
                Long minimumQuantity, Boolean allOrNone, Boolean postOnly, Boolean hidden,
                @Schema(description = "when it meets an order of the same participant; NONE unless said") SelfTradePrevention selfTradePrevention,
                @Schema(description = "a sale of what the account does not have; false unless said") Boolean shortSale,
                @Schema(description = "of a short sale: the units to deliver have been located") Boolean located,
                @Schema(description = "DURABLE unless said") Acknowledgement acknowledgement) implements Guarded {

    @Override
    public Stream<Long> mustOwn() {
        return Stream.ofNullable(account);
    }

    Command command(Listing listing) {
        Command command = new Command().newOrder(0, required("account", account), required("side", side), type == null ? OrderType.LIMIT : type,
                timeInForce == null ? TimeInForce.DAY : timeInForce, ticks(listing, "price", price), required("quantity", quantity));
        if (Boolean.TRUE.equals(allOrNone)) {
            command.allOrNone();
        }
        if (Boolean.TRUE.equals(postOnly)) {
            command.postOnly();
        }
        if (Boolean.TRUE.equals(hidden)) {
            command.hidden();
        }
        if (peg != null) {
            command.peg(peg);
        }
        if (selfTradePrevention != null) {
            command.prevent(selfTradePrevention);
        }
        return command.stop(ticks(listing, "stopPrice", stopPrice)).offset(ticks(listing, "offset", offset)).expires(nanos(listing))
                .display(displayQuantity == null ? 0 : displayQuantity).minimum(minimumQuantity == null ? 0 : minimumQuantity).id(identified(id));
    }

    private long nanos(Listing listing) {
        if (expireTime != null && expireDate != null) {
            throw RequestProblem.field("expireDate", "is instead of expireTime");
        }
        try {
            Instant end = expireDate == null ? expireTime : listing.businessDays().upTo(expireDate).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            return end == null ? 0 : EpochNanos.of(end);
        } catch (ArithmeticException | DateTimeException tooFar) {
            throw RequestProblem.field(expireDate == null ? "expireTime" : "expireDate", "is before the year 2262");
        }
    }
}
