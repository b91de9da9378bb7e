package io.partita.member.drill.arena;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A network between the processes of a drill. A cut is silent, as when a cable is pulled: connections stay open, and what is sent into
 * them goes nowhere; nobody is told. It has a direction. Thread-safe.
 */
public interface Network extends AutoCloseable {

    /** The transport's name on the command line. */
    String name();

    /** Makes room for a node. */
    void add(Node node);

    /** Where a service of a node has to listen. */
    Endpoint listen(Node node, Service service);

    /** Where a node reaches a service of another one. */
    Endpoint address(Node from, Node to, Service service);

    /** What a member tells others as its own address in the grid. */
    default Endpoint announced(Node member) {
        return listen(member, Service.GRID);
    }

    /** Flags that a virtual machine on a node needs. */
    default List<String> flags(Node node) {
        return List.of();
    }

    /** The command that runs a command on a node. */
    List<String> command(Node node, List<String> command);

    /** Drops whatever is sent along these links from now on. */
    void cut(Set<Link> links);

    /** Lets it pass again. */
    void restore(Set<Link> links);

    /** Delays whatever is sent along these links; throws {@link CannotRun} where the machine cannot. */
    void slow(Set<Link> links, Duration latency);

    /** Whether {@link #slow} works here. */
    boolean canSlow();

    /** Whether {@link #twice} and {@link #reset} work here: relays can do it, cables cannot. */
    default boolean relays() {
        return false;
    }

    /** From now on every new connection to a REST interface along these links is made twice: all requests arrive twice, and one answer comes back. */
    default void twice(Set<Link> links) {
        throw new UnsupportedOperationException(name());
    }

    /** Breaks the connections that there are along these links. */
    default void reset(Set<Link> links) {
        throw new UnsupportedOperationException(name());
    }

    /** Undoes every cut and every delay, and makes no connection twice any more. */
    void heal();

    /** Takes the network away; whatever still runs on a node loses it. */
    @Override
    void close();
}
