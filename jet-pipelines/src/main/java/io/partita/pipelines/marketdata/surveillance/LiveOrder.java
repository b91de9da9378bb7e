package io.partita.pipelines.marketdata.surveillance;

import io.partita.trading.Side;
import java.io.Serial;
import java.io.Serializable;

/** An order that is live, as its reports tell. Not thread-safe. */
final class LiveOrder implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    final long id;
    final long owner;
    final Side side;
    final long entered;
    final long sequence;
    long price;
    long quantity;
    long leaves;
    /** Part of what its side showed near the best price, with it, when it came. */
    double share;
    /** True for one that is never to be seen. */
    boolean hidden;
    /** True while it waits for its stop price. */
    boolean waiting;

    LiveOrder(long id, long owner, Side side, long entered, long sequence) {
        this.id = id;
        this.owner = owner;
        this.side = side;
        this.entered = entered;
        this.sequence = sequence;
    }

    /** True while it stands in the book to be seen. */
    boolean shown() {
        return !hidden && !waiting && price > 0;
    }

    /** True if hardly anything of it was filled. */
    boolean untouched() {
        return (quantity - leaves) * 10 <= quantity;
    }
}
