package io.partita.trading.risk;

import io.partita.trading.Side;

/** An open order and what is reserved for it. */
public record OrderView(long instrument, long orderId, Side side, long price, long leaves, long filled, long cash) {
}
