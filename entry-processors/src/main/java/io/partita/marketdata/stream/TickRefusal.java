package io.partita.marketdata.stream;

/** Why a record is no tick. */
public enum TickRefusal {
    MALFORMED_RECORD("It is neither a trade (symbol, time, price, quantity) nor a quote (symbol, time, bid, bidQuantity, ask, askQuantity)."),
    UNKNOWN_INSTRUMENT("No instrument has that symbol."),
    BAD_TIME("A time is ISO 8601 with an offset, as 2026-11-21T09:30:00.123Z, or nanoseconds since 1970."),
    BAD_PRICE("A price is a positive decimal with no more decimals than prices of the instrument."),
    BAD_QUANTITY("A quantity is a whole number from 1 to 2^40."),
    BAD_SEQUENCE("A number of a source is a whole number, 0 or more."),
    BAD_TAKER("A taker is BUYER, SELLER or UNKNOWN."),
    UNREADABLE("The tick cannot be: a side of a quote has a price and a quantity, or neither.");

    private final String meaning;

    TickRefusal(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
