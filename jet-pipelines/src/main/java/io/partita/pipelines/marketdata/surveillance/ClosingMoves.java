package io.partita.pipelines.marketdata.surveillance;

import io.partita.marketdata.surveillance.Practice;
import io.partita.marketdata.surveillance.SurveillanceAlert;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.Liquidity;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import java.io.Serial;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Marking the close. When continuous trading ends: who took much of what was taken in the last minutes, one way, and moved the price that way by
 * those trades; and when the closing auction ends: who was much of one side of it, and how far its price is from the last one before.
 */
final class ClosingMoves implements Pattern {

    @Serial
    private static final long serialVersionUID = 1;

    /** The price must go as far as it usually does in a minute, times the limit. */
    private static final long USUAL = 60 * SurveillanceLimits.SECOND;
    /** Of the way, the part that the owner's own trades must have made. */
    private static final double OWN_PART = 0.5;

    private final SurveillanceLimits limits;
    private final Deque<Taken> last = new ArrayDeque<>();
    private final List<Taken> auction = new ArrayList<>();
    private TradingPhase phase = TradingPhase.CLOSED;
    private long priceBefore;

    ClosingMoves(SurveillanceLimits limits) {
        this.limits = limits;
    }

    @Override
    public void look(Event event, Consumer<SurveillanceAlert> found) {
        Execution report = event.report();
        if (report.execType() == ExecType.TRADE) {
            if (report.liquidity() == Liquidity.TAKER) {
                forget(event.time() - limits.closing());
                last.addLast(Taken.of(report, event.owner(), event.pulse().lastPrice()));
            } else if (report.liquidity() == Liquidity.AUCTION && phase == TradingPhase.CLOSING_AUCTION) {
                auction.add(Taken.of(report, event.owner(), priceBefore));
            }
        } else if (report.execType() == ExecType.TRADING_STATUS) {
            if (phase == TradingPhase.CONTINUOUS && (report.phase() == TradingPhase.CLOSING_AUCTION || report.phase() == TradingPhase.CLOSED)) {
                forget(event.time() - limits.closing());
                judge(event, last, "took", found);
                last.clear();
                priceBefore = event.pulse().lastPrice();
            } else if (phase == TradingPhase.CLOSING_AUCTION) {
                judge(event, auction, "was in the closing auction with", found);
                auction.clear();
            }
            phase = report.phase();
        }
    }

    private void judge(Event event, Collection<Taken> trades, String how, Consumer<SurveillanceAlert> found) {
        for (Side side : Side.values()) {
            List<Taken> sided = trades.stream().filter(taken -> taken.side() == side).toList();
            double all = (phase == TradingPhase.CLOSING_AUCTION ? sided : trades).stream().mapToDouble(Taken::quantity).sum();
            Map<Long, List<Taken>> byOwner = sided.stream().collect(Collectors.groupingBy(Taken::owner));
            byOwner.forEach((owner, own) -> {
                double share = own.stream().mapToDouble(Taken::quantity).sum() / all;
                double score = way(own, sided) / (limits.move() * event.pulse().move(USUAL));
                if (share >= limits.dominance() && score >= 1) {
                    found.accept(alert(event, owner, own, score, String.format(Locale.ROOT,
                            "An owner %s %.0f%% of all that was %s, and the price went %.1f times as far as it usually does in a minute.", how,
                            100 * share, side == Side.BUY ? "bought" : "sold", score * limits.move())));
                }
            });
        }
    }

    /** How far the price went, in ticks, if it was mostly by an owner's trades; 0 otherwise. In an auction there is but one price. */
    private double way(List<Taken> own, List<Taken> sided) {
        if (phase == TradingPhase.CLOSING_AUCTION) {
            return own.getFirst().moved();
        }
        long way = last.getLast().price() - last.getFirst().price();
        double toward = own.getFirst().side() == Side.BUY ? way : -way;
        double made = own.stream().mapToDouble(Taken::moved).sum();
        return !sided.isEmpty() && made >= OWN_PART * toward ? toward : 0;
    }

    private static SurveillanceAlert alert(Event event, long owner, List<Taken> own, double score, String explanation) {
        return new SurveillanceAlert(event.instrument(), Practice.MARKING_THE_CLOSE, owner, own.getFirst().time(), event.time(), score, own.size(),
                own.stream().map(taken -> taken.evidence("moved the close")).toList(), explanation);
    }

    @Override
    public void forget(long before) {
        while (!last.isEmpty() && last.peekFirst().time() < before) {
            last.removeFirst();
        }
    }
}
