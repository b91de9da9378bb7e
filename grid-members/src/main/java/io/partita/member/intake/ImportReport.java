package io.partita.member.intake;

import io.partita.money.Currency;
import java.math.BigInteger;
import java.util.SortedMap;

/**
 * What became of the rows so far, over all runs of the import.
 *
 * @param mapping  name of the mapping
 * @param finished whether every row of the file was dealt with
 * @param resumed  line after which this run began, or 0
 * @param accepted rows that are in the journal
 * @param repeated how many of them were there before they were sent
 * @param accounts accounts that were opened
 * @param paid     sum of the paid amounts of the accepted rows by currency, in minor units
 * @param refused  number of refused rows by code
 */
public record ImportReport(String mapping, boolean finished, long resumed, long accepted, long repeated, long accounts,
                           SortedMap<Currency, BigInteger> paid, SortedMap<String, Long> refused) {

    public long refusedRows() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    public long rows() {
        return accepted + refusedRows();
    }
}
