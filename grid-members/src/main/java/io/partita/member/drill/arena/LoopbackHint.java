package io.partita.member.drill.arena;

/** What is offered to whoever cannot have network namespaces. */
final class LoopbackHint {

    static final String TEXT = "run the same drill over relays on this machine's own addresses: --transport loopback";

    private LoopbackHint() {
    }
}
