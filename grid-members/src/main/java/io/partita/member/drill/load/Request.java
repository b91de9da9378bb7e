package io.partita.member.drill.load;

import io.partita.member.drill.history.Movement;
import io.partita.member.drill.history.Operation;
import java.util.List;

/**
 * What a client wants, to be asked for until its outcome is known.
 *
 * @param attempt 1 for the first time
 */
record Request(Operation operation, List<Movement> movements, int attempt) {

    Request again(List<Movement> open) {
        return new Request(operation, open, attempt + 1);
    }
}
