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

    /** Of a record that could not be read. */
    public static DeadLetter unread(String source, long received, String detail, String record) {
        return new DeadLetter(source, received, Fault.SCHEMA, detail, record);
    }

    /** The key of such a one, of its own content: what comes again is one letter. */
    public static String unreadKey(String source, String record) {
        return source + "|unread|" + Integer.toHexString(record.hashCode()) + record.length();
    }

    private static String cut(String text) {
        return text == null ? "" : text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
