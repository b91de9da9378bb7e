package io.partita.trading;

import io.partita.trading.book.PriceTimeBook;

class PriceTimeBookTest extends OrderBookRules {

    @Override
    OrderBook book(Instrument rules) {
        return new PriceTimeBook(rules);
    }
}
