package io.partita.console.api;

/** In whose name a member is asked. */
public sealed interface Caller permits Caller.Console, Caller.Nobody, Person {

    /** The console itself, by its own key: for what all pages share. */
    Console CONSOLE = new Console();

    /** Nobody who is known: for signing in, and for nothing else. */
    Nobody NOBODY = new Nobody();

    /** The console. */
    final class Console implements Caller {

        private Console() {
        }
    }

    /** Nobody. */
    final class Nobody implements Caller {

        private Nobody() {
        }
    }
}
