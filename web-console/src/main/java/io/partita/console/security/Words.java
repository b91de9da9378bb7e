package io.partita.console.security;

import java.util.Locale;

/** What members call by codes, in words. */
final class Words {

    private Words() {
    }

    /** {@code KILL_SWITCH_RELEASE} is "Kill switch release". */
    static String of(String code) {
        String words = code.replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
