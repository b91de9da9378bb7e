package io.partita.member.risk;

import io.partita.member.risk.PortfolioRisk.Measured;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A result that is kept, with all that is needed to have it again.
 *
 * @param figures SHA-256 of every number of it, to the last bit
 * @param inputs  as {@link RiskFactors#inputs}
 * @param digests as {@link RiskFactors#digests}
 * @param keptAt  null until it is
 */
record RiskResult(String portfolio, String id, String base, LocalDate day, RiskSettings settings, double valueAtRisk, double expectedShortfall, String figures,
                  String inputs, Map<String, String> digests, String engine, String version, Instant keptAt) {

    RiskResult {
        digests = new TreeMap<>(digests);
    }

    static RiskResult of(String id, Measured measured, String version) {
        RiskFigures figures = measured.figures();
        return new RiskResult(measured.portfolio(), id, measured.factors().base().code(), measured.day(), measured.settings(), figures.risk().valueAtRisk(),
                figures.risk().expectedShortfall(), digest(figures), measured.factors().inputs(), measured.factors().digests(), measured.engine(), version, null);
    }

    private static String digest(RiskFigures figures) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            double[] alone = {figures.risk().valueAtRisk(), figures.risk().expectedShortfall(), figures.low(), figures.high(), figures.shortfallError()};
            for (double[] numbers : new double[][] {alone, figures.component(), figures.shortfallComponent()}) {
                ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * numbers.length);
                bytes.asDoubleBuffer().put(numbers);
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /** Whether every number is the same. */
    boolean same(RiskResult other) {
        return figures.equals(other.figures);
    }

    /** Positions and factors that one has and the other has not, or of which quantity, terms or prices differ. */
    List<String> changed(RiskResult other) {
        TreeSet<String> all = new TreeSet<>(digests.keySet());
        all.addAll(other.digests.keySet());
        all.removeIf(symbol -> digests.containsKey(symbol) && digests.get(symbol).equals(other.digests.get(symbol)));
        return List.copyOf(all);
    }
}
