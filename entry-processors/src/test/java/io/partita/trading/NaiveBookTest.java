package io.partita.trading;

class NaiveBookTest extends OrderBookRules {

    @Override
    OrderBook book(Instrument rules) {
        return new NaiveBook(rules);
    }
}
