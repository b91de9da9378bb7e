package io.partita.pipelines.marketdata.surveillance;

import io.partita.trading.Execution;
import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Some reports of a book, in order.
 *
 * @param reports one after another, as {@link Execution#encode} writes them; not to be changed
 */
record ReportedPart(long instrument, byte[] reports) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    void each(Consumer<Execution> to) {
        for (ByteBuffer in = ByteBuffer.wrap(reports); in.hasRemaining();) {
            to.accept(Execution.decode(in));
        }
    }
}
