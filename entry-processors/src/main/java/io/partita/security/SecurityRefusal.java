package io.partita.security;

/** Why somebody was not let in, or what they asked of identities was not done. The name is the documented code in every interface. */
public enum SecurityRefusal {
    // Who asks.
    UNAUTHENTICATED("The request says not who asks: it needs Authorization: Bearer with an access token or an API key."),
    TOKEN_INVALID("The access token is none of this system's, was changed, or is for somebody else."),
    TOKEN_EXPIRED("The access token has expired: refresh it."),
    SESSION_REVOKED("The session was ended: sign in again."),
    KEY_UNKNOWN("There is no such API key, or that is not its secret."),
    KEY_EXPIRED("The API key has expired."),
    KEY_REVOKED("The API key was revoked."),
    ISSUER_UNAVAILABLE("The outside issuer of the access token cannot be asked for its keys."),
    ACCOUNT_DISABLED("The user or service account is disabled."),
    SIGN_IN_FAILED("User, password or second factor are not right."),
    SECOND_FACTOR_REQUIRED("The password is right; the code of the second factor is missing."),
    SIGN_IN_LOCKED("Too many attempts failed: no further one is looked at until the time in Retry-After has passed."),
    REFRESH_INVALID("The refresh token is none, or has expired: sign in again."),
    REFRESH_REUSED("The refresh token was used before: somebody else may have it, so the whole session was ended. Sign in again."),

    // What they may.
    FORBIDDEN("The permission for that is missing; the detail names it."),
    NOT_YOURS("The account is none of those that you may see and use."),
    PASSWORD_CHANGE_REQUIRED("The password was given by somebody else: change it before anything else."),
    SECOND_FACTOR_MISSING("Everybody needs a second factor: enrol one before anything else."),
    APPROVAL_NEEDED("That takes two people, and can only be asked for by itself."),
    MAKER_IS_CHECKER("Whoever asked for it cannot be the one who decides on it."),

    // Users, keys, sessions.
    USER_NOT_FOUND("There is no user of that name."),
    SERVICE_ACCOUNT_NOT_FOUND("There is no service account of that name."),
    API_KEY_NOT_FOUND("There is no API key of that id."),
    SESSION_NOT_FOUND("There is no such session."),
    USER_EXISTS("There is a user or service account of that name."),
    MALFORMED_USER_NAME("A name is 2 to 40 small letters, digits, dots, - and _, and begins with a letter."),
    MALFORMED_ROLE("There is no role of that name."),
    MALFORMED_SCOPE("There is no permission of that name."),
    SCOPE_NOT_GRANTED("The owner of the key may not do that; a key may do at most what its owner may."),
    EXPIRY_OUT_OF_RANGE("A key expires in the future, and within 366 days."),
    OVERLAP_OUT_OF_RANGE("The overlap is 0 to 30 days."),
    PASSWORD_UNSUITABLE("The password is not one that this system takes; the detail says why."),
    PASSWORD_WRONG("That is not the password now."),
    SECOND_FACTOR_ENROLLED("There is a second factor; take it away first."),
    SECOND_FACTOR_NOT_ENROLLED("There is no second factor, or none that is being enrolled."),
    SECOND_FACTOR_WRONG("That is not the code now. Is the clock of the device right?"),
    LAST_ADMINISTRATOR("Nobody would be left who may manage users."),
    TOO_MANY_USERS("There are 10,000 users and service accounts."),
    TOO_MANY_KEYS("The owner has 100 keys that are not revoked."),
    TOO_MANY_SESSIONS("The user has 100 sessions that are not over."),
    SECRETS_UNREADABLE("What is encrypted in the database was encrypted under another master key than this member's."),

    // What people keep for themselves.
    PREFERENCE_NOT_FOUND("Nothing is kept by that name."),
    MALFORMED_PREFERENCE_NAME("A name is 1 to 80 small letters, digits, dots, - and _, and begins with a letter or a digit."),
    PREFERENCE_TOO_LARGE("What is kept by a name has 4,096 characters at most, as JSON without spaces."),
    TOO_MANY_PREFERENCES("The user keeps 100 things already."),

    // Four eyes.
    APPROVAL_NOT_FOUND("There is no such request for approval."),
    APPROVAL_DECIDED("Somebody has decided on it already."),
    APPROVAL_EXPIRED("Nobody decided on it in time: ask again."),
    TOO_MANY_APPROVALS("There are 1,000 requests for approval that nobody has decided on.");

    private final String meaning;

    SecurityRefusal(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
