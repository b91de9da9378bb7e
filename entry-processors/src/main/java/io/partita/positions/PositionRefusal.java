package io.partita.positions;

/**
 * Why a product, a price, a position or a portfolio was not taken, or a question about them has no answer. The name is the documented code in every
 * interface; each says one thing.
 */
public enum PositionRefusal {
    MISSING_FIELD("A field that has to be there is empty."),
    MALFORMED_ROW("The row is not CSV, is too long, or has another number of columns than the header."),
    UNKNOWN_COLUMN("The header has a column that is not known, or lacks one that has to be there."),
    MALFORMED_SYMBOL("A symbol is 1 to 32 capital letters, digits and .:/-, and begins with a letter or digit."),
    MALFORMED_CURRENCY("A currency is an ISO 4217 code, or XBT."),
    MALFORMED_DAY("A day is a date such as 2026-11-23, from 1900 to 2200."),
    MALFORMED_PRICE("A price is a plain decimal number such as 67.8542."),
    PRICE_NOT_A_NUMBER("A price is NaN or infinite."),
    NEGATIVE_PRICE("The price of this product cannot be negative."),
    ZERO_PRICE("The price of this product cannot be zero."),
    PRICE_TOO_FINE("A price has at most 12 decimals."),
    PRICE_TOO_LARGE("A price has at most 18 digits, and at most 15 before the point."),
    PRICES_INCONSISTENT("The high lies below another price of the day, or the low above one."),
    MALFORMED_VOLUME("A volume is a whole number of units, not negative."),
    DUPLICATE_DAY("The same import has another price for that symbol and day."),
    PRICE_EXISTS("There is another price for that symbol and day; it is replaced by a correction only."),
    MALFORMED_QUANTITY("A quantity is a whole number of units, or of minor units of a currency."),
    MALFORMED_AMOUNT("An amount is a plain decimal number of the currency."),
    AMOUNT_TOO_FINE("An amount has more digits than the currency's minor unit; nothing is rounded."),
    NUMBER_TOO_LARGE("A number, or what follows from it, exceeds the range of amounts."),
    ROW_CHANGED("The same import has had another content in that row."),
    MALFORMED_ACCOUNT("An account is a positive number."),
    UNKNOWN_PRODUCT("No product or listed instrument has the symbol."),
    PRODUCT_EXISTS("Another product has the symbol already, or a listed instrument in another currency has."),
    SYMBOL_CHANGED("One of the symbols has been changed already, they would lead in a circle, or there are 10,000 changes."),
    INVALID_MULTIPLIER("A multiplier is 1 to 1,000,000,000."),
    INVALID_STRIKE("A strike is a positive price."),
    INVALID_UNDERLYING("The underlying is a product of its own, in the same currency."),
    INVALID_FACE("The face amount of one unit is positive, in minor units, and at most 10^12."),
    INVALID_COUPON("A coupon is 0 to 100 percent of the face a year, with at most 8 decimals."),
    INVALID_FREQUENCY("Coupons are paid 1, 2, 4 or 12 times a year."),
    INVALID_TERM("The last day lies after the first, and at most 100 years after it."),
    INVALID_PAIR("A currency pair has two different currencies; the quoted one prices it."),
    INVALID_RATIO("A split is of 1 to 1,000,000 shares into 1 to 1,000,000."),
    NAME_TOO_LONG("A name has 1 to 200 characters."),
    MALFORMED_CODE("The code of a portfolio is 1 to 40 small letters, digits and -, and begins with no -."),
    PORTFOLIO_NOT_FOUND("No portfolio has that code."),
    PARENT_NOT_ABOVE("The parent of a book is a desk, that of a desk a firm, and a firm has none."),
    BASE_DIFFERS("Portfolios of one firm have one base currency."),
    NOT_A_BOOK("Accounts belong to books."),
    ACCOUNT_TAKEN("The account belongs to another book; take it out there first."),
    PORTFOLIO_NOT_EMPTY("The portfolio has others or accounts below it."),
    TOO_MANY_PORTFOLIOS("There are 10,000 portfolios."),
    TOO_MANY_ACCOUNTS("A firm has at most 100,000 accounts."),
    TOO_MANY_PRODUCTS("There are 100,000 products."),
    TOO_MANY_POSITIONS("The portfolio has more than 10,000 positions: ask for a part of it."),
    TOO_MANY_TRADES("The position has more than 1,000,000 trades: its lots are not computed on request."),
    TOO_MANY_LOTS("The position has more than 100,000 open lots."),
    BATCH_TOO_LARGE("A call takes at most 5,000 rows."),
    MISSING_PRICE("There is no price of the product on that day or before."),
    MISSING_RATE("There is no rate between the two currencies on that day or before."),
    SNAPSHOT_NOT_FOUND("The portfolio has no start-of-day snapshot of that day."),
    SNAPSHOT_EXISTS("The portfolio has a start-of-day snapshot of that day already; it is not replaced."),
    NOT_MARKED("Portfolios are not marked now, or this one not yet: submit the job pnl, or ask again in a moment.");

    private final String meaning;

    PositionRefusal(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
