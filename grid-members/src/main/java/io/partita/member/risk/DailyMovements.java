package io.partita.member.risk;

import com.hazelcast.core.HazelcastInstance;
import io.partita.kernels.KernelRefusedException;
import io.partita.kernels.measure.Shrinkage;
import io.partita.positions.PositionRefused;
import io.partita.positions.live.PortfolioTruth;
import io.partita.positions.live.PriceMovements;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/** How the products of a firm move, from the daily closes of a year. Thread-safe. */
final class DailyMovements implements PriceMovements {

    /** Days of history. */
    static final int WINDOW = 250;
    /** With more, a covariance is some tens of megabytes. */
    private static final int MOST_FACTORS = 1_000;

    private final FactorReader reader;

    DailyMovements(FactorReader reader) {
        this.reader = reader;
    }

    /** Lets jobs of this member find it. */
    DailyMovements in(HazelcastInstance hazelcast) {
        hazelcast.getUserContext().put(KEY, this);
        return this;
    }

    @Override
    public Optional<Movements> of(String firm, LocalDate day) throws PortfolioTruth.Unavailable {
        try {
            RiskFactors factors = reader.read(firm, day, WINDOW);
            return factors.symbols().isEmpty() || factors.symbols().size() > MOST_FACTORS ? Optional.empty()
                    : Optional.of(new Movements(factors.symbols(), Shrinkage.of(factors.returns()).matrix()));
        } catch (KernelRefusedException | PositionRefused unknown) {
            // Too short a history, too many positions, or a firm that is no more.
            return Optional.empty();
        } catch (JdbiException away) {
            throw new PortfolioTruth.Unavailable(away);
        }
    }
}
