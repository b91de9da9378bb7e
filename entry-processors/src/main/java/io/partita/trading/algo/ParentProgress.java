package io.partita.trading.algo;

import java.io.Serial;
import java.io.Serializable;

/** The child of a running parent order that was sent last. */
public record ParentProgress(long account, long id, int slice, long quantity) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;
}
