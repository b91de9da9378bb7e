package io.partita.member.security.access;

import io.partita.security.Permission;
import io.partita.security.Role;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What docs/access.md has to say of the table, and of roles. */
final class AccessDocument {

    private AccessDocument() {
    }

    static String roles() {
        String heads = Arrays.stream(Role.values()).map(Role::name).collect(Collectors.joining(" | "));
        return "| | " + heads + " |\n|---" + "|---".repeat(Role.values().length) + "|\n" + Arrays.stream(Permission.values())
                .map(permission -> "| `" + permission.scope() + "` | " + Arrays.stream(Role.values()).map(role -> role.permissions().contains(permission) ? "yes" : "")
                        .collect(Collectors.joining(" | ")) + " |\n").collect(Collectors.joining());
    }

    static String addresses(AccessTable table) {
        return "| | address | needs | with own accounts only |\n|---|---|---|---|\n" + table.rules().stream().map(AccessDocument::line).collect(Collectors.joining());
    }

    private static String line(AccessRule rule) {
        return "| %s | `%s` | %s | %s |%n".formatted(rule.method().equals(AccessRule.ANY_METHOD) ? "any" : rule.method(), rule.path(), switch (rule.need()) {
            case Need.Nothing nothing -> "nothing";
            case Need.SignedIn known -> "to be signed in";
            case Need.To to -> "`" + to.permission().scope() + "`";
        }, switch (rule.own()) {
            case Own.Anything anything -> "";
            case Own.InPath path -> "`{" + path.variable() + "}` is one's own";
            case Own.InQuery query -> "`?" + query.parameter() + "=` is one's own";
            case Own.InBody body -> "the body's are one's own";
            case Own.OfWhatIsFound found -> "what is found is one's own";
            case Own.Everybodys all -> "refused";
        });
    }
}
