package io.partita.member.security.access;

import io.partita.member.rest.AccountId;
import io.partita.member.rest.OwnAccounts;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.security.Principal;
import io.partita.security.SecurityRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** Holds a request against the table. Thread-safe. */
final class AccessDecision {

    private static final String METRICS = "/metrics";

    private final AccessTable table;
    private final List<IpAddressMatcher> metricsFrom;

    AccessDecision(AccessTable table, List<String> metricsFrom) {
        this.table = table;
        this.metricsFrom = metricsFrom.stream().map(IpAddressMatcher::new).toList();
    }

    /** Why the request is refused; empty if it may go on. */
    Optional<RequestProblem> refusal(HttpServletRequest request, Optional<Principal> caller) {
        AccessTable.Found found = Request.found(request, table);
        if (found.rule().map(rule -> open(rule, request)).orElse(false)) {
            return Optional.empty();
        }
        // Who is not known does not learn what there is, either.
        if (caller.isEmpty()) {
            return Optional.of(Request.unauthenticated(request));
        }
        if (found.rule().isEmpty()) {
            return Optional.of(found.allowed().isEmpty() ? RequestProblem.of(RequestCode.NOT_FOUND, "Not an address of this member; /docs lists them.")
                    : RequestProblem.of(RequestCode.METHOD_NOT_ALLOWED, "Known are " + String.join(", ", found.allowed()) + "."));
        }
        AccessRule rule = found.rule().get();
        if (!rule.need().metBy(caller.get())) {
            return Optional.of(forbidden(rule.need()));
        }
        return caller.get().accounts().isEmpty() ? Optional.empty() : othersAccounts(rule, request, caller.get());
    }

    /** The methods that an address knows, where it does not know the one that was asked. */
    List<String> allowed(HttpServletRequest request) {
        return Request.found(request, table).allowed();
    }

    private boolean open(AccessRule rule, HttpServletRequest request) {
        return rule.need() instanceof Need.Nothing
                || rule.path().equals(METRICS) && metricsFrom.stream().anyMatch(network -> network.matches(request.getRemoteAddr()));
    }

    private static RequestProblem forbidden(Need need) {
        String scope = need instanceof Need.To to ? to.permission().scope() : "";
        return RequestProblem.of(SecurityRefusal.FORBIDDEN, "It needs " + scope + ".").with("permission", scope);
    }

    private static Optional<RequestProblem> othersAccounts(AccessRule rule, HttpServletRequest request, Principal caller) {
        return switch (rule.own()) {
            case Own.Anything anything -> Optional.empty();
            // Looked at once it has been read.
            case Own.InBody body -> Optional.empty();
            case Own.OfWhatIsFound found -> Optional.empty();
            case Own.Everybodys all -> Optional.of(OwnAccounts.notYours("It is about accounts of others, too."));
            case Own.InPath path -> unlessOwned(rule.pattern().matchAndExtract(Request.path(request).pathWithinApplication()).getUriVariables().get(path.variable()), caller);
            case Own.InQuery query -> {
                String[] given = request.getParameterValues(query.parameter());
                yield given == null || given.length != 1 || given[0].isBlank()
                        ? Optional.of(OwnAccounts.notYours("Say which of your accounts is meant: ?" + query.parameter() + "=.")) : unlessOwned(given[0], caller);
            }
        };
    }

    /** What is no account is nobody's, and told as such by whoever wants one. */
    private static Optional<RequestProblem> unlessOwned(String text, Principal caller) {
        try {
            long account = AccountId.parse(text.trim()).value();
            return caller.owns(account) ? Optional.empty() : Optional.of(OwnAccounts.notYours("Account " + account + " is not one of yours."));
        } catch (RequestProblem wrong) {
            return Optional.of(wrong);
        }
    }
}
