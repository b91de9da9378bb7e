package io.partita.member.security.access;

/** What an address means to a caller who may see and use accounts of their own only. */
public sealed interface Own {

    /** It is about no accounts. */
    record Anything() implements Own {
    }

    /** The account stands in the path. @param variable its name there */
    record InPath(String variable) implements Own {
    }

    /** The account is a parameter, which such callers have to give. @param parameter its name */
    record InQuery(String parameter) implements Own {
    }

    /** The body says it: a {@link io.partita.member.rest.Guarded}. */
    record InBody() implements Own {
    }

    /** What it is about has an account, and the endpoint looks at that: what belongs to others is not there for them. */
    record OfWhatIsFound() implements Own {
    }

    /** It is about everybody's accounts: refused. */
    record Everybodys() implements Own {
    }
}
