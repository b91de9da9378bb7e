package io.partita.member.drill.arena;

/** A place on the network. Beside each member there is room for a client, on the same side of any cut unless a drill says otherwise. */
public record Node(Kind kind, int number) implements Comparable<Node> {

    /** What runs on a node. */
    public enum Kind {
        MEMBER, CLIENT, STORE, RUNNER
    }

    /** PostgreSQL. */
    public static final Node STORE = new Node(Kind.STORE, 0);
    /** The drill itself, which watches everything and is never meant to be cut off. */
    public static final Node RUNNER = new Node(Kind.RUNNER, 0);

    public static Node member(int number) {
        return new Node(Kind.MEMBER, number);
    }

    public static Node client(int number) {
        return new Node(Kind.CLIENT, number);
    }

    public boolean isMember() {
        return kind == Kind.MEMBER;
    }

    public boolean isClient() {
        return kind == Kind.CLIENT;
    }

    @Override
    public int compareTo(Node other) {
        return kind == other.kind ? Integer.compare(number, other.number) : kind.compareTo(other.kind);
    }

    /** As it goes in reports: {@code member-1}. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + (number == 0 ? "" : "-" + number);
    }
}
