package io.partita.member.trading.fix;

import java.util.Optional;

/**
 * The FIX acceptor, where there is one.
 *
 * @param gateway empty if no session is configured
 */
public record FixAccess(Optional<FixGateway> gateway) implements AutoCloseable {

    @Override
    public void close() {
        gateway.ifPresent(FixGateway::close);
    }
}
