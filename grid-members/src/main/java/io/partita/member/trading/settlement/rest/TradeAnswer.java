package io.partita.member.trading.settlement.rest;

import io.partita.member.rest.OwnAccounts;
import io.partita.member.trading.Listing;
import io.partita.member.trading.settlement.TradeRecord;
import io.partita.member.trading.settlement.TradeRevision;
import io.partita.time.EpochNanos;
import io.partita.trading.Liquidity;
import io.partita.trading.settlement.Leg.Part;
import io.partita.trading.settlement.SettlementTerms.Values;
import io.partita.trading.settlement.TradeStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A trade as it stands, with what has become of it; transfers and revisions are absent in lists. */
@Schema(name = "Trade")
record TradeAnswer(String symbol, long number, Instant time, @Schema(example = "101.50") String price, long quantity, String currency,
                   PartyAnswer buyer, PartyAnswer seller, TradeStatus status,
                   @Schema(description = "why it is not settled, or the ledger's code if it failed") String reason,
                   LocalDate settlementDay, @Schema(description = "the last bust or correction that was done; 0 for none") int revision,
                   @Schema(description = "the ledger's transfers by which it is settled, or set aside") Map<Part, UUID> transfers,
                   @Schema(description = "busts and corrections, the oldest first, with those that were refused") List<RevisionAnswer> revisions) {

    /** One side of a trade. */
    record PartyAnswer(@Schema(description = "absent in a trade of one's own with others, for those who see their own accounts only") String account,
                       String orderId, Liquidity role, @Schema(description = "what the book charges, before rounding; negative for a rebate") String fee) {

        static PartyAnswer of(long account, long order, Liquidity role, String fee) {
            return OwnAccounts.owns(account) ? new PartyAnswer(Long.toString(account), Long.toString(order), role, fee) : new PartyAnswer(null, null, role, null);
        }
    }

    /** A bust or a correction. */
    @Schema(name = "TradeRevision")
    record RevisionAnswer(int revision, UUID id, @Schema(allowableValues = {"BUST", "CORRECTION"}) String kind, String price, long quantity, String note,
                          Instant askedAt, @Schema(description = "absent as long as it is under way") Instant doneAt,
                          @Schema(description = "the ledger's code if it was refused") String refusal) {

        static RevisionAnswer of(Listing listing, TradeRevision revision) {
            Values values = revision.values();
            return new RevisionAnswer(revision.revision(), revision.id(), revision.busts() ? "BUST" : "CORRECTION", decimal(listing, values.price()),
                    values.quantity(), revision.note(), revision.askedAt(), revision.doneAt(), revision.refusal());
        }
    }

    static TradeAnswer of(Listing listing, TradeRecord trade, Map<Part, UUID> transfers, List<TradeRevision> revisions) {
        Values now = trade.now();
        return new TradeAnswer(listing.symbol(), trade.number(), EpochNanos.instant(trade.time()), decimal(listing, now.price()), now.quantity(),
                listing.currency(), PartyAnswer.of(trade.buyer(), trade.buyerOrder(), trade.buyerRole(), decimal(listing, now.buyerFee())),
                PartyAnswer.of(trade.seller(), trade.sellerOrder(), trade.sellerRole(), decimal(listing, now.sellerFee())), trade.status(),
                trade.reason(), trade.due(), trade.revision(), transfers,
                revisions == null ? null : revisions.stream().map(revision -> RevisionAnswer.of(listing, revision)).toList());
    }

    private static String decimal(Listing listing, long ticks) {
        return BigDecimal.valueOf(ticks, listing.priceScale()).toPlainString();
    }
}
