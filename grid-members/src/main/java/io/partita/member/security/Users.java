package io.partita.member.security;

import java.util.regex.Pattern;

/** Users and service accounts. */
public final class Users {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{1,39}");

    private Users() {
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
