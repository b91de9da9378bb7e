package io.partita.marketdata.ticks;

/**
 * A record that was not used, and why.
 *
 * @param received when it came, in nanoseconds since 1970
 * @param record   as it came, at most 1,000 characters of it
 */
public record DeadLetter(String source, long received, Fault fault, String detail, String record) {

    private static final int LONGEST = 1_000;

    public DeadLetter {
        source = cut(source);
        detail = cut(detail);
        record = cut(record);
    }

    private static String cut(String text) {
        return text == null ? "" : text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
