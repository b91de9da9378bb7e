package io.partita.trading.risk;

/**
 * Why an account may not enter an order. The name is the documented code in every interface; each says one thing. Ordinals are part of
 * the encoding: new codes go last.
 */
public enum RiskRefusal {
    KILLED_ACCOUNT("The account's kill switch is on."),
    KILLED_FIRM("The kill switch of the account's firm is on."),
    KILLED_INSTRUMENT("The instrument's kill switch is on."),
    RESTRICTED("The account may not trade this instrument."),
    ORDER_RATE("The account has entered as many orders in this second as it may."),
    COMMAND_NOT_SUPPORTED("Nothing that an account does: phases and reference prices are the venue's."),
    INSTRUMENT_NOT_TRADABLE("The currency of the instrument is unknown."),
    PRICE_NOT_BOUNDED("A buy order of this type may trade at any price, so nothing could be reserved for it."),
    NO_REFERENCE_PRICE("There is neither a last price nor a reference price to bound the order's price by."),
    AMOUNT_TOO_LARGE("The amount is out of any range."),
    FAT_FINGER_PRICE("The price is further through the reference price than the account allows itself."),
    FAT_FINGER_QUANTITY("The quantity is larger than the account allows itself in one order."),
    FAT_FINGER_NOTIONAL("The amount is larger than the account allows itself in one order."),
    INSUFFICIENT_HOLDINGS("The account has not so much to sell that is not in other orders."),
    SHORT_SALE_NOT_ALLOWED("The account may not sell short."),
    LOCATE_REQUIRED("A short sale needs a locate."),
    POSITION_LIMIT("If all its orders were filled, the account's position would be beyond its limit."),
    CONCENTRATION_LIMIT("If all its orders were filled, too much of the account's worth would be in this instrument."),
    INSUFFICIENT_BUYING_POWER("The account's cash, less what its orders may cost, is not enough."),
    CREDIT_LIMIT("The account would need more credit than it has."),
    TOO_MANY_ORDERS("The account has as many open orders as it may."),
    NOT_CLOSING("The order would not make the position smaller."),
    ID_REUSED("The account has used this id for another command."),
    UNKNOWN_ORDER("The account has no open order with this id."),
    CROSS_NOT_INTERNAL("A cross of trading accounts is between two accounts of one firm."),
    RISK_LIMIT("A hard limit of risk is broken, of the account or of a portfolio above it: until it is no more, only orders are taken that make a position smaller.");

    private final String meaning;

    RiskRefusal(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
