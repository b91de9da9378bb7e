package io.partita.member.drill.arena;

/** Where something listens. */
public record Endpoint(String host, int port) {

    @Override
    public String toString() {
        return host + ':' + port;
    }
}
