package io.partita.positions.live;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * How prices move together, from daily closes that the member has. The job finds it in the user context of its member's Hazelcast instance, under {@link #KEY}.
 * Thread-safe; calls block.
 */
public interface PriceMovements {

    /** The key in the user context. */
    String KEY = "io.partita.price-movements";

    /**
     * The movements of a firm's products.
     *
     * @param symbols    of products, and of currencies that amounts are held in; those without a history are not among them
     * @param covariance of simple daily returns in the base currency, flat, row by row in the order of the symbols
     */
    record Movements(List<String> symbols, double[] covariance) {

        public Movements {
            symbols = List.copyOf(symbols);
        }
    }

    /**
     * How the products that a firm holds move, up to a day; nothing if that cannot be told, as without a history.
     *
     * @throws PortfolioTruth.Unavailable while storage is away
     */
    Optional<Movements> of(String firm, LocalDate day) throws PortfolioTruth.Unavailable;
}
