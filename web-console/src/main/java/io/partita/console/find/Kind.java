package io.partita.console.find;

import io.partita.security.Permission;
import io.partita.security.Principal;
import java.util.List;
import java.util.Set;

/**
 * A kind of things that can be found.
 *
 * @param permissions all of them are needed to be answered
 * @param everybodys  whether it is about the accounts of everybody, and so for nobody who is bound to some
 * @param question    asks members in the name of whoever looks; blocks; throws {@link io.partita.console.api.MemberUnavailable} if nobody can tell
 */
record Kind(String name, Set<Permission> permissions, boolean everybodys, Question question) {

    @FunctionalInterface
    interface Question {

        /** The best first. */
        List<Hit> ask(Wanted wanted, Principal reader);
    }

    boolean allows(Principal reader) {
        return permissions.stream().allMatch(reader::may) && (reader.accounts().isEmpty() || !everybodys);
    }
}
