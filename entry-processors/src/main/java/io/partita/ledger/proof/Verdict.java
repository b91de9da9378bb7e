package io.partita.ledger.proof;

import io.partita.money.Currency;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * What the verification of a bundle found.
 *
 * @param header    the bundle's first line; null if it could not be read
 * @param entries   entries that were read, seals included
 * @param transfers transfers among them
 * @param changes   accounts opened or changed among them
 * @param volume    minor units posted per currency, the same on the debit and on the credit side
 * @param heads     signed heads that were checked, the last one included
 * @param pinned    whether the heads are signed by a key that the verifier was given, not only by one that came along
 * @param wrong     how many things are wrong
 * @param findings  the first of them, in the order of the journal
 */
public record Verdict(BundleHeader header, long entries, long transfers, long changes, Map<Currency, BigInteger> volume,
                      int heads, boolean pinned, long wrong, List<Finding> findings) {

    /** Most findings that are told one by one. */
    public static final int MOST_FINDINGS = 100;

    public Verdict {
        volume = Map.copyOf(volume);
        findings = List.copyOf(findings);
    }

    /** True if nothing is wrong. */
    public boolean valid() {
        return wrong == 0;
    }
}
