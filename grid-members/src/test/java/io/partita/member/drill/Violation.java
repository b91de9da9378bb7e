package io.partita.member.drill;

/** Something that must always hold does not. */
final class Violation extends RuntimeException {

    Violation(String what) {
        super(what);
    }

    static void unless(boolean holds, String what, Object... values) {
        if (!holds) {
            throw new Violation(what.formatted(values));
        }
    }
}
