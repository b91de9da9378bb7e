package io.partita.security;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which passwords are taken. As NIST SP 800-63B recommends: long ones, none that many people choose, none made of the user's name; no rules about kinds of characters, which
 * only lead to predictable ones, and no expiry.
 */
public final class PasswordRules {

    public static final int SHORTEST = 12;
    public static final int LONGEST = 128;

    private static final int FEWEST_DIFFERENT = 5;
    /** The stems of the long ones among the most common passwords. */
    private static final Set<String> COMMON = Set.of("password", "passwort", "qwerty", "qwertz", "azerty", "12345", "abcdef", "letmein", "welcome", "iloveyou", "administrator", "partita");

    private PasswordRules() {
    }

    /** What is wrong with a password; empty if nothing is. */
    public static Optional<String> problem(String user, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            return Optional.of("It has " + SHORTEST + " to " + LONGEST + " characters.");
        }
        if (password.codePoints().distinct().count() < FEWEST_DIFFERENT) {
            return Optional.of("It has at least " + FEWEST_DIFFERENT + " different characters.");
        }
        String plain = password.toLowerCase(Locale.ROOT);
        if (plain.contains(user)) {
            return Optional.of("It does not contain the user's name.");
        }
        String own = plain;
        for (String stem : COMMON) {
            own = own.replace(stem, "");
        }
        // Besides common ones, there must be as much as makes a word.
        if (own.codePoints().distinct().count() < FEWEST_DIFFERENT) {
            return Optional.of("It is one of those that are tried first.");
        }
        return Optional.empty();
    }
}
