package io.partita.trading;

/**
 * Why a book did not do what it was asked, or ended an order by itself. The name is the documented code in every interface;
 * each says one thing. Ordinals are part of the encoding: new codes go last.
 */
public enum Reason {
    NONE("Nothing to say."),

    // Rejects: nothing was changed.
    INVALID_REQUEST("A field that the command needs is missing."),
    INVALID_ORDER_ID("An order id is a positive number."),
    DUPLICATE_ORDER_ID("An order with this id is live."),
    UNKNOWN_ORDER("No live order has this id."),
    NOT_OWNER("The order belongs to another account."),
    INVALID_ACCOUNT("An account id is a positive number."),
    WRONG_PHASE("The book does not take this command in its phase."),
    TIME_IN_FORCE_NOT_IN_PHASE("The book does not take this time in force in its phase."),
    INVALID_TRANSITION("The phase cannot follow the present one."),
    INVALID_PRICE("The price is missing, not positive, or above the largest price."),
    PRICE_NOT_ALLOWED("The type of order has no price."),
    OFF_TICK("The price is no multiple of the tick."),
    PRICE_OUTSIDE_COLLAR("The price is too far through the reference price."),
    INVALID_QUANTITY("The quantity is not positive, or above the largest quantity."),
    ODD_LOT("The quantity is no multiple of the lot."),
    INVALID_DISPLAY_QUANTITY("The display quantity is above the quantity, or no multiple of the lot."),
    INVALID_MINIMUM_QUANTITY("The minimum quantity is above the quantity, or negative."),
    INVALID_STOP_PRICE("The stop price is missing, off the tick, or above the largest price."),
    INVALID_OFFSET("The offset is missing, negative, or above the largest price."),
    INVALID_EXPIRE_TIME("The expire time is missing, or has passed."),
    INVALID_COMBINATION("The instructions of the order exclude each other."),
    POST_ONLY_WOULD_TAKE("The order would trade at once, and asked not to."),
    QUANTITY_BELOW_FILLED("The new quantity is not above what is filled."),
    NO_REFERENCE_PRICE("There is neither a last price nor a stop price to trail from."),
    CROSS_OUTSIDE_SPREAD("The price is not between the best displayed prices, or outside the band."),
    QUOTE_CROSSED("The bid of the quote is not below its offer."),
    BOOK_FULL("The book holds as many orders, or orders of this kind, as it can."),

    // Ends of orders that were accepted.
    REQUESTED("The owner cancelled it."),
    MASS_CANCEL("Cancelled with others."),
    SELF_TRADE("It met an order of the same participant."),
    NOT_FILLED_AT_ONCE("What could not be filled at once is cancelled, as its time in force asks."),
    NO_LIQUIDITY("The other side has nothing for it."),
    NOT_FILLED_IN_AUCTION("The auction left it over."),
    END_OF_SESSION("Its session has ended."),
    EXPIRE_TIME_REACHED("Its expire time has come."),

    // A reject again.
    NOT_IN_THIS_BOOK("A dark book takes limit and market orders without conditions; only a dark book is told lit prices.");

    private final String meaning;

    Reason(String meaning) {
        this.meaning = meaning;
    }

    /** True for those that answer a command which was not done; the others end orders that were accepted. */
    public boolean rejects() {
        return ordinal() > NONE.ordinal() && ordinal() < REQUESTED.ordinal() || this == NOT_IN_THIS_BOOK;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
