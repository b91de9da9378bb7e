package io.partita.member.drill.load;

import io.partita.member.drill.history.Answer;
import java.util.Collections;
import java.util.List;

/**
 * What came back.
 *
 * @param answers         one for each movement, or one for a read
 * @param retryAfterMillis how long the server asks to wait before a repeat; 0 if it did not say
 */
record Reply(List<Answer> answers, long retryAfterMillis) {

    static Reply same(Answer answer, int count) {
        return new Reply(Collections.nCopies(count, answer), 0);
    }
}
