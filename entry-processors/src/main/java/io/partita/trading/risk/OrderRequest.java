package io.partita.trading.risk;

import io.partita.trading.Command;
import java.nio.ByteBuffer;

/**
 * A command of a trading account, with what only pre-trade risk wants to know.
 *
 * @param command   a new order or a replacement, with an id of the account's choice
 * @param shortSale a sale of what the account does not have (FIX 54=5)
 * @param located   the units to deliver have been located (FIX 114=N)
 * @param closing   makes a position smaller; passes kill switches
 */
public record OrderRequest(Command command, boolean shortSale, boolean located, boolean closing) {

    public static OrderRequest of(Command command) {
        return new OrderRequest(command, false, false, false);
    }

    /** The request with {@link #flags} as they travel. */
    public static OrderRequest of(Command command, byte flags) {
        return new OrderRequest(command, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
    }

    public byte flags() {
        return (byte) ((shortSale ? 1 : 0) | (located ? 2 : 0) | (closing ? 4 : 0));
    }

    /** A fingerprint of what the account said; when it was said does not matter. */
    long content() {
        long time = command.time();
        ByteBuffer bytes = ByteBuffer.allocate(Command.MAX_BYTES);
        command.at(0).encode(bytes);
        command.at(time);
        long hash = 0xcbf29ce484222325L + flags();
        for (int i = 0; i < bytes.position(); i++) {
            hash = (hash ^ bytes.get(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
