package io.partita.console.ui;

import io.partita.console.api.Answer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Tells people what became of a command. */
public final class Outcomes {

    private Outcomes() {
    }

    public static <T> void tell(Answer<T> answer, String done, Consumer<T> then) {
        tell(answer, _ -> done, then);
    }

    /** @param done what is said, of what came of it */
    public static <T> void tell(Answer<T> answer, Function<T, String> done, Consumer<T> then) {
        switch (answer) {
            case Answer.Done<T>(T value) -> {
                Notices.done(done.apply(value));
                then.accept(value);
            }
            case Answer.Refused<T>(var problem) when problem.waits() -> Notices.waits(problem.detail());
            case Answer.Refused<T>(var problem) -> Notices.failed(problem.code() + ": " + problem.meaning()
                    + (problem.detail() == null || problem.detail().isBlank() ? "" : " (" + problem.detail() + ")"));
            case Answer.Unreachable<T> _ -> Notices.failed("No member answered. Whether it was done shows when the grid is back.");
        }
    }
}
