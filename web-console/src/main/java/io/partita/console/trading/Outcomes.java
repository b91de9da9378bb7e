package io.partita.console.trading;

import io.partita.console.api.Answer;
import io.partita.console.ui.Notices;
import java.util.function.Consumer;

/** Tells people what became of a command. */
final class Outcomes {

    private Outcomes() {
    }

    static <T> void tell(Answer<T> answer, String done, Consumer<T> then) {
        switch (answer) {
            case Answer.Done<T>(T value) -> {
                Notices.done(done);
                then.accept(value);
            }
            case Answer.Refused<T>(var problem) -> Notices.failed(problem.code() + ": " + problem.meaning());
            case Answer.Unreachable<T> _ -> Notices.failed("No member answered. Whether it was done shows when the grid is back.");
        }
    }
}
