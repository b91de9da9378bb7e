package io.partita.member.trading.settlement.rest;

import io.partita.ledger.Refusal;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.settlement.AdjustmentRefusal;
import io.partita.member.trading.settlement.Asked;
import io.partita.member.trading.settlement.SettlementService;
import io.partita.member.trading.settlement.TradeQueries;
import io.partita.member.trading.settlement.TradeRecord;
import io.partita.member.trading.settlement.TradeRevision;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Settlement for endpoints, which wait for its answers: each request has a virtual thread of its own. */
@Component
public final class SettlementCalls {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_MILLIS = 20;
    private static final String QUERY_CANCELED = "57014";

    private final SettlementService service;

    SettlementCalls(SettlementService service) {
        this.service = service;
    }

    /** Something that asks the database. */
    public interface Call<T> {
        T run(SettlementService service) throws SQLException;
    }

    /** What the database answers; a problem if it does not. */
    public <T> T ask(Call<T> call) {
        try {
            return call.run(service);
        } catch (SQLException failure) {
            throw QUERY_CANCELED.equals(failure.getSQLState()) ? RequestProblem.of(RequestCode.QUERY_TOO_LONG, "")
                    : RequestProblem.of(Refusal.STORE_UNAVAILABLE, "");
        }
    }

    /** Waits a while for the member that serves the book; true if the revision is done, false if it is still under way. */
    boolean done(Asked asked) {
        TradeRevision revision = switch (asked) {
            case Asked.Taken taken -> taken.revision();
            case Asked.Refused refused -> throw problem(refused.code());
        };
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (revision.doneAt() == null && System.nanoTime() < deadline) {
            pause();
            revision = read(revision);
        }
        if (revision.refusal() != null) {
            throw refusal(revision.refusal());
        }
        return revision.done();
    }

    private TradeRevision read(TradeRevision known) {
        return ask(settlement -> settlement.queries().revisions(known.instrument(), known.number())).stream()
                .filter(revision -> revision.revision() == known.revision()).findFirst().orElse(known);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw RequestProblem.of(Refusal.OUTCOME_UNKNOWN, "The member is shutting down.");
        }
    }

    static RequestProblem problem(AdjustmentRefusal code) {
        return switch (code) {
            case TRADE_NOT_FOUND -> RequestProblem.of(RequestCode.TRADE_NOT_FOUND, "");
            case TRADE_BUSTED -> RequestProblem.of(RequestCode.TRADE_BUSTED, "");
            case TRADE_NOT_BOOKED -> RequestProblem.of(RequestCode.TRADE_NOT_BOOKED, "");
            case TRADE_BUSY -> RequestProblem.of(RequestCode.TRADE_BUSY, "");
            case ID_REUSED -> RequestProblem.of(Refusal.ID_REUSED, "");
            case TOO_MANY_CORRECTIONS -> RequestProblem.of(RequestCode.TOO_MANY_CORRECTIONS, "");
        };
    }

    /** A code of the ledger's, or of ours. */
    private static RequestProblem refusal(String code) {
        return Stream.of(AdjustmentRefusal.values()).filter(own -> own.name().equals(code)).findFirst().map(SettlementCalls::problem)
                .orElseGet(() -> RequestProblem.of(Refusal.valueOf(code), "The ledger did not take it; nothing was changed."));
    }

    /** A trade, or a problem. */
    TradeRecord trade(long instrument, long number) {
        TradeQueries queries = service.queries();
        return ask(settlement -> queries.find(instrument, number)).orElseThrow(() -> problem(AdjustmentRefusal.TRADE_NOT_FOUND));
    }
}
