package io.partita.member.drill.check;

import java.util.Map;

/**
 * What somebody shows of all accounts.
 *
 * @param source   whom it comes from, as reports name it
 * @param accounts sums in minor units, by account
 */
public record Shown(String source, Map<Long, Line> accounts) {

    /**
     * An account.
     *
     * @param sequence the shard's sequence that the sums reflect
     * @param stale    whether the source said that it may not be up to date
     */
    public record Line(Fold.Sums sums, long sequence, boolean stale) {
        @Override
        public String toString() {
            return sums + ", sequence " + sequence + (stale ? " (stale)" : "");
        }
    }
}
