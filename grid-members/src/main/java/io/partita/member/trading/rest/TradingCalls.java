package io.partita.member.trading.rest;

import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.member.trading.PageEnd;
import io.partita.member.trading.TradingService;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.Reason;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.accounts.OrderClient;
import io.partita.trading.risk.OrderRequest;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Trading for endpoints, which wait for its answers: each request has a virtual thread of its own. */
@Component
public final class TradingCalls {

    /** What PostgreSQL says when no unit is left: everything else was checked before. */
    private static final String CHECK_VIOLATION = "23514";

    private final TradingService service;
    private final OrderClient client;

    TradingCalls(TradingService service, OrderClient client) {
        this.service = service;
        this.client = client;
    }

    boolean list(Listing listing) {
        try {
            return service.list(listing);
        } catch (SQLException e) {
            throw CHECK_VIOLATION.equals(e.getSQLState()) ? RequestProblem.of(RequestCode.TOO_MANY_INSTRUMENTS, "")
                    : RequestProblem.of(TradingRefusal.STORE_UNAVAILABLE, "");
        }
    }

    public Collection<Listing> listings() {
        return service.listings();
    }

    /** The same by their numbers. */
    public Map<Long, Listing> byNumber() {
        return service.byNumber();
    }

    /** Symbols by the numbers of their instruments. */
    public Map<Long, String> symbols() {
        return service.listings().stream().collect(Collectors.toMap(Listing::instrument, Listing::symbol));
    }

    /** The instrument of a symbol; a problem if there is none. */
    public Listing listing(String symbol) {
        return service.listing(symbol)
                .orElseThrow(() -> RequestProblem.of(TradingRefusal.UNKNOWN_INSTRUMENT, "No instrument has the symbol " + symbol + "."));
    }

    /** Where the page before ended; null if this is the first. */
    public static PageEnd before(String text) {
        return text == null ? null : PageEnd.parse(text).orElseThrow(() -> RequestProblem.of(RequestCode.BAD_CURSOR, "before is next of the page before"));
    }

    /** What a command led to; throws what was refused, or what the book rejected. */
    TradingResult.Executed submit(Listing listing, Command command, Acknowledgement level) {
        return executed(listing, client.submit(listing.instrument(), command, level));
    }

    /** The same for an account's own command, which goes through its risk. */
    TradingResult.Executed submit(Listing listing, OrderRequest request, Acknowledgement level) {
        return executed(listing, client.submit(request.command().account(), listing.instrument(), request, level));
    }

    private static TradingResult.Executed executed(Listing listing, TradingResult result) {
        return switch (result) {
            case TradingResult.Denied denied -> throw RequestProblem.of(denied.code(), listing.symbol());
            case TradingResult.Refused refused -> throw RequestProblem.of(refused.code(), refused.detail());
            case TradingResult.Executed executed when executed.rejected() != Reason.NONE -> throw RequestProblem.of(executed.rejected(), listing.symbol());
            case TradingResult.Executed executed -> executed;
        };
    }
}
